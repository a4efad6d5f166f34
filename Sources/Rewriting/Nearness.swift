import NNCAlgebra
import NNCGraph

extension Graph {
  /// The most terms of a sum that are looked at to tell whether two values are near.
  private static let termLimit = 8

  /// Whether the difference of two values is known without cancelling: they are sums with a term in common, x + 1 and x, or
  /// the same function of such, √(x + 1) and √x.
  func areNear(_ first: NodeID, _ second: NodeID) -> Bool {
    let (a, b) = arguments(first, second)
    guard a != b, shapeNumber(a) == shapeNumber(b) else { return false }
    let terms = terms(of: a).terms
    return self.terms(of: b).terms.contains { terms.contains($0) }
  }

  /// Whether two values are near, and what is not in common is a number of moderate size.
  func areClose(_ first: NodeID, _ second: NodeID) -> Bool {
    let (a, b) = arguments(first, second)
    guard areNear(a, b) else { return false }
    let (one, other) = (terms(of: a), terms(of: b))
    let distance = abs(one.number - other.number)
    return one.terms.count == other.terms.count
      && one.terms.allSatisfy { other.terms.contains($0) }
      && distance >= 0x1p-30 && distance <= 0x1p30
  }

  /// What the same functions of one argument are applied to, a few times over.
  private func arguments(_ first: NodeID, _ second: NodeID) -> (NodeID, NodeID) {
    var (a, b) = (first, second)
    for _ in 0..<4 {
      guard tag(a) >= 0, tag(a) == tag(b), operands(a).count == 1, tag(a) != Operation.neg.tag
      else { break }
      (a, b) = (operands(a)[0], operands(b)[0])
    }
    return (a, b)
  }

  /// The terms of a sum, each with its sign, and the sum of its constants; no terms where there are too many.
  private func terms(of id: NodeID) -> (terms: [OperationTree.Leaf], number: Double) {
    var terms: [OperationTree.Leaf] = []
    var number = 0.0
    var pending = [OperationTree.Leaf(node: id, weight: 1)]
    while let next = pending.popLast() {
      if terms.count + pending.count > Self.termLimit { return ([], 0) }
      guard let weights = weights(of: next.node, in: .sum) else {
        if let value = constantValue(next.node) {
          number += next.weight * value
        } else {
          terms.append(next)
        }
        continue
      }
      for place in weights.indices {
        pending.append(
          .init(node: operands(next.node)[place], weight: next.weight * weights[place]))
      }
    }
    return (terms, number)
  }
}
