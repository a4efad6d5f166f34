import NNCAlgebra
import NNCGraph
import NNCLayers
import NNCLowering
import NNCProgram
import NNCRewriting

/// A network on its way from mathematics to a Program, each stage kept.
public struct Build: Sendable {
  /// The network.
  public let network: Network
  /// What was asked for.
  public let options: CompilerOptions
  /// Lines of the source, for the head of emitted code; none of a long one.
  let remarks: [String]
  /// Whether the functions are straight-line code of scalars, and not loops over tensors.
  public let isUnrolled: Bool
  /// The layout of parameters and state.
  let fields: NetworkFields
  /// The derivatives as the chain rule gives them.
  let derivation: Derivation
  /// The graph that holds the formulas.
  let graph: Graph
  /// The functions' formulas, simplified for the reader.
  let simplified: [EntryFormulas]
  /// The functions' formulas as they are lowered.
  let specialized: [EntryFormulas]
  /// The Program and the plan of its memory.
  let lowered: Lowered
  /// What one step of the input does; nil where no function asks for it, or it cannot be.
  let stream: StreamStep?
  /// Why the network cannot take its input step by step, where that was asked for.
  public let streamProblem: StreamProblem?

  /// The Program.
  public var program: Program { lowered.program }

  /// Compiles a network.
  init(_ network: Network, _ options: CompilerOptions, remarks: [String] = []) {
    self.network = network
    self.remarks = remarks
    self.options = options
    fields = NetworkFields(network)
    derivation = Derivation(network)
    let builder = EntryBuilder(network: network, fields: fields, derivation: derivation)
    var graph = derivation.graph
    let largest = builder.formulas(builder.kinds.last!, many: false, in: &graph)
    let work = graph.operationCounts(of: largest.roots).values.reduce(0, +)
    let step = StepFormulas(builder, options.functions, in: &graph)
    isUnrolled = work <= options.unrollLimit && step.formulas == nil
    (stream, streamProblem) = (step.step, step.problem)
    var simplified: [EntryFormulas] = []
    var specialized: [EntryFormulas] = []
    var simplifier = Simplifier(phase: .simplify, keepsTrace: false)
    var specializer = Simplifier(phase: .specialize, keepsTrace: false)
    var last: [NodeID] = []
    for kind in builder.kinds {
      for many in [false, true]
      where options.functions?.contains(Function(kind, many: many)) ?? true {
        let formulas = builder.formulas(kind, many: many, in: &graph)
        if let simple = simplified.last, let special = specialized.last, formulas.roots == last {
          // One sample and many are the same formulas, as for predictions.
          simplified.append(formulas.with(resultsOf: simple))
          specialized.append(formulas.with(resultsOf: special))
          continue
        }
        last = formulas.roots
        let simple = graph.simplified(formulas, unrolled: isUnrolled, &simplifier)
        simplified.append(simple)
        specialized.append(simple.with(specializer.run(&graph, simple.roots)))
      }
    }
    if let formulas = step.formulas {
      simplified.append(formulas)
      specialized.append(formulas)
    }
    self.graph = graph
    self.simplified = simplified
    self.specialized = specialized
    var request =
      LoweringRequest(
        name: options.prefix ?? network.name, precision: options.precision,
        target: options.target, graph: graph,
        parameters: fields.parameters, state: fields.state,
        inputCount: network.inputShape.elementCount,
        targetCount: network.target.map { graph.shape($0).elementCount } ?? 0,
        outputCount: network.outputShape.elementCount, maximumSamples: options.maximumSamples,
        threads: options.threads,
        noise: fields.stepCounter.map { NoiseSource(seed: network.seed, counter: $0.name) },
        entries: specialized.map(\.request))
    request.wholeNumbers = network.wholeNumbers
    if let stream { request.take(stream, of: network) }
    var lowered = Lowered(request)
    lowered.program.dependsOnBatch = network.dependsOnBatch
    lowered.program.parts = Dictionary(
      uniqueKeysWithValues: [
        (.input, network.inputs), (.output, network.outputs),
        (.target, network.target == nil ? [] : network.outputs),
      ].filter { $0.1.count > 1 }.map { argument, ports in
        (argument, ports.map { RowPart(name: $0.name, shape: $0.shape, offset: $0.offset) })
      })
    self.lowered = lowered
  }

  /// The formulas of one function before they were made for the machine.
  func simplified(_ kind: Entry.Kind, many: Bool = false) -> EntryFormulas? {
    simplified.first { $0.kind == kind && $0.many == many }
  }
}

extension Network {
  /// Of the arrays that hold whole numbers: for each number of a sample that below which it is.
  var wholeNumbers: [Entry.Argument: [Int]] {
    var result: [Entry.Argument: [Int]] = [:]
    result[.input] = inputs.bounds
    result[.target] = targets.bounds
    return result
  }
}

extension Graph {
  /// The formulas simplified, and written out element by element if `unrolled`.
  fileprivate mutating func simplified(
    _ formulas: EntryFormulas, unrolled: Bool, _ simplifier: inout Simplifier
  ) -> EntryFormulas {
    let roots = simplifier.run(&self, formulas.roots)
    if !unrolled { return formulas.with(roots) }
    let scalars = formulas.scalars(expanded(roots))
    return scalars.with(simplifier.run(&self, scalars.roots))
  }
}

extension EntryFormulas {
  /// The same function with other nodes for its values.
  func with(_ roots: [NodeID]) -> EntryFormulas {
    var result = self
    for (index, root) in roots.enumerated() { result.results[index].node = root }
    return result
  }

  /// This function with another's values.
  fileprivate func with(resultsOf other: EntryFormulas) -> EntryFormulas {
    var result = self
    result.results = other.results
    return result
  }

  /// The function element by element: `elements` of each of its values.
  func scalars(_ elements: [[NodeID]]) -> EntryFormulas {
    var result = self
    result.results = []
    for (whole, parts) in zip(results, elements) {
      for (place, part) in parts.enumerated() {
        result.results.append(
          Result(
            name: whole.elementName(place), argument: whole.argument,
            offset: whole.offset + place, node: part, naming: .init()))
      }
    }
    return result
  }

  /// What lowering is asked for.
  var request: EntryRequest {
    EntryRequest(
      kind: kind, many: many, arguments: arguments,
      results: results.map { .init(argument: $0.argument, offset: $0.offset, node: $0.node) })
  }
}
