import NNCDiagnostics
import NNCGraph
import NNCSyntax

/// The functions that give an expression in another form, or with something in the place of a variable.
enum RewritingFunction: String, CaseIterable {
  case substitute, taylor, expand, factor

  /// What it gives, in a few words.
  var summary: String {
    switch self {
    case .substitute: "e with a in the place of v"
    case .taylor: "the sum of ∂ᵏe/∂vᵏ at a, times (v - a)^k/k!, for k from 0 to n"
    case .expand: "e with its products and powers of sums multiplied out"
    case .factor: "e as a product; what is none is sorted by the powers of v, where that is given"
    }
  }

  var parameters: [FunctionParameter] {
    switch self {
    case .substitute: [.init(name: "e"), .init(name: "v"), .init(name: "a")]
    case .taylor: [.init(name: "e"), .init(name: "v"), .init(name: "a"), .init(name: "n")]
    case .expand: [.init(name: "e")]
    case .factor: [.init(name: "e"), .init(name: "v", absence: .optional)]
    }
  }
}

extension Elaborator {
  /// An expression in another form, as a node that stands for it until derivatives are taken.
  func rewriting(
    _ function: RewritingFunction, _ call: Expression.Call, _ span: SourceSpan
  ) -> Value {
    guard let given = arguments(of: call, for: function.parameters, span) else { return .invalid }
    let nodes = given.compactMap(\.node)
    if given.count > 1, given[1].node != nil, !isVariable(given[1]) {
      report(.notAVariable(at: given[1].span))
      return .invalid
    }
    let kind: Derivative
    switch function {
    case .expand: kind = .expand
    case .factor: kind = .factor
    case .substitute:
      guard replacementFits(function, given, span) else { return .invalid }
      kind = .substitute
    case .taylor:
      guard replacementFits(function, given, span) else { return .invalid }
      guard graph.shape(nodes[1]).isEmpty else {
        report(
          .argumentNotNumber("v", of: function.rawValue, graph.shape(nodes[1]), at: given[1].span))
        return .invalid
      }
      guard let order = whole(given[3], 0...DerivativeFunction.mostOrders) else { return .invalid }
      kind = .taylor(order)
    }
    return .node(
      graph.demand(.derivative(kind), Array(nodes.prefix(3)), shape: graph.shape(nodes[0])))
  }

  /// Whether what comes in the place of a variable has its shape, or is a number.
  private func replacementFits(
    _ function: RewritingFunction, _ given: [GivenArgument], _ span: SourceSpan
  ) -> Bool {
    let (own, other) = (graph.shape(given[1].node!), graph.shape(given[2].node!))
    if other == own || other.isEmpty { return true }
    report(
      .shapesDisagree(
        function.rawValue, [(own, given[1].span), (other, given[2].span)], at: span))
    return false
  }
}
