import NNCAlgebra
import NNCCalculus
import NNCDiagnostics
import NNCExecution
import NNCGraph
import NNCLayers
import NNCLowering
import NNCProgram
import NNCSyntax

@testable import NNCRewriting

/// Expressions of variables, compiled: a function from the variables' numbers to the results' numbers.
struct Compiled {
  let interpreter: Interpreter
  let outputCount: Int

  /// - Parameter precision: the arithmetic; numbers are given and returned as f64 all the same.
  init(
    _ expressions: [String], _ variables: [(name: String, shape: Shape)],
    precision: Precision = .f64
  ) throws {
    var graph = Graph()
    var scope = Scope()
    for variable in variables { scope.setShape(variable.shape, of: variable.name) }
    var roots: [NodeID] = []
    for text in expressions {
      let parsed = parseExpression(SourceFile(name: "test", text: text))
      let result = scope.elaborate(parsed.root, in: parsed.tree, graph: &graph)
      guard case .node(let node)? = result.value else { throw Failure(text: text) }
      roots.append(node)
    }
    // Variables become parameters, which a Program can read.
    roots = graph.rebuilding(roots) { graph, id, operands in
      guard let symbol = graph.symbol(id) else {
        return operands == graph.operands(id) ? id : graph.remake(id, operands)
      }
      return graph.symbol(Symbol(name: symbol.name, shape: symbol.shape, role: .parameter))
    }
    roots = roots.map { root in
      graph.resolvingDerivatives(in: root) { graph, value in
        var simplifier = Simplifier(phase: .simplify)
        return simplifier.run(&graph, [value])[0]
      }
    }
    try self.init(graph, roots, variables, precision: precision)
  }

  /// Compiles nodes, whose leaves are parameters.
  init(
    _ graph: Graph, _ roots: [NodeID], _ variables: [(name: String, shape: Shape)],
    precision: Precision = .f64
  ) throws {
    var graph = graph
    var simplifier = Simplifier(phase: .simplify)
    let roots = simplifier.run(&graph, roots)
    var scalars = graph.expanded(roots).flatMap { $0 }
    scalars = simplifier.run(&graph, scalars)
    var specializer = Simplifier(phase: .specialize)
    scalars = specializer.run(&graph, scalars)
    var fields: [Field] = []
    for variable in variables {
      let offset = fields.last.map { $0.offset + $0.count } ?? 0
      fields.append(
        Field(name: variable.name, shape: variable.shape, offset: offset, initial: .fill(0)))
    }
    outputCount = scalars.count
    let entry = EntryRequest(
      kind: .predict, many: false, arguments: [.parameters, .output],
      results: scalars.enumerated().map { .init(argument: .output, offset: $0, node: $1) })
    let request = LoweringRequest(
      name: "test", precision: precision, graph: graph, parameters: fields, state: [],
      inputCount: 0,
      targetCount: 0, outputCount: outputCount, maximumSamples: 1, entries: [entry])
    interpreter = try Interpreter(lower(request))
  }

  struct Failure: Error { let text: String }

  func callAsFunction(_ values: [Double]) throws -> [Double] {
    var values = values
    var output = [Double](repeating: .nan, count: outputCount)
    try values.withUnsafeMutableBufferPointer { given in
      try output.withUnsafeMutableBufferPointer { result in
        try interpreter.run(.predict, many: false, arrays: [.parameters: given, .output: result])
      }
    }
    return output
  }
}
