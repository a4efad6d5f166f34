import NNCAlgebra
import NNCGraph

extension Graph {
  /// The mean over axes.
  mutating func mean(_ id: NodeID, over axes: [Int]) -> NodeID {
    let count = axes.reduce(1) { $0 * shape(id)[$1] }
    let number = constant(Double(count))
    return map(.div, sum(id, over: axes), number)
  }

  /// The smallest element over axes.
  mutating func minimum(_ id: NodeID, over axes: [Int]) -> NodeID {
    axes.isEmpty ? id : map(.neg, maximum(map(.neg, id), axes: axes))
  }

  /// Σ a² over axes.
  mutating func sumOfSquares(_ id: NodeID, over axes: [Int]) -> NodeID {
    let labels = shape(id).indices.map { UInt8($0) }
    if labels.isEmpty { return map(.mul, id, id) }
    let kept = labels.filter { !axes.contains(Int($0)) }
    if kept == labels { return map(.square, id) }
    return contract(Contraction(inputs: [labels, labels], output: kept), [id, id])
  }

  /// Σ (a − mean)² / (n − correction) over axes.
  mutating func variance(_ id: NodeID, over axes: [Int], correction: NodeID) -> NodeID {
    let rows = movedLast(id, axes)
    let shape = shape(rows)
    guard let count = shape.last else { return map(.div, map(.sub, id, id), constant(0)) }
    let centred = map(.sub, rows, alongLast(mean(rows, over: [shape.count - 1]), of: shape))
    let total = sumOfSquares(centred, over: [shape.count - 1])
    let number = constant(Double(count))
    if let known = constantValue(correction) {
      return map(.div, total, constant(Double(count) - known))
    }
    return map(.div, total, map(.sub, number, correction))
  }

  /// Axes brought behind all others as one, whose elements stand there row by row. A number has none.
  mutating func movedLast(_ id: NodeID, _ axes: [Int]) -> NodeID {
    let shape = shape(id)
    if axes.isEmpty { return reshape(id, to: shape.isEmpty ? [] : shape + [1]) }
    let rest = shape.indices.filter { !axes.contains($0) }
    let turned = permute(id, rest + axes)
    return reshape(turned, to: rest.map { shape[$0] } + [axes.reduce(1) { $0 * shape[$1] }])
  }

  /// What an operation that may be done in any order makes of all elements over axes: of pairs of halves, so that no
  /// chain is longer than the logarithm of their number.
  mutating func folded(
    _ id: NodeID, over axes: [Int], _ join: (inout Graph, NodeID, NodeID) -> NodeID
  ) -> NodeID {
    var result = movedLast(id, axes)
    let rest = Array(shape(result).dropLast())
    var behind: [NodeID] = []
    while let count = shape(result).last, count > 1 {
      let half = count / 2
      if count % 2 == 1 { behind.append(cut(result, from: count - 1, count: 1)) }
      result = join(
        &self, cut(result, from: 0, count: half), cut(result, from: half, count: half))
    }
    for other in behind.reversed() { result = join(&self, result, other) }
    return reshape(result, to: rest)
  }

  /// What an operation makes of all elements up to each one along the last axis. Each pass joins every element with what
  /// stands twice as far before it as in the pass before. W. D. Hillis and G. L. Steele, Data Parallel Algorithms (1986).
  mutating func running(
    _ id: NodeID, _ join: (inout Graph, NodeID, NodeID) -> NodeID
  ) -> NodeID {
    guard let count = shape(id).last else { return id }
    let axis = shape(id).count - 1
    var result = id
    var distance = 1
    while distance < count {
      let head = cut(result, from: 0, count: distance)
      let later = cut(result, from: distance, count: count - distance)
      let earlier = cut(result, from: 0, count: count - distance)
      result = concat(head, join(&self, earlier, later), axis: axis)
      distance *= 2
    }
    return result
  }

  /// So many elements of the last axis from a place on.
  mutating func cut(_ id: NodeID, from start: Int, count: Int) -> NodeID {
    guard !shape(id).isEmpty else { return id }
    return cut(id, axis: shape(id).count - 1, from: start, count: count)
  }

  /// So many elements of an axis from a place on.
  mutating func cut(_ id: NodeID, axis: Int, from start: Int, count: Int) -> NodeID {
    var place = shape(id).map { _ in 0 }
    var extents = shape(id)
    (place[axis], extents[axis]) = (start, count)
    return slice(id, from: place, shape: extents)
  }
}
