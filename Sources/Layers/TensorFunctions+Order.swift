import NNCAlgebra
import NNCDiagnostics
import NNCGraph

private let descending = FunctionParameter(
  name: "descending", absence: .standard(0), kind: .truth)

/// A function of the elements in their order along an axis.
private func ordered(
  _ name: String, _ summary: String,
  _ build: @escaping @Sendable (inout Graph, NodeID, _ falls: Bool) -> NodeID
) -> TensorFunction {
  TensorFunction(name, [.value, .lastAxis, descending], summary) { elaborator, given, _ in
    guard let axis = elaborator.axis(given[1], of: given[0]), elaborator.orderFits(given[0])
    else { return nil }
    let falls = elaborator.graph.constantValue(given[2].node!) == 1
    return elaborator.graph.along(axis, given[0].node!) { build(&$0, $1, falls) }
  }
}

/// The place of the first of the greatest elements over axes, counted row by row.
private func place(
  _ name: String, _ summary: String, _ turned: @escaping @Sendable (inout Graph, NodeID) -> NodeID
) -> TensorFunction {
  TensorFunction(name, [.value, .axis, .keepdim], summary) { elaborator, given, _ in
    guard let axes = elaborator.axes(given[1], of: given[0]) else { return nil }
    let a = turned(&elaborator.graph, given[0].node!)
    let rows = elaborator.graph.movedLast(a, axes)
    return elaborator.kept(elaborator.graph.placeOfMaximum(rows), axes, given)
  }
}

/// What depends on which element is greater than which, and what goes on from element to element.
let orderFunctions: [TensorFunction] = [
  place("argmax", "the place of the greatest, counted from 0, of equal ones the first; constant") {
    $1
  }.drawn("x + 0.1*argmax(x)"),
  place("argmin", "the place of the smallest, likewise") { $0.map(.neg, $1) }.drawn("x*argmin(x)"),
  ordered("sort", "the elements in ascending order along an axis; equal ones stay in theirs") {
    graph, a, falls in graph.sorted(a, falls: falls)
  }.drawn("sort(x)"),
  ordered("argsort", "the places from which `sort` takes them; constant") { graph, a, falls in
    let numbers = graph.iota(graph.shape(a), axis: graph.shape(a).count - 1)
    return graph.inOrder(of: a, falls: falls, numbers)
  }.drawn("x + 0.1*argsort(x)"),
  TensorFunction(
    "topk", [.value, FunctionParameter(name: "k"), .lastAxis],
    "the k greatest along an axis, the greatest first"
  ) { elaborator, given, _ in
    guard let axis = elaborator.axis(given[2], of: given[0]), elaborator.orderFits(given[0])
    else { return nil }
    let shape = elaborator.graph.shape(given[0].node!)
    guard let k = elaborator.whole(given[1], 1...(shape.isEmpty ? 1 : shape[axis])) else {
      return nil
    }
    return elaborator.graph.along(axis, given[0].node!) {
      let sorted = $0.sorted($1, falls: true)
      return $0.cut(sorted, from: 0, count: k)
    }
  }.drawn("concat(topk(x, 1), x[1:])"),
  TensorFunction(
    "median", [.value, .axis, .keepdim], "the middle one in order, of two the smaller"
  ) { elaborator, given, _ in
    guard let axes = elaborator.axes(given[1], of: given[0]), elaborator.orderFits(given[0])
    else { return nil }
    let rows = elaborator.graph.movedLast(given[0].node!, axes)
    let sorted = elaborator.graph.sorted(rows, falls: false)
    let count = elaborator.graph.shape(rows).last ?? 1
    let middle = elaborator.graph.cut(sorted, from: (count - 1) / 2, count: 1)
    let left = Array(elaborator.graph.shape(rows).dropLast())
    return elaborator.kept(elaborator.graph.reshape(middle, to: left), axes, given)
  }.drawn("x - median(x)"),
  .along("cumsum", "the sums up to each element along an axis, by default the last") { graph, a in
    graph.running(a) { $0.map(.add, $1, $2) }
  }.drawn("cumsum(x)"),
  .along("cumprod", "the products up to each element") { graph, a in
    graph.running(a) { $0.map(.mul, $1, $2) }
  }.drawn("cumprod(x)"),
  .along("cummax", "the greatest up to each element") { graph, a in
    graph.running(a) { $0.map(.max, $1, $2) }
  }.drawn("cummax(x)"),
]

extension Elaborator {
  /// Whether all pairs of elements of an axis can be compared; reports it if not.
  fileprivate func orderFits(_ given: GivenArgument) -> Bool {
    let shape = graph.shape(given.node!)
    let pairs = shape + [shape.max() ?? 1]
    if pairs.checkedCount != nil { return true }
    report(.tensorTooLarge(pairs, at: given.span))
    return false
  }
}
