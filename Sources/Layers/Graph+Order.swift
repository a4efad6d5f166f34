import NNCAlgebra
import NNCGraph

// Places are numbers that no derivative goes through: what they depend on are comparisons, which are flat.
extension Graph {
  /// The place of the greatest element along the last axis, of equal ones the first.
  mutating func placeOfMaximum(_ id: NodeID) -> NodeID {
    let shape = shape(id)
    guard let count = shape.last else { return constant(0) }
    let greatest = alongLast(maximum(id, axes: [shape.count - 1]), of: shape)
    // The least place is the greatest of the negative ones.
    let negative = literal((0..<count).map { -Double($0) }, shape: [count])
    let places = broadcast(negative, to: shape, axes: [shape.count - 1])
    let chosen = map(.select, map(.eq, id, greatest), places, constant(-Double(count)))
    return map(.neg, maximum(chosen, axes: [shape.count - 1]))
  }

  /// The elements along the last axis in their order; equal ones stay in theirs.
  mutating func sorted(_ id: NodeID, falls: Bool) -> NodeID {
    inOrder(of: id, falls: falls, id)
  }

  /// The elements of `values` along the last axis as the order of `keys` has them.
  ///
  /// The place of an element is the number of those that come before it,
  ///
  ///     r(i) = Σⱼ [a(j) < a(i), or a(j) = a(i) and j < i]        sorted(k) = Σᵢ [r(i) = k] a(i)
  ///
  /// which is as many comparisons as there are pairs, in a fixed order, and has the derivatives of a permutation.
  mutating func inOrder(of keys: NodeID, falls: Bool, _ values: NodeID) -> NodeID {
    let shape = shape(keys)
    guard let count = shape.last else { return values }
    let rank = shape.count
    let pairs = shape + [count]
    let outer = Array(0..<(rank - 1))
    let own = broadcast(keys, to: pairs, axes: outer + [rank - 1])
    let other = broadcast(keys, to: pairs, axes: outer + [rank])
    let earlier = literal(
      (0..<(count * count)).map { $0 % count < $0 / count ? 1 : 0 }, shape: [count, count])
    let (first, second) = falls ? (own, other) : (other, own)
    let isBefore = map(
      .select, broadcast(earlier, to: pairs, axes: [rank - 1, rank]), map(.le, first, second),
      map(.lt, first, second))
    let places = sum(isBefore, over: [rank])
    let taken = map(
      .eq, broadcast(places, to: pairs, axes: outer + [rank - 1]), iota(pairs, axis: rank))
    let moved = map(
      .select, taken, broadcast(values, to: pairs, axes: outer + [rank - 1]), constant(0))
    return sum(moved, over: [rank - 1])
  }
}
