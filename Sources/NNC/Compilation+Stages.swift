import NNCGraph
import NNCLayers
import NNCLowering
import NNCProgram
import NNCRewriting

extension Compilation {
  /// The printed form of a stage; throws where there are errors that keep the source from reaching it.
  public func text(
    of stage: Stage, _ options: CompilerOptions = CompilerOptions(),
    style: FormulaStyle = .text
  ) throws(CompilationError) -> String {
    if stage == .syntax { return syntaxText }
    return try build(options).text(of: stage, style: style) ?? syntaxText
  }

  /// The tree in brackets; there is one even where there are errors.
  public var syntaxText: String { tree.description }
}

extension Build {
  /// The printed form of a stage; nil for the syntax, which a build no longer has.
  public func text(of stage: Stage, style: FormulaStyle = .text) -> String? {
    switch stage {
    case .syntax: nil
    case .graph: formulas(style)
    case .gradient: gradients(style)
    case .simplified: simplifiedFormulas(style)
    case .schedule: lowered.scheduleText
    case .program: program.description
    case .cost: costTable
    case .memory: memoryTable
    }
  }

  private func formulas(_ style: FormulaStyle) -> String {
    var roots = network.outputs.map { ($0.name, $0.node) }
    if let loss = network.loss { roots.append(("loss", loss)) }
    return statements(of: roots, in: network.graph, style)
  }

  private func gradients(_ style: FormulaStyle) -> String {
    guard let loss = derivation.loss else {
      return "# The network has no loss, so there is nothing to differentiate.\n"
    }
    var graph = derivation.graph
    let values = [loss] + derivation.gradients
    let nodes = network.dependsOnBatch ? values : graph.forOneSample(values)
    let names = ["loss"] + network.trainedParameters.map { "diff(loss, \($0.name))" }
    return statements(of: Array(zip(names, nodes)), in: graph, style)
  }

  private func simplifiedFormulas(_ style: FormulaStyle) -> String {
    let many = network.trainingDependsOnBatch
    guard let last = simplified.last(where: { $0.many == many && $0.kind != .step }) else {
      return ""
    }
    var graph = graph
    var presenter = Simplifier(phase: .present)
    let roots = presenter.run(&graph, last.roots)
    // What is the batch's is called so beside what is each sample's.
    let marks = graph.reachable(from: roots)
    let named = graph.names.filter { marks[Int($0.key.index)] }
    let titled = zip(last.results, roots).map { result, root in
      let isAnothers = named.contains { $0.value == result.name && $0.key != root }
      return (isAnothers ? "batchmean(\(result.name))" : result.name, root)
    }
    return statements(of: titled, in: graph, style)
  }

  private func statements(
    of roots: [(String, NodeID)], in graph: Graph, _ style: FormulaStyle
  ) -> String {
    let printer = GraphPrinter(graph, style: style)
    let named = roots.map { (name: $0.0, node: $0.1) }
    let lines = printer.statements(of: named).filter { !isElementOfLeaf($0.node, graph) }
    // In markup an equation is an element of its own, on a line of its own.
    if style == .mathml {
      return lines.map { line in
        "<math display=\"block\"><mrow>\(printer.spelled(line.name))<mo>=</mo>\(line.formula)</mrow></math>\n"
      }.joined()
    }
    return lines.map { "\($0.name) = \($0.formula)\n" }.joined()
  }

  /// Whether a node is an element such as `w5` or `x1`, whose name says what it is.
  private func isElementOfLeaf(_ id: NodeID, _ graph: Graph) -> Bool {
    guard case .reshape = graph[id].kind, case .slice = graph[graph[id].operands[0]].kind else {
      return false
    }
    return graph.symbol(graph[graph[id].operands[0]].operands[0]) != nil
  }
}
