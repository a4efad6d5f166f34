import NNCGraph

extension Graph {
  /// A product with a matrix of numbers along one axis: element i of the result is Σ m[i, j] · x[…, j, …].
  mutating func mixed(_ x: NodeID, axis: Int, by rows: [[Double]]) -> NodeID {
    let labels = shape(x).indices.map { UInt8($0) }
    let new = UInt8(labels.count)
    var output = labels
    output[axis] = new
    let matrix = literal(rows.flatMap { $0 }, shape: [rows.count, shape(x)[axis]])
    return contract(
      Contraction(inputs: [[new, UInt8(axis)], labels], output: output), [matrix, x])
  }

  /// The means of `counts[i]` parts along each axis but the first, as `torch.nn.AdaptiveAvgPool2d`: part i of N goes from
  /// ⌊i·n/N⌋ to ⌈(i + 1)·n/N⌉.
  mutating func adaptiveAverage(_ x: NodeID, _ counts: [Int]) -> NodeID {
    var result = x
    for (index, count) in counts.enumerated() {
      let extent = shape(x)[index + 1]
      if extent % count == 0 {
        let size = extent / count
        let shown = windows(result, [Window(axis: index + 1, size: size, stride: size)])
        let total = sum(shown, over: [shape(shown).count - 1])
        result = map(.div, total, constant(Double(size)))
        continue
      }
      let rows = (0..<count).map { part -> [Double] in
        let (start, end) = (part * extent / count, ((part + 1) * extent + count - 1) / count)
        return (0..<extent).map { start <= $0 && $0 < end ? 1 / Double(end - start) : 0 }
      }
      result = mixed(result, axis: index + 1, by: rows)
    }
    return result
  }

  /// Each element `factors[i]` times along each axis but the first, as `torch.nn.Upsample` in the mode `nearest`.
  mutating func repeated(_ x: NodeID, _ factors: [Int]) -> NodeID {
    let old = shape(x)
    let pairs = zip(old.dropFirst(), factors).flatMap { [$0, $1] }
    let axes = [0] + factors.indices.map { 1 + 2 * $0 }
    let spread = broadcast(x, to: [old[0]] + pairs, axes: axes)
    return reshape(spread, to: [old[0]] + zip(old.dropFirst(), factors).map { $0 * $1 })
  }

  /// Between the elements along each axis but the first their weighted means, as `torch.nn.Upsample` in the mode
  /// `bilinear`: elements are squares, and what lies beside the outermost centres is as they are.
  ///
  /// Element i·f + p lies at i + (p + ½)/f − ½, between the element i and one beside it.
  mutating func interpolated(_ x: NodeID, _ factors: [Int]) -> NodeID {
    var result = x
    for (index, factor) in factors.enumerated() {
      let axis = index + 1
      let extent = shape(result)[axis]
      let framed = bordered(result, axis: axis, before: 1, after: 1, .replicate)
      let shown = windows(framed, [Window(axis: axis, size: 3)])
      let weights = (0..<factor).flatMap { phase in
        let place = (Double(phase) + 0.5) / Double(factor) - 0.5
        return [max(0, -place), 1 - place.magnitude, max(0, place)]
      }
      let labels = shape(shown).indices.map { UInt8($0) }
      let phase = UInt8(labels.count)
      var output = Array(labels.dropLast())
      output.insert(phase, at: axis + 1)
      let sum = contract(
        Contraction(inputs: [[phase, labels.last!], labels], output: output),
        [literal(weights, shape: [factor, 3]), shown])
      var whole = shape(result)
      whole[axis] = extent * factor
      result = reshape(sum, to: whole)
    }
    return result
  }

  /// The same where the first and last elements stay in the corners: element i of n·f lies at i·(n − 1)/(n·f − 1).
  mutating func interpolatedInCorners(_ x: NodeID, _ factors: [Int]) -> NodeID {
    var result = x
    for (index, factor) in factors.enumerated() {
      let extent = shape(x)[index + 1]
      let count = extent * factor
      let rows = (0..<count).map { place -> [Double] in
        let exact = count == 1 ? 0 : Double(place * (extent - 1)) / Double(count - 1)
        let low = Int(exact)
        var row = [Double](repeating: 0, count: extent)
        row[low] += 1 - (exact - Double(low))
        row[min(low + 1, extent - 1)] += exact - Double(low)
        return row
      }
      result = mixed(result, axis: index + 1, by: rows)
    }
    return result
  }
}
