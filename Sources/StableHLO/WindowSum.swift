import NNCGraph

/// A sum over places of windows of a tensor that is not laid out: pooling by averages, and the way back through pools.
struct WindowSum {
  /// The tensor, without the zeros around it.
  let source: NodeID
  let framed: Framed
  let indices: [View.Index]
  let isBatched: Bool
  /// The labels of the view's axes, without that of the batch, and their extents.
  let labels: [UInt8]
  let extents: Shape
  /// The labels of the result's axes.
  let output: [UInt8]
  /// The axes of the view that move along several axes of the tensor: their places are terms of a sum.
  let apart: [Int]

  /// The sum that a product of one operand is; nil where it is none.
  init?(_ product: Product, _ graph: Graph) {
    guard product.operands.count == 1 else { return nil }
    let shown = product.operands[0]
    guard case .view(let view) = graph[shown].kind else { return nil }
    indices = view.indices
    isBatched = graph[shown].isBatched
    labels = Array(product.labels[0].dropFirst(isBatched ? 1 : 0))
    extents = graph.shape(shown)
    output = product.output
    framed = Framed(graph.operands(shown)[0], graph)
    source = framed.source
    var uses = extents.map { _ in 0 }
    for index in view.indices { for term in index.terms { uses[term.axis] += 1 } }
    if uses.contains(0) { return nil }
    apart = extents.indices.filter { uses[$0] > 1 }
    let own = labels
    if apart.contains(where: { product.output.contains(own[$0]) }) { return nil }
    let count = apart.reduce(1) { $0 * graph.shape(shown)[$1] }
    let mostTerms = 64
    if count > mostTerms { return nil }
    var slides = false
    for index in view.indices {
      let free = index.terms.filter { !apart.contains($0.axis) }
      let positions = free.filter { product.output.contains(own[$0.axis]) }
      if !apart.isEmpty {
        if free.count > 1 { return nil }
        continue
      }
      if free.count > 2 || positions.count > 1 || free.count - positions.count > 1 { return nil }
      if let position = positions.first, position.step < 0 { return nil }
      slides = slides || free.count == 2
    }
    if apart.isEmpty, !slides { return nil }
  }
}

extension FunctionWriter {
  mutating func write(_ sum: WindowSum, called name: String?) -> Value {
    sum.apart.isEmpty ? slidingSum(sum, called: name) : sumOfTerms(sum, called: name)
  }

  private mutating func slidingSum(_ sum: WindowSum, called name: String?) -> Value {
    let tensor = asReal(value(sum.source))
    var windows: [WindowAxis] = sum.isBatched ? [WindowAxis()] : []
    var labels: [UInt8?] = sum.isBatched ? [Product.batch] : []
    var shape: Shape = sum.isBatched ? [batch] : []
    for (axis, index) in sum.indices.enumerated() {
      var window = WindowAxis()
      var (reach, offset, extent) = (1, index.offset, 1)
      var label: UInt8?
      let isAlone = index.terms.count == 1 && index.terms[0].step > 0
      for term in index.terms {
        let length = sum.extents[term.axis]
        if isAlone || sum.output.contains(sum.labels[term.axis]) {
          (label, extent, window.stride) = (sum.labels[term.axis], length, term.step)
        } else {
          (window.size, window.dilation) = (length, abs(term.step))
          if term.step < 0 { offset += (length - 1) * term.step }
        }
        reach += (length - 1) * abs(term.step)
      }
      let length = sum.framed.inner[axis]
      window.spacing = sum.framed.steps[axis]
      window.low = sum.framed.start[axis] - offset
      window.high =
        reach - window.low - (length == 0 ? 0 : (length - 1) * window.spacing + 1)
      windows.append(window)
      labels.append(label)
      shape.append(extent)
    }
    // A label of the last resort stands for an axis of one place.
    let value = body.sumOfWindows(tensor, windows, shape: shape)
    let kept = labels.compactMap { $0 }
    let plain = body.reshape(
      value, to: shape.indices.filter { labels[$0] != nil }.map { shape[$0] })
    return self.sum(plain, kept, to: sum.output, called: name)
  }

  private mutating func sumOfTerms(_ sum: WindowSum, called name: String?) -> Value {
    let tensor = asReal(value(sum.source))
    let extents = sum.apart.map { sum.extents[$0] }
    var total: Value?
    let remaining = sum.extents.indices.filter { !sum.apart.contains($0) }
    let shape = remaining.map { sum.extents[$0] }
    let lead = sum.isBatched ? 1 : 0
    for number in 0..<extents.elementCount {
      let place = extents.place(of: number)
      let indices = sum.indices.map { index -> View.Index in
        var result = View.Index(index.offset)
        for term in index.terms {
          if let fixed = sum.apart.firstIndex(of: term.axis) {
            result.offset += term.step * place[fixed]
          } else {
            result.add(axis: remaining.firstIndex(of: term.axis)!, step: term.step)
          }
        }
        return result
      }
      guard let term = framed(tensor, sum.framed, indices, shape, lead: lead) else { continue }
      total = total.map { body.elementwise("add", [$0, term]) } ?? term
    }
    let full = (sum.isBatched ? [batch] : []) + shape
    let value = total ?? body.constant(0, full, real)
    let labels = (sum.isBatched ? [Product.batch] : []) + remaining.map { sum.labels[$0] }
    return self.sum(value, labels, to: sum.output, called: name)
  }

  /// What single indices show of a tensor in a box of zeros; nil for nothing but zeros.
  private mutating func framed(
    _ tensor: Value, _ box: Framed, _ indices: [View.Index], _ shape: Shape, lead: Int
  ) -> Value? {
    var places: [Int?] = tensor.shape.prefix(lead).map { _ in nil }
    var remaining: [View.Index] = []
    var low = places.map { _ in 0 }
    var (high, interior) = (low, low)
    for (axis, index) in indices.enumerated() {
      let (start, step) = (box.start[axis], box.steps[axis])
      let spaced = box.inner[axis] == 0 ? 0 : (box.inner[axis] - 1) * step + 1
      if index.terms.isEmpty {
        let place = index.offset - start
        guard place >= 0, place < spaced, place % step == 0 else { return nil }
        places.append(place / step)
        continue
      }
      places.append(nil)
      interior.append(step - 1)
      var index = index
      if index.terms[0].step == 1 {
        // The zeros are as many as are shown.
        low.append(start - index.offset)
        high.append(shape[index.terms[0].axis] - spaced - start + index.offset)
        index.offset = 0
      } else {
        low.append(start)
        high.append(box.shape[axis] - start - spaced)
      }
      remaining.append(index)
    }
    let part = body.part(tensor, at: places)
    let padded = body.pad(part, low: low, high: high, interior: interior)
    return shown(padded, remaining, shape, lead: lead, called: nil)
  }
}

extension Body {
  /// The elements at places of some axes, which are dropped. Of what is repeated along these, they are what is repeated.
  fileprivate mutating func part(_ value: Value, at places: [Int?]) -> Value {
    let kept = places.indices.filter { places[$0] == nil }
    if kept.count == places.count { return value }
    let shape = kept.map { value.shape[$0] }
    if case .repeated(let inner, let axes)? = form(of: value),
      axes.allSatisfy({ places[$0] == nil })
    {
      return broadcast(inner, to: shape, axes: axes.map { kept.firstIndex(of: $0)! })
    }
    let box = slice(
      value, from: places.map { $0 ?? 0 }, steps: places.map { _ in 1 },
      shape: places.indices.map { places[$0] == nil ? value.shape[$0] : 1 })
    return reshape(box, to: shape)
  }
}
