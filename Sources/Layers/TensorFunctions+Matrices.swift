import NNCAlgebra
import NNCDiagnostics
import NNCGraph

/// A function of square matrices along the last two axes.
private func square(
  _ name: String, _ summary: String, _ build: @escaping @Sendable (inout Graph, NodeID) -> NodeID
) -> TensorFunction {
  TensorFunction(name, [.value], summary) { elaborator, given, _ in
    guard elaborator.isSquare(name, given[0]) else { return nil }
    return build(&elaborator.graph, given[0].node!)
  }
}

/// What belongs to small square matrices, by elimination in a fixed order.
let matrixFunctions: [TensorFunction] = [
  square("det", "the determinant") { $0.determinant($1) }.drawn(
    "x + 0.1*det(outer(x, x) + diag(0*x + 1))"),
  square("logdet", "the logarithm of the determinant; nan where that is negative") {
    $0.logDeterminant($1)
  }.drawn("x + 0.1*logdet(outer(x, x) + diag(0*x + 1))"),
  square("inv", "the inverse; inf or nan where there is none") { $0.inverse($1) }.drawn(
    "inv(outer(x, x) + diag(0*x + 1)) @ x"),
  square("cholesky", "L with zeros above its diagonal, where a = L @ transpose(L)") {
    $0.choleskyFactor($1)
  }.drawn("cholesky(outer(x, x) + diag(0*x + 1)) @ x"),
  TensorFunction(
    "solve", [.value, .second], "x of a @ x == b, for a list b or the columns of a matrix"
  ) {
    elaborator, given, span in
    guard elaborator.isSquare("solve", given[0]) else { return nil }
    return elaborator.solution(given, span)
  }.drawn("solve(outer(x, x) + diag(0*x + 2), x)"),
]

/// The most rows of a matrix that is eliminated, since each row is a few nodes.
private let mostRows = 64

extension Elaborator {
  /// Whether an argument is a square matrix, or several along leading axes; reports it if not.
  fileprivate func isSquare(_ name: String, _ given: GivenArgument) -> Bool {
    let shape = graph.shape(given.node!)
    guard shape.count >= 2, shape[shape.count - 1] == shape[shape.count - 2] else {
      report(.notSquare(name, shape, at: given.span))
      return false
    }
    guard shape.last! <= mostRows else {
      report(.matrixTooLarge(name, shape, most: mostRows, at: given.span))
      return false
    }
    return true
  }

  /// The solution for the right sides of a system; nil where they do not fit, which has been reported.
  fileprivate func solution(_ given: [GivenArgument], _ span: SourceSpan) -> NodeID? {
    let (a, b) = (given[0].node!, given[1].node!)
    let (shape, right) = (graph.shape(a), graph.shape(b))
    let isList = right.count == 1
    let columns = isList ? right + [1] : right
    guard columns.count >= 2, columns[columns.count - 2] == shape.last!,
      let outer = Shape(shape.dropLast(2)).broadcast(with: Shape(columns.dropLast(2))),
      (outer + [shape.last!, shape.last! + columns.last!]).checkedCount != nil
    else {
      report(
        .shapesDisagree("solve", [(shape, given[0].span), (right, given[1].span)], at: span))
      return nil
    }
    let wide = graph.spread(a, to: outer + shape.suffix(2))
    let sides = graph.spread(graph.reshape(b, to: columns), to: outer + columns.suffix(2))
    let result = graph.solved(wide, sides)
    return isList ? graph.reshape(result, to: outer + [shape.last!]) : result
  }
}
