import NNCAlgebra
import NNCExecution
import NNCGraph
import NNCLayers
import NNCLowering
import NNCProgram
import NNCRewriting

extension Workbench {
  /// What an expression of the graph comes to.
  mutating func evaluation(
    of node: NodeID, expression: String, by: String? = nil
  ) throws -> Evaluation {
    let simple = simplified(node)
    let (formula, definitions) = formula(of: simple)
    let unknown = unknownNames(in: simple.shown)
    let value = unknown.isEmpty ? try value(of: simple) : nil
    return Evaluation(
      expression: expression, by: by, formula: formula,
      definitions: definitions.map { "\($0.name) = \($0.formula)" }, value: value,
      unknown: unknown)
  }

  /// The formula of the whole, or of each element where the whole is no formula that people write.
  mutating func formula(
    of simple: Simplified, style: FormulaStyle = .text
  ) -> (String, [GraphPrinter.Definition]) {
    let isList = simple.computed.count > 1 && simple.computed.count <= 36
    guard isList, isRearranged(simple.shown) else {
      return GraphPrinter(graph, style: style).formula(of: simple.shown)
    }
    var presenter = Simplifier(phase: .present, opensShared: true)
    let elements = presenter.run(&graph, simple.computed)
    let printer = GraphPrinter(graph, style: style)
    let texts = elements.map { printer.formula(of: $0).formula }
    let tensor = Tensor(shape: simple.shape, values: texts.indices.map { Double($0) })
    return (tensor.text { texts[Int($0)] }, [])
  }

  /// Whether an expression cuts tensors and puts them together.
  private func isRearranged(_ id: NodeID) -> Bool {
    let marks = graph.reachable(from: [id])
    return marks.indices.contains { index in
      guard marks[index] else { return false }
      switch graph.nodes[index].kind {
      case .pad, .concat, .slice, .view, .reshape: return graph.names[NodeID(index)] == nil
      default: return false
      }
    }
  }

  /// An expression simplified: as it is shown, and as it is computed.
  struct Simplified {
    /// The whole, for the reader.
    var shown: NodeID
    /// Its elements, or the whole where it is too large to be written out.
    var computed: [NodeID]
    var shape: Shape
  }

  /// Takes an expression's derivatives and simplifies it; small ones are written out element by element.
  mutating func simplified(_ node: NodeID) -> Simplified {
    var simplifier = Simplifier(phase: .simplify)
    return simplified(node, &simplifier)
  }

  mutating func simplified(_ node: NodeID, _ simplifier: inout Simplifier) -> Simplified {
    let shape = graph.shape(node)
    let plain = graph.withoutDerivatives(node)
    var roots = simplifier.run(&graph, [plain])
    var shown = roots[0]
    let work = graph.operationCounts(of: roots).values.reduce(0, +)
    if work <= options.unrollLimit, shape.elementCount <= options.unrollLimit {
      roots = graph.expanded(roots)[0]
      roots = simplifier.run(&graph, roots)
      if shape.isEmpty { shown = roots[0] }
    }
    var presenter = Simplifier(phase: .present, opensShared: true)
    shown = presenter.run(&graph, [shown])[0]
    return Simplified(shown: shown, computed: roots, shape: shape)
  }

  /// The leaves of an expression that have no value, in alphabetical order.
  func unknownNames(in node: NodeID) -> [String] {
    let marks = graph.reachable(from: [node])
    var names: [String] = []
    for index in marks.indices where marks[index] {
      guard let symbol = graph.symbol(NodeID(index)) else { continue }
      switch symbol.role {
      case .parameter, .sampleCount, .carried: continue
      default:
        if values[symbol.name] == nil { names += missingParts(of: symbol.name) }
      }
    }
    return names.sorted()
  }

  /// Lowers an expression whose leaves are all known, and runs it.
  private mutating func value(of simple: Simplified) throws -> Tensor {
    var simplifier = Simplifier(phase: .specialize)
    var roots = simplifier.run(&graph, simple.computed)
    roots = graph.replacing(roots) { [values] graph, id, _ in
      guard let symbol = graph.symbol(id), symbol.role == .free, let value = values[symbol.name]
      else { return nil }
      return graph.literal(value.values, shape: value.shape)
    }
    let (arguments, samples) = try arguments(of: roots)
    let input = arguments.contains(.input) ? values["x"]!.values : []
    let target = arguments.contains(.target) ? values["t"]!.values : []
    let count = simple.shape.elementCount
    var results: [EntryRequest.Result] = []
    var offset = 0
    for root in roots {
      results.append(.init(argument: .output, offset: offset, node: root))
      offset += graph.shape(root).elementCount
    }
    var request =
      LoweringRequest(
        name: "expression", precision: options.precision, graph: graph,
        parameters: fields?.parameters ?? [], state: [],
        inputCount: input.count / samples, targetCount: target.count / samples,
        outputCount: count, maximumSamples: samples,
        entries: [
          EntryRequest(
            kind: .predict, many: samples > 1, arguments: arguments, results: results)
        ])
    request.wholeNumbers = network?.wholeNumbers.filter { arguments.contains($0.key) } ?? [:]
    let program = lower(request)
    let output = try run(
      program, samples, [.parameters: parameters, .input: input, .target: target])
    // A value of the whole batch stands in every sample's row.
    guard samples > 1, roots.contains(where: { graph[$0].isBatched }) else {
      return Tensor(shape: simple.shape, values: Array(output.prefix(count)))
    }
    return Tensor(shape: [samples] + simple.shape, values: output)
  }

  /// The arrays that an expression reads and the one that it writes, and the number of samples.
  private func arguments(of roots: [NodeID]) throws -> ([Entry.Argument], Int) {
    let marks = graph.reachable(from: roots)
    var leaves: Set<Symbol> = []
    for index in marks.indices where marks[index] {
      if let symbol = graph.symbol(NodeID(index)) { leaves.insert(symbol) }
    }
    var arguments: [Entry.Argument] = []
    if leaves.contains(where: { $0.role == .parameter }) { arguments.append(.parameters) }
    var counts: Set<Int> = []
    for (role, argument) in [(Symbol.Role.input, Entry.Argument.input), (.target, .target)] {
      guard let leaf = leaves.first(where: { $0.role == role }), let value = values[leaf.name]
      else { continue }
      arguments.append(argument)
      counts.insert(value.values.count / max(1, leaf.shape.elementCount))
    }
    if counts.count > 1 {
      throw WorkbenchError.refused("`x` and `t` have different numbers of samples")
    }
    return (arguments + [.output], counts.first ?? 1)
  }

  private func run(
    _ program: Program, _ samples: Int, _ given: [Entry.Argument: [Double]]
  ) throws -> [Double] {
    var memory: [Entry.Argument: UnsafeMutableBufferPointer<Double>] = [:]
    defer { for buffer in memory.values { buffer.deallocate() } }
    for argument in program.entries[0].arguments {
      let values =
        given[argument]
        ?? [Double](repeating: 0, count: program.count(of: argument, samples: samples))
      let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: values.count)
      _ = buffer.initialize(from: values)
      memory[argument] = buffer
    }
    let interpreter = try Interpreter(program)
    try interpreter.run(.predict, many: samples > 1, samples: samples, arrays: memory)
    return Array(memory[.output]!)
  }
}
