import NNCDiagnostics
import NNCGraph
import NNCSyntax

// What gives an expression in another form, or with something in the place of a variable.
extension Elaborator {
  func rewriting(
    _ function: DerivativeFunction, _ given: [GivenArgument], _ span: SourceSpan
  ) -> Value {
    let e = given[0].node!
    let shape = graph.shape(e)
    if function == .expand { return .node(graph.demand(.derivative(.expand), [e], shape: shape)) }
    guard let v = given[1].node else {
      return .node(graph.demand(.derivative(.factor), [e], shape: shape))
    }
    guard isVariable(given[1]) else {
      report(.notAVariable(at: given[1].span))
      return .invalid
    }
    if function == .factor {
      return .node(graph.demand(.derivative(.factor), [e, v], shape: shape))
    }
    let (own, other) = (graph.shape(v), graph.shape(given[2].node!))
    guard other == own || other.isEmpty else {
      report(
        .shapesDisagree(
          function.rawValue, [(own, given[1].span), (other, given[2].span)], at: span))
      return .invalid
    }
    if function == .substitute { return .node(substituted(v, by: given[2].node!, in: e)) }
    guard own.isEmpty else {
      report(.argumentNotNumber("v", of: function.rawValue, own, at: given[1].span))
      return .invalid
    }
    guard let order = whole(given[3], 0...DerivativeFunction.mostOrders) else { return .invalid }
    return .node(graph.demand(.derivative(.taylor(order)), [e, v, given[2].node!], shape: shape))
  }

  private func substituted(_ v: NodeID, by a: NodeID, in e: NodeID) -> NodeID {
    graph.demand(.derivative(.substitute), [e, v, a], shape: graph.shape(e))
  }
}
