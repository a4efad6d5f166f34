import NNCAlgebra
import NNCDiagnostics
import NNCGraph

private let offset = FunctionParameter(name: "k", absence: .standard(0))

/// A function of matrices along the last two axes.
private func matrices(
  _ name: String, _ summary: String, _ further: [FunctionParameter] = [],
  _ build: @escaping @Sendable (inout Graph, NodeID, Int) -> NodeID
) -> TensorFunction {
  TensorFunction(name, [.value] + further, summary) { elaborator, given, _ in
    let shape = elaborator.graph.shape(given[0].node!)
    guard shape.count >= 2 else {
      elaborator.report(.notMatrix(name, shape, at: given[0].span))
      return nil
    }
    let most = shape.suffix(2).max()!
    guard let k = further.isEmpty ? 0 : elaborator.whole(given[1], -most...most) else { return nil }
    return build(&elaborator.graph, given[0].node!, k)
  }
}

/// What moves elements and keeps their values.
let shapeFunctions: [TensorFunction] = [
  TensorFunction(
    "reshape", [.value, FunctionParameter(name: "shape", kind: .wholes)],
    "the same numbers in row-major order under another shape; -1 stands for what is left"
  ) { elaborator, given, _ in
    guard let shape = elaborator.shape(given[1], for: given[0]) else { return nil }
    return elaborator.graph.reshape(given[0].node!, to: shape)
  }.drawn("reshape(reshape(x, 1, -1)*2, -1)"),
  TensorFunction(
    "permute", [.value, FunctionParameter(name: "axes", kind: .wholes)],
    "the axes in another order"
  ) { elaborator, given, _ in
    let shape = elaborator.graph.shape(given[0].node!)
    let axes = given[1].wholes.map { $0 < 0 ? $0 + shape.count : $0 }
    guard axes.sorted() == Array(shape.indices) else {
      elaborator.report(.notAnOrder(shape, at: given[1].span))
      return nil
    }
    return elaborator.graph.permute(given[0].node!, axes)
  }.drawn("permute(outer(x, x), 1, 0)[0]"),
  .single("transpose", "the axes in reverse order") { graph, a in
    graph.permute(a, graph.shape(a).indices.reversed())
  }.drawn("transpose(stack(x, 2*x))[:, 1]"),
  TensorFunction("concat", [.several, .firstAxis], "tensors one after the other along an axis") {
    elaborator, given, span in
    guard let axis = elaborator.joint(given[0].several, given[1], isNew: false, "concat", span)
    else { return nil }
    return elaborator.graph.joined(given[0].several.map(\.node), axis: axis)
  }.drawn("concat(x[1:], x[:1])"),
  TensorFunction("stack", [.several, .firstAxis], "tensors side by side along a new axis") {
    elaborator, given, span in
    guard let axis = elaborator.joint(given[0].several, given[1], isNew: true, "stack", span)
    else { return nil }
    let layers = given[0].several.map { part -> NodeID in
      var shape = elaborator.graph.shape(part.node)
      shape.insert(1, at: axis)
      return elaborator.graph.reshape(part.node, to: shape)
    }
    return elaborator.graph.joined(layers, axis: axis)
  }.drawn("stack(x, x^2, axis=1)[:, 1]"),
  TensorFunction(
    "flip", [.value, .axis], "the elements along axes, by default all, in reverse order"
  ) {
    elaborator, given, _ in
    guard let axes = elaborator.axes(given[1], of: given[0]) else { return nil }
    return axes.isEmpty ? given[0].node! : elaborator.graph.reverse(given[0].node!, axes: axes)
  }.drawn("flip(x)"),
  TensorFunction(
    "roll", [.value, FunctionParameter(name: "shift"), .lastAxis],
    "the elements moved along an axis, those beyond its end to its beginning"
  ) { elaborator, given, _ in
    guard let axis = elaborator.axis(given[2], of: given[0]) else { return nil }
    let shape = elaborator.graph.shape(given[0].node!)
    let count = shape.isEmpty ? 1 : shape[axis]
    guard let shift = elaborator.whole(given[1], -1_000_000_000...1_000_000_000) else { return nil }
    let place = ((shift % count) + count) % count
    if place == 0 { return given[0].node! }
    let a = given[0].node!
    let head = elaborator.graph.cut(a, axis: axis, from: 0, count: count - place)
    let tail = elaborator.graph.cut(a, axis: axis, from: count - place, count: place)
    return elaborator.graph.concat(tail, head, axis: axis)
  }.drawn("roll(x, 1)"),
  TensorFunction(
    "diag", [.value], "of a list the matrix with it on the diagonal, of matrices their diagonals"
  ) { elaborator, given, _ in
    let a = given[0].node!
    let shape = elaborator.graph.shape(a)
    if shape.count >= 2 { return elaborator.graph.diagonal(a) }
    guard let count = shape.first, [count, count].checkedCount != nil else {
      elaborator.report(.notMatrix("diag", shape, at: given[0].span))
      return nil
    }
    return elaborator.graph.onDiagonal(a)
  }.drawn("diag(diag(x))"),
  matrices("trace", "the sum of a matrix's diagonal") { graph, a, _ in
    let diagonal = graph.diagonal(a)
    return graph.sum(diagonal, over: [graph.shape(diagonal).count - 1])
  }.drawn("x - 0.1*trace(outer(x, x))"),
  matrices("tril", "the elements on and below the diagonal number k, else 0", [offset]) {
    $0.triangle($1, $2, isUpper: false)
  }.drawn("tril(outer(x, x))[-1]"),
  matrices("triu", "the elements on and above the diagonal number k, else 0", [offset]) {
    $0.triangle($1, $2, isUpper: true)
  }.drawn("triu(outer(x, x))[0]"),
  TensorFunction("eye", [FunctionParameter(name: "n")], "the n x n matrix with 1 on the diagonal") {
    elaborator, given, _ in
    guard let n = elaborator.whole(given[0], 1...4096) else { return nil }
    let numbers = (0..<(n * n)).map { $0 % (n + 1) == 0 ? 1.0 : 0 }
    return elaborator.graph.literal(numbers, shape: [n, n])
  }.drawn("x + trace(eye(2))"),
]

