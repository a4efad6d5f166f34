import NNCAlgebra
import NNCGraph

extension Graph {
  /// The greatest element of each window, and of equal ones the first; as `torch.nn.MaxPool2d`.
  ///
  /// Axis by axis, the last one first: the first row with the greatest element is found among the rows' first greatest
  /// elements.
  mutating func maximumPool(_ x: NodeID, _ windows: SlidingWindows) -> NodeID {
    var result = x
    for (index, axis) in windows.axes.enumerated().reversed() {
      let framed = bordered(
        result, axis: index + 1, before: axis.before, after: axis.after + axis.beyond,
        filledWith: -.infinity)
      result = firstMaximum(self.windows(framed, [axis.window(index + 1)]))
    }
    return result
  }

  /// The greatest element along the last axis, and of equal ones the first: of pairs of halves, so that the chain of
  /// choices is no longer than the logarithm of the axis.
  mutating func firstMaximum(_ id: NodeID) -> NodeID {
    let rest = Array(shape(id).dropLast())
    var first = id
    var behind: [NodeID] = []
    while shape(first).last! > 1 {
      let count = shape(first).last!
      let half = count / 2
      if count % 2 == 1 { behind.append(part(first, from: count - 1, to: count)) }
      let second = part(first, from: half, to: 2 * half)
      first = part(first, from: 0, to: half)
      first = map(Operation("first_max")!, first, second)
    }
    // What was left over stands behind all that was joined before.
    for other in behind.reversed() { first = map(Operation("first_max")!, first, other) }
    return reshape(first, to: rest)
  }

  /// A part of the last axis, as a view that joins with what it is a part of.
  private mutating func part(_ id: NodeID, from start: Int, to end: Int) -> NodeID {
    let rest = Array(shape(id).dropLast())
    return slice(
      id, from: rest.map { _ in 0 } + [start], steps: rest.map { _ in 1 } + [1],
      shape: rest + [end - start])
  }

  /// The mean of each window, as `torch.nn.AvgPool2d`.
  ///
  /// - Parameter countsPadding: whether places beside the axis count, as 0.
  mutating func averagePool(_ x: NodeID, _ windows: SlidingWindows, countsPadding: Bool) -> NodeID {
    let shown = self.windows(
      x,
      windows.axes.enumerated().map { index, axis in
        axis.window(index + 1, before: axis.before, after: axis.after + axis.beyond)
      })
    let rank = shape(x).count
    let total = sum(shown, over: Array(rank..<shape(shown).count))
    // How many places of each window count, along each axis; over all axes it is their product.
    var counts = [1.0]
    for axis in windows.axes {
      let own = axis.counts(countsPadding: countsPadding)
      counts = counts.flatMap { count in own.map { count * Double($0) } }
    }
    if Set(counts).count == 1 { return map(.div, total, constant(counts[0])) }
    let divisors = literal(counts, shape: windows.positions)
    let spread = broadcast(divisors, to: shape(total), axes: Array(1..<rank))
    return map(.div, total, spread)
  }

  /// The mean over all axes but the first.
  mutating func globalAverage(_ x: NodeID) -> NodeID {
    let count = shape(x).dropFirst().reduce(1, *)
    return map(.div, sum(x, over: Array(1..<shape(x).count)), constant(Double(count)))
  }

  /// The greatest element over all axes but the first, and of equal ones the first.
  mutating func globalMaximum(_ x: NodeID) -> NodeID {
    firstMaximum(reshape(x, to: [shape(x)[0], shape(x).dropFirst().reduce(1, *)]))
  }
}

extension SlidingWindows.Axis {
  /// How many places of the window count at each position. Those that rounding up has added never do.
  fileprivate func counts(countsPadding: Bool) -> [Int] {
    (0..<positions).map { position in
      (0..<size).count(where: { place in
        let element = position * stride + place * dilation - before
        return countsPadding ? element < extent + after : element >= 0 && element < extent
      })
    }
  }
}
