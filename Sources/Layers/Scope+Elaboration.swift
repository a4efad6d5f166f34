import NNCDiagnostics
import NNCGraph
import NNCSyntax

extension Scope {
  /// The meaning of an expression, whose nodes are added to `graph`.
  public mutating func elaborate(
    _ id: ExpressionID, in tree: SyntaxTree, graph: inout Graph
  ) -> ElaboratedExpression {
    with(&graph, tree) { elaborator in
      switch elaborator.evaluate(id) {
      case .invalid, .unfit: nil
      case .node(let node): .node(node)
      case .gradients(let nodes): .gradients(nodes)
      }
    }
  }

  /// Adds the `let` that is `tree.statements[index]`, in place of an earlier one of its name.
  public mutating func define(
    _ index: Int, in tree: SyntaxTree, graph: inout Graph
  ) -> [Diagnostic] {
    let earlier = definitions
    let result = with(&graph, tree) { elaborator in
      let generation = elaborator.scope.generation
      func define(_ name: Identifier, _ parameters: [Identifier]?, _ body: ExpressionID) {
        let definition = Definition(
          name: name, parameters: parameters, tree: tree, body: body, generation: generation)
        elaborator.define(definition, layerKinds: layerKinds)
      }
      switch tree.statements[index].kind {
      case .function(let function): define(function.name, function.parameters, function.body)
      case .constant(let name, let value): define(name, nil, value)
      default: break
      }
      elaborator.reportCycles()
      elaborator.checkUnused()
      return nil
    }
    if !result.diagnostics.isEmpty {
      definitions = earlier
      faulty = []
    }
    return result.diagnostics
  }

  /// The leaf that an assignment's target names: `x`, `t`, a parameter, an element such as `w5` or
  /// `linear1.weight[0, 1]`, or without a network a variable.
  public mutating func target(
    _ id: ExpressionID, in tree: SyntaxTree, graph: inout Graph
  ) -> (target: AssignmentTarget?, diagnostics: [Diagnostic]) {
    var target: AssignmentTarget?
    let result = with(&graph, tree) { elaborator in
      guard case .node(let node) = elaborator.evaluate(id) else { return nil }
      target = elaborator.graph.part(node)
      if target == nil { elaborator.report(.notAssignable(at: tree[id].span)) }
      return nil
    }
    return (target, result.diagnostics)
  }

  /// Gives a variable of an open scope its shape; expressions from then on take it so.
  public mutating func setShape(_ shape: Shape, of variable: String) {
    shapes[variable] = shape
  }

  /// Lends the graph to an elaborator of this scope.
  private mutating func with(
    _ graph: inout Graph, _ tree: SyntaxTree, _ body: (Elaborator) -> ExpressionValue?
  ) -> ElaboratedExpression {
    generation += 1
    // The graph is moved, not copied.
    var lent = Graph()
    swap(&lent, &graph)
    let draft = NetworkDraft(graph: lent, scope: self)
    lent = Graph()
    let value = body(Elaborator(draft, tree))
    swap(&draft.graph, &graph)
    self = draft.scope
    return ElaboratedExpression(
      value: draft.hasErrors ? nil : value, diagnostics: draft.diagnostics)
  }
}

extension Network {
  /// The meaning of an expression about this network.
  public mutating func elaborate(_ id: ExpressionID, in tree: SyntaxTree) -> ElaboratedExpression {
    scope.elaborate(id, in: tree, graph: &graph)
  }

  /// Adds the `let` that is `tree.statements[index]`, in place of an earlier one of its name.
  public mutating func define(_ index: Int, in tree: SyntaxTree) -> [Diagnostic] {
    scope.define(index, in: tree, graph: &graph)
  }

  /// The leaf that an assignment's target names.
  public mutating func target(_ id: ExpressionID, in tree: SyntaxTree) -> (
    target: AssignmentTarget?, diagnostics: [Diagnostic]
  ) {
    scope.target(id, in: tree, graph: &graph)
  }
}

extension Graph {
  /// The part of a leaf that a node is; nil where it is anything else.
  fileprivate func part(_ id: NodeID) -> AssignmentTarget? {
    var leaf = id
    if case .reshape = self[leaf].kind { leaf = self[leaf].operands[0] }
    var start: [Int]?
    let extent = shape(leaf)
    if case .slice(let place) = self[leaf].kind {
      start = place
      leaf = self[leaf].operands[0]
    }
    guard let symbol = symbol(leaf) else { return nil }
    switch symbol.role {
    case .input, .target, .parameter, .free: break
    case .state, .noise, .sampleCount, .carried, .frame, .memory: return nil
    }
    return AssignmentTarget(
      symbol: symbol, start: start ?? symbol.shape.map { _ in 0 }, extent: extent,
      shape: shape(id))
  }
}