extension Elaborator {
  /// The shape that `reshape` asks for; nil where it holds another number of elements, which has been reported.
  fileprivate func shape(_ given: GivenArgument, for tensor: GivenArgument) -> Shape? {
    let own = graph.shape(tensor.node!)
    var shape = given.wholes
    let known = shape.filter { $0 != -1 }
    let product = known.reduce(1) { ($0.multipliedReportingOverflow(by: $1)).partialValue }
    let open = shape.indices.filter { shape[$0] == -1 }
    if open.count == 1, product > 0, own.elementCount.isMultiple(of: product) {
      shape[open[0]] = own.elementCount / product
    }
    guard shape.allSatisfy({ $0 > 0 }), shape.checkedCount == own.elementCount else {
      report(.cannotReshape(own, given.wholes, at: given.span))
      return nil
    }
    return shape
  }

  /// The axis along which tensors are put together; nil where they do not fit, which has been reported.
  fileprivate func joint(
    _ parts: [(node: NodeID, span: SourceSpan)], _ axis: GivenArgument, isNew: Bool, _ name: String,
    _ span: SourceSpan
  ) -> Int? {
    let shapes = parts.map { graph.shape($0.node) }
    let rank = shapes[0].count + (isNew ? 1 : 0)
    guard rank > 0, let given = whole(axis, -rank...(rank - 1)) else {
      if rank == 0 { report(.noSuchAxis([], at: parts[0].span)) }
      return nil
    }
    let place = given < 0 ? given + rank : given
    func rest(_ shape: Shape) -> Shape {
      var shape = shape
      if !isNew, shape.indices.contains(place) { shape[place] = 1 }
      return shape
    }
    let total = isNew ? parts.count : shapes.reduce(0) { $0 + ($1.count == rank ? $1[place] : 0) }
    var whole = shapes[0]
    if isNew { whole.insert(total, at: place) } else { whole[place] = total }
    guard shapes.allSatisfy({ rest($0) == rest(shapes[0]) }) else {
      report(
        .shapesDisagree(
          name, zip(shapes, parts).map { ($0, $1.span) }, at: span))
      return nil
    }
    guard whole.checkedCount != nil else {
      report(.tensorTooLarge(whole, at: span))
      return nil
    }
    return place
  }
}
