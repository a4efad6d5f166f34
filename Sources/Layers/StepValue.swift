import NNCAlgebra
import NNCGraph
import NNCSyntax

/// What a step of an update rule gives: a formula of a table, or an expression of the network's text.
enum StepValue: Sendable {
  case formula(Formula)
  case expression(RuleExpression)

  /// The value in the network language.
  var text: String {
    switch self {
    case .formula(let formula): formula.text
    case .expression(let expression): expression.text
    }
  }

  /// Whether a name stands in it.
  func mentions(_ name: String) -> Bool {
    switch self {
    case .formula(let formula): formula.symbols.contains(name)
    case .expression(let expression): expression.names.contains(name)
    }
  }

  /// The node, with what the names in it are bound to.
  func node(in graph: inout Graph, _ bindings: [String: NodeID]) -> NodeID {
    switch self {
    case .formula(let formula): graph.instantiate(formula, bindings)
    case .expression(let expression): expression.node(in: &graph, bindings)
    }
  }
}

/// An expression of the network's text in a rule of the user's own, with the `let`s that it may ask for.
struct RuleExpression: Sendable {
  let tree: SyntaxTree
  let root: ExpressionID
  /// What it is given to.
  let name: String
  /// Whether that has the shape of `w`, as what is kept from step to step.
  let isKept: Bool
  let lets: [String: Definition]
  let generation: Int

  /// The expression as it is written.
  var text: String { tree.source.text(of: tree[root].span) }

  /// The names in it.
  var names: [String] {
    (Int(tree[root].first.index)...Int(root.index)).compactMap { index in
      if case .name(let name) = tree.expressions[index].kind { name } else { nil }
    }
  }

  /// The node, of the shape of `w` where it is kept; what is wrong was found when the network was read.
  func node(in graph: inout Graph, _ bindings: [String: NodeID]) -> NodeID {
    var lent = Graph()
    swap(&lent, &graph)
    let draft = NetworkDraft(graph: lent, scope: scope)
    lent = Graph()
    let node = evaluate(with: Elaborator(draft, tree), bindings)
    swap(&draft.graph, &graph)
    guard let node else { preconditionFailure("`\(name)` in a rule has no value") }
    return node
  }

  /// The node; nil where something is wrong, which has been reported.
  func evaluate(with elaborator: Elaborator, _ bindings: [String: NodeID]) -> NodeID? {
    guard let node = elaborator.evaluate(root, bindings: bindings).node else { return nil }
    guard isKept, let kept = bindings["w"] else { return node }
    let (shape, own) = (elaborator.graph.shape(kept), elaborator.graph.shape(node))
    if shape == own { return node }
    if own.isEmpty { return elaborator.graph.filled(node, to: shape) }
    elaborator.report(.ruleShape(name, own, kept: shape, at: tree[root].span))
    return nil
  }

  /// What names mean besides those that are bound: the `let`s of the file.
  var scope: Scope {
    var scope = Scope(isOpen: false)
    scope.definitions = lets
    scope.generation = generation
    return scope
  }
}

extension Formula {
  /// The names in it.
  fileprivate var symbols: Set<String> {
    switch kind {
    case .symbol(let name): [name]
    case .number, .bits: []
    case .apply(_, let arguments): arguments.reduce(into: []) { $0.formUnion($1.symbols) }
    }
  }
}
