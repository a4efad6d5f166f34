import NNCAlgebra
import NNCGraph
import NNCLayers
import NNCLowering
import NNCProgram

/// What one function of the network is to compute: values with names, and where each is written.
struct EntryFormulas: Sendable {
  /// What the function does.
  let kind: Entry.Kind
  /// Whether it takes many samples.
  let many: Bool
  /// The arrays that it is given.
  let arguments: [Entry.Argument]
  /// What it writes.
  var results: [Result]

  /// A value and its place.
  struct Result: Sendable {
    var name: String
    var argument: Entry.Argument
    var offset: Int
    var node: NodeID
    /// How the elements are called, with `suffix` after it.
    var naming: ElementNaming
    var suffix = ""

    /// The name of an element, counted from 0.
    func elementName(_ place: Int) -> String {
      naming.stem.isEmpty ? name : naming.name(place) + suffix
    }
  }

  var roots: [NodeID] { results.map(\.node) }
}

/// Makes the formulas of a network's functions out of its derivation.
struct EntryBuilder {
  let network: Network
  let fields: NetworkFields
  let derivation: Derivation

  /// The functions that the network has: without a loss it only predicts, without a rule it does not train.
  var kinds: [Entry.Kind] {
    if derivation.loss == nil { return [.predict] }
    return [.predict, .loss, .gradient] + (network.training == nil ? [] : [.train])
  }

  /// The formulas of one function, in a graph that starts as the derivation's.
  func formulas(_ kind: Entry.Kind, many: Bool, in graph: inout Graph) -> EntryFormulas {
    var arguments: [Entry.Argument] = [.parameters]
    var results: [EntryFormulas.Result] = []
    switch kind {
    case .predict:
      arguments += [.input, .output]
      results = zip(network.outputs, values(derivation.outputs, many, in: &graph)).map {
        port, node in
        .init(
          name: port.name, argument: .output, offset: port.offset, node: node,
          naming: port.elements)
      }
    case .step: preconditionFailure("a step is made of what is predicted")
    case .loss:
      arguments += data + [.loss]
      results = [loss(values([derivation.meanLoss!], many, in: &graph)[0])]
    case .gradient:
      arguments += data + [.loss, .gradient]
      results = [loss(values([derivation.meanLoss!], many, in: &graph)[0])]
      var gradients = values(derivation.gradients, many, in: &graph)[...]
      for (index, parameter) in network.parameters.enumerated() {
        let zero = graph.constant(0)
        let node =
          parameter.isFrozen
          ? graph.broadcast(zero, to: parameter.shape, axes: [])
          : gradients.removeFirst()
        var naming = parameter.elements
        naming.stem = "d_" + naming.stem
        results.append(
          .init(
            name: "d_" + parameter.name, argument: .gradient,
            offset: fields.parameters[index].offset, node: node,
            naming: naming))
      }
    case .train:
      if !fields.state.isEmpty { arguments.append(.state) }
      arguments += data + [.loss]
      results = [loss(values([derivation.meanTrainingLoss!], many, in: &graph)[0])]
      let gradients = values(derivation.trainingGradients, many, in: &graph)
      let assigned = values(derivation.assignments.map(\.node), many, in: &graph)
      let names = Dictionary(
        uniqueKeysWithValues: network.parameters.map { ($0.name, $0.elements) })
      if let counter = fields.stepCounter {
        let leaf = graph.symbol(Symbol(name: counter.name, shape: [], role: .state))
        let next = graph.map(.add, leaf, graph.constant(1))
        results.append(
          .init(
            name: counter.name + "'", argument: .state, offset: counter.offset, node: next,
            naming: ElementNaming()))
      }
      let assignments = network.training!.step(
        in: &graph, parameters: network.parameters, gradients: gradients,
        assigning: zip(derivation.assignments, assigned).map {
          Assignment(name: $0.name, node: $1)
        })
      for assignment in assignments {
        let (argument, field) = fields.place(of: assignment.name)
        let isScalar = graph.shape(assignment.node).isEmpty
        let naming =
          isScalar ? ElementNaming() : names[assignment.name] ?? .init(stem: assignment.name + "_")
        results.append(
          .init(
            name: assignment.name + "'", argument: argument, offset: field.offset,
            node: assignment.node, naming: naming, suffix: "'"))
      }
    }
    return EntryFormulas(kind: kind, many: many, arguments: arguments, results: results)
  }

  /// Values of a batch, or of a batch of one sample.
  private func values(_ nodes: [NodeID], _ many: Bool, in graph: inout Graph) -> [NodeID] {
    many ? nodes : graph.forOneSample(nodes)
  }

  private func loss(_ node: NodeID) -> EntryFormulas.Result {
    .init(name: "loss", argument: .loss, offset: 0, node: node, naming: .init())
  }

  /// The arrays that hold samples for a loss.
  private var data: [Entry.Argument] { network.target == nil ? [.input] : [.input, .target] }
}
