import NNCAlgebra
import NNCGraph

extension Graph {
  /// The Taylor polynomial of e in a number v around a:
  ///
  ///     Σ e⁽ᵏ⁾(a) / k! · (v − a)ᵏ,  k = 0 … n
  ///
  /// Terms whose factor is 0 are left out.
  mutating func taylor(
    _ e: NodeID, by v: NodeID, around a: NodeID, _ order: Int,
    _ simplify: (inout Graph, NodeID) -> NodeID
  ) -> NodeID {
    var derived = e
    var factorial = 1.0
    var total: NodeID?
    let distance = constantValue(a) == 0 ? v : map(.sub, v, a)
    for k in 0...order {
      if k > 0 {
        derived = simplify(&self, diff(derived, by: v))
        factorial *= Double(k)
      }
      let substituted = simplify(&self, substitute(v, by: a, in: derived))
      let slope = simplify(&self, withoutZeroProducts(substituted))
      let scaled = k < 2 ? slope : map(.div, slope, constant(factorial))
      if constantValue(slope) == 0 { continue }
      let term = k == 0 ? scaled : map(.mul, scaled, power(distance, k))
      total = total.map { map(.add, $0, term) } ?? term
    }
    return filled(total ?? constant(0), like: e)
  }

  /// An expression of finite numbers, of which each product with 0 is 0: what a series around 0 is written with.
  private mutating func withoutZeroProducts(_ root: NodeID) -> NodeID {
    rebuilding([root]) { graph, id, operands in
      let isZero = graph.map(of: id) == .mul && operands.contains { graph.constantValue($0) == 0 }
      return isZero ? graph.filled(graph.constant(0), like: id) : graph.remake(id, operands)
    }[0]
  }

  /// The operation that a node is; nil for what is none.
  private func map(of id: NodeID) -> Operation? {
    if case .map(let operation) = self[id].kind { return operation }
    return nil
  }
}
