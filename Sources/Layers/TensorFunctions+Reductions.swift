import NNCAlgebra
import NNCDiagnostics
import NNCGraph

/// A function over axes, by default over all, of which with `keepdim` an extent of 1 is left.
private func reduction(
  _ name: String, _ summary: String, _ further: [FunctionParameter] = [],
  _ reduce:
    @escaping @Sendable (inout Graph, NodeID, _ axes: [Int], _ further: [NodeID]) -> NodeID
) -> TensorFunction {
  TensorFunction(name, [.value, .axis] + further + [.keepdim], summary) { elaborator, given, _ in
    guard let axes = elaborator.axes(given[1], of: given[0]) else { return nil }
    let numbers = given.dropFirst(2).dropLast().map { $0.node! }
    let result = reduce(&elaborator.graph, given[0].node!, axes, numbers)
    return elaborator.kept(result, axes, given)
  }
}

/// The greater or smaller of two numbers element by element, or the extreme of one tensor.
private func extreme(
  _ name: String, _ summary: String,
  _ reduce: @escaping @Sendable (inout Graph, NodeID, [Int]) -> NodeID
) -> TensorFunction {
  let other = FunctionParameter(name: "b", absence: .optional)
  return TensorFunction(name, [.value, other, .axis, .keepdim], summary) {
    elaborator, given, span in
    if given[1].node != nil {
      if given[2].node != nil {
        elaborator.report(.axisOfTwo(name, at: given[2].span))
        return nil
      }
      return elaborator.elementwise(Operation(name)!, Array(given[..<2]), span).node
    }
    guard let axes = elaborator.axes(given[2], of: given[0]) else { return nil }
    return elaborator.kept(reduce(&elaborator.graph, given[0].node!, axes), axes, given)
  }
}

private let correction = FunctionParameter(name: "correction", absence: .standard(1))

/// What is made of all elements of some axes.
let reductionFunctions: [TensorFunction] = [
  reduction("sum", "the sum of all elements, or along axes") { graph, a, axes, _ in
    graph.sum(a, over: axes)
  }.drawn("x - 0.2*sum(x)"),
  reduction("mean", "their mean, likewise") { graph, a, axes, _ in graph.mean(a, over: axes) }
    .drawn("x - mean(x)"),
  reduction("prod", "their product") { graph, a, axes, _ in
    graph.folded(a, over: axes) { $0.map(.mul, $1, $2) }
  }.drawn("x + 0.1*prod(x)"),
  reduction(
    "var",
    "their variance: the squared distances from the mean, summed and divided by n - correction",
    [correction]
  ) { graph, a, axes, further in graph.variance(a, over: axes, correction: further[0]) }.drawn(
    "x/(1 + var(x, correction=0))"),
  reduction("std", "its root, the standard deviation; flat at 0, as PyTorch has it", [correction]) {
    graph, a, axes, further in
    graph.map(.length, graph.variance(a, over: axes, correction: further[0]))
  }.drawn("x/(1 + std(x, correction=0))"),
  extreme(
    "max",
    "the greater of two, element by element; of one the greatest element, or along axes"
  ) { graph, a, axes in graph.maximum(a, axes: axes) }.drawn("x - 0.3*max(x)"),
  extreme("min", "the smaller, likewise") { graph, a, axes in graph.minimum(a, over: axes) }.drawn(
    "x - 0.3*min(x)"),
  reduction("norm", "the root of the sum of the squares") { graph, a, axes, _ in
    graph.map(.length, graph.sumOfSquares(a, over: axes))
  }.drawn("x/(1 + norm(x))"),
  TensorFunction(
    "logsumexp", [.value, .lastAxis, .keepdim],
    "log(sum(exp(a))) along an axis, by default the last"
  ) { elaborator, given, _ in
    guard let axis = elaborator.axis(given[1], of: given[0]) else { return nil }
    let moved = elaborator.graph.movedLast(given[0].node!, [axis])
    return elaborator.kept(elaborator.graph.logsumexp(moved), [axis], given)
  }.drawn("x - logsumexp(x)"),
  .single("samples", "the sum over the samples of the batch, the same for all of them") {
    graph, a in graph.samples(a)
  },
  .single("batchmean", "the mean over the samples of the batch") { graph, a in
    graph.meanOverSamples(a)
  },
]

extension Elaborator {
  /// What is left of axes: nothing, or where the last argument, `keepdim`, says so an extent of 1.
  func kept(_ result: NodeID, _ axes: [Int], _ given: [GivenArgument]) -> NodeID {
    guard graph.constantValue(given.last!.node!) == 1 else { return result }
    var shape = graph.shape(given[0].node!)
    for axis in axes where shape.indices.contains(axis) { shape[axis] = 1 }
    return graph.reshape(result, to: shape)
  }
}
