import NNCAlgebra
import NNCDiagnostics
import NNCGraph

/// What goes along an axis and keeps it, by default the last.
let normalisingFunctions: [TensorFunction] = [
  gated("glu", "the first half times the sigmoid of the second", by: "sigmoid")
    .drawn("concat(glu(x[:2]), x[1:])"),
  gated("swiglu", "the first half times the silu of the second", by: "silu")
    .drawn("concat(swiglu(x[:2]), x[1:])"),
  .along("softmin", "softmax(-a)") { graph, a in
    let negative = graph.map(.neg, a)
    return graph.softmax(negative)
  }.drawn("softmin(x)"),
  .along("normalize", "a/max(norm of a, 1e-12) along an axis, by default the last") { graph, a in
    graph.normalizedRows(a, eps: 1e-12)
  }.drawn("normalize(x)"),
  .along("softmax", "exp(a)/sum(exp(a)) along an axis, by default the last") { graph, a in
    graph.softmax(a)
  }.drawn("softmax(x, axis=0)"),
  .along("logsoftmax", "log(softmax(a))") { graph, a in graph.logsoftmax(a) }.drawn(
    "logsoftmax(x)"),
]

/// a ⊙ f(b) of the halves a and b along an axis.
private func gated(_ name: String, _ summary: String, by function: String) -> TensorFunction {
  TensorFunction(name, [.value, .lastAxis], summary) { elaborator, given, _ in
    guard let axis = elaborator.axis(given[1], of: given[0]) else { return nil }
    let shape = elaborator.graph.shape(given[0].node!)
    guard shape.indices.contains(axis), shape[axis].isMultiple(of: 2) else {
      elaborator.report(.noHalves(shape, at: given[0].span))
      return nil
    }
    return elaborator.graph.gated(given[0].node!, axis: axis, by: Operation(function)!)
  }
}
