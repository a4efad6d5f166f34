import NNCGraph
import NNCLayers
import NNCProgram
import NNCRewriting
import NNCStableHLO

/// What is wanted of a network as StableHLO.
public struct StableOptions: Hashable, Sendable {
  /// How many samples a batch has.
  public var batch: Int
  /// The type of reals.
  public var real: RealType
  /// The functions to write; nil for all that the network has.
  public var functions: Set<Build.Function>?
  /// The name of the module; by default the network's.
  public var prefix: String?

  /// The options, all with a default.
  public init(
    batch: Int = 1, real: RealType = .f64, functions: Set<Build.Function>? = nil,
    prefix: String? = nil
  ) {
    self.batch = batch
    self.real = real
    self.functions = functions
    self.prefix = prefix
  }
}

extension Compilation {
  /// The network's functions as a text of StableHLO for batches of one size: predict, loss, gradient and train, of which
  /// each is given the parameters, the state where it has any, the inputs and the targets.
  ///
  /// Parameters, state and inputs are arguments of their own under their names. A training step gives the loss and what
  /// it changes, which may take the memory of what was given.
  public func stableHLO(_ options: StableOptions = StableOptions()) throws(CompilationError)
    -> String
  {
    StableBuild(try checkedNetwork().withSeparatePorts(), options, remarks: remarks).module.text
  }
}

/// A network's formulas for a batch, as functions of leaves.
struct StableBuild {
  let module: StableModule
  /// The functions that the module has.
  let kinds: [Entry.Kind]

  init(_ network: Network, _ options: StableOptions, remarks: [String] = []) {
    let fields = NetworkFields(network)
    let derivation = Derivation(network)
    let builder = EntryBuilder(network: network, fields: fields, derivation: derivation)
    var graph = derivation.graph
    var simplifier = Simplifier(phase: .simplify, keepsTrace: false)
    kinds = builder.kinds.filter { kind in
      options.functions?.contains { $0.kind == kind } ?? true
    }
    let entries = kinds.map { kind in
      let formulas = builder.formulas(kind, many: true, in: &graph)
      return formulas.with(simplifier.run(&graph, formulas.roots))
    }
    let parameters = fields.parameters.map { field in graph.leaf(named: field.name)! }
    let state = fields.state.map { field in
      graph.symbol(Symbol(name: field.name, shape: field.shape, role: .state))
    }
    let counter = fields.stepCounter.map { field in
      graph.symbol(Symbol(name: field.name, shape: field.shape, role: .state))
    }
    let inputs = network.inputs.map(\.node)
    let targets = network.targets.map { port -> NodeID in
      if graph.symbol(port.node) != nil { return port.node }
      return graph.symbol(Symbol(name: port.name, shape: port.shape, role: .target))
    }
    let functions = entries.map { entry -> StableFunction in
      let kept = entry.kind == .train ? state : []
      let arguments =
        parameters + kept + inputs + (entry.kind == .predict ? [] : targets)
      let results = entry.results.map { result -> (name: String, node: NodeID, replaces: Int?) in
        let (list, before) =
          result.argument == .state ? (fields.state, parameters.count) : (fields.parameters, 0)
        let isAssigned = entry.kind == .train && result.argument != .loss
        let place = list.firstIndex { $0.offset == result.offset && $0.count > 0 }
        let name = isAssigned ? String(result.name.dropLast()) : result.name
        return (name, result.node, isAssigned ? place.map { before + $0 } : nil)
      }
      // The loss, and then what was given in its order.
      let ordered = results.sorted { ($0.replaces ?? -1) < ($1.replaces ?? -1) }
      return StableFunction(
        name: entry.kind.rawValue, arguments: arguments,
        results: entry.kind == .train ? ordered : results,
        counter: entry.kind == .train ? counter : nil)
    }
    module = StableModule(
      name: options.prefix ?? network.name, graph: graph, batch: options.batch,
      real: options.real, seed: network.seed, functions: functions, remarks: remarks)
  }
}
