import NNCGraph
import NNCLayers
import NNCProgram

/// The layout of a network's parameter block and of its optimiser's state.
struct NetworkFields: Sendable {
  /// The parameters, in the order of the network.
  let parameters: [Field]
  /// What the update rule keeps.
  let state: [Field]

  /// Where training that draws noise counts its steps: the noise depends on it.
  let stepCounter: Field?

  private let places: [String: (Entry.Argument, Field)]

  /// The layout for a network.
  init(_ network: Network) {
    var offset = 0
    parameters = network.parameters.enumerated().map { index, parameter in
      defer { offset += parameter.count }
      return Field(
        name: parameter.name, shape: parameter.shape, offset: offset,
        initial: InitialValue(
          parameter.initial, count: parameter.count, seed: network.seed, stream: UInt64(index)))
    }
    offset = 0
    let kept = network.training?.state(for: network.parameters) ?? []
    var state = kept.map { kept in
      defer { offset += kept.shape.elementCount }
      return Field(
        name: kept.name, shape: kept.shape, offset: offset, initial: .fill(kept.initial))
    }
    if network.training != nil, network.drawsNoise {
      stepCounter = Field(name: "steps", shape: [], offset: offset, initial: .fill(0))
      state.append(stepCounter!)
    } else {
      stepCounter = nil
    }
    self.state = state
    let all = parameters.map { (Entry.Argument.parameters, $0) } + state.map { (.state, $0) }
    places = Dictionary(uniqueKeysWithValues: all.map { ($0.1.name, $0) })
  }

  /// Where the leaf of that name lies.
  func place(of name: String) -> (Entry.Argument, Field) { places[name]! }
}

extension Network {
  /// Whether training depends on random numbers: there is a dropout.
  var drawsNoise: Bool {
    graph.symbols.contains { $0.role == .noise }
  }
}
