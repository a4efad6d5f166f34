import NNCAlgebra
import NNCGraph

extension Graph {
  /// a @ b for vectors and matrices, as `torch.matmul`; nil where the shapes do not fit.
  mutating func matrixProduct(_ a: NodeID, _ b: NodeID) -> NodeID? {
    let contraction: Contraction
    switch (shape(a).count, shape(b).count) {
    case (1, 1): contraction = Contraction("i,i->")
    case (1, 2): contraction = Contraction("i,ij->j")
    case (2, 1): contraction = Contraction("ij,j->i")
    case (2, 2): contraction = Contraction("ij,jk->ik")
    default: return nil
    }
    let inner = shape(b)[Swift.max(0, shape(b).count - 2)]
    guard shape(a).last == inner else { return nil }
    let rows = shape(a).dropLast()
    let columns = shape(b).count == 2 ? [shape(b)[1]] : []
    guard (rows + columns).checkedCount != nil else { return nil }
    return contract(contraction, [a, b])
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
