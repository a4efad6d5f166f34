import NNCAlgebra
import NNCGraph

extension Graph {
  /// a @ b as `torch.matmul` has it: products of matrices over the leading axes, which are repeated where they meet others;
  /// a list is a row on the left and a column on the right. Nil where the shapes do not fit.
  mutating func matrixProduct(_ a: NodeID, _ b: NodeID) -> NodeID? {
    let (first, second) = (shape(a), shape(b))
    guard let inner = first.last, !second.isEmpty,
      inner == second[Swift.max(0, second.count - 2)]
    else { return nil }
    let (outer, others) = (Shape(first.dropLast(2)), Shape(second.dropLast(2)))
    guard let leading = outer.broadcast(with: others) else { return nil }
    let rows = first.dropLast().suffix(1)
    let columns = second.count == 1 ? [] : [second.last!]
    guard (leading + rows + columns).checkedCount != nil else { return nil }
    let row = UInt8(leading.count)
    let (x, labels) = alongLeading(a, outer, leading)
    let (y, otherLabels) = alongLeading(b, others, leading)
    let inputs = [
      labels + rows.map { _ in row } + [row + 1],
      otherLabels + [row + 1] + columns.map { _ in row + 2 },
    ]
    let output = (0..<row) + rows.map { _ in row } + columns.map { _ in row + 2 }
    return contract(Contraction(inputs: inputs, output: Array(output)), [x, y])
  }

  /// A factor without the leading axes that are repeated where it meets another, and the labels of the others.
  private mutating func alongLeading(
    _ id: NodeID, _ own: Shape, _ leading: Shape
  ) -> (NodeID, [UInt8]) {
    let offset = leading.count - own.count
    let kept = own.indices.filter { own[$0] == leading[$0 + offset] }
    let rest = Shape(shape(id).dropFirst(own.count))
    return (reshape(id, to: kept.map { own[$0] } + rest), kept.map { UInt8($0 + offset) })
  }

  /// The products of each element of one list with each of another: a (I), b (J), the result (I, J).
  mutating func outer(_ a: NodeID, _ b: NodeID) -> NodeID? {
    guard shape(a).count == 1, shape(b).count == 1, (shape(a) + shape(b)).checkedCount != nil else {
      return nil
    }
    return contract(Contraction("i,j->ij"), [a, b])
  }

  /// The sum of the products of equally placed elements of two tensors of one shape.
  mutating func dot(_ a: NodeID, _ b: NodeID) -> NodeID {
    let labels = shape(a).indices.map { UInt8($0) }
    if labels.isEmpty { return map(.mul, a, b) }
    return contract(Contraction(inputs: [labels, labels], output: []), [a, b])
  }

  /// W·x along the last axis of x: W is (O, I), x (…, I), the result (…, O).
  mutating func linear(_ weight: NodeID, _ x: NodeID) -> NodeID {
    let leading = shape(x).indices.dropLast().map { UInt8($0) }
    let input = UInt8(leading.count)
    let output = input + 1
    let contraction = Contraction(
      inputs: [[output, input], leading + [input]], output: leading + [output])
    return contract(contraction, [weight, x])
  }
}
