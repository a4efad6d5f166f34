import NNCGraph

// What shows elements of tensors at other places. The axis of the batch stays the first.
extension FunctionWriter {
  mutating func moved(_ id: NodeID, called name: String?) -> Value {
    let node = graph[id]
    let isBatched = node.isBatched
    let lead = isBatched ? 1 : 0
    let operands = node.operands.map { batched(value($0), graph[$0].isBatched, isBatched) }
    let operand = operands[0]
    let shape = fullShape(of: id)
    let before = isBatched ? [0] : []
    switch node.kind {
    case .broadcast where numbers[node.operands[0]] != nil:
      return body.constant(numbers[node.operands[0]]!, shape, real)
    case .broadcast(let axes):
      return body.broadcast(
        operand, to: shape, axes: before + axes.map { $0 + lead }, called: name)
    case .permute(let axes):
      return body.transpose(operand, before + axes.map { $0 + lead }, called: name)
    case .reshape: return body.reshape(operand, to: shape, called: name)
    case .slice(let start):
      return body.slice(
        operand, from: before + start, steps: shape.map { _ in 1 }, shape: shape, called: name)
    case .pad(let start, let steps):
      let inner = graph.shape(node.operands[0])
      let high = start.indices.map { axis in
        let spaced = inner[axis] == 0 ? 0 : (inner[axis] - 1) * steps[axis] + 1
        return node.shape[axis] - start[axis] - spaced
      }
      return body.pad(
        operand, low: before + start, high: before + high,
        interior: before + steps.map { $0 - 1 }, called: name)
    case .concat(let axis):
      // Truths and numbers do not lie in one tensor.
      let isMixed = operands[0].element != operands[1].element
      let parts = isMixed ? operands.map { asReal($0) } : operands
      return body.concatenate(parts, axis: axis + lead, called: name)
    case .view(let view):
      return shown(operand, view.indices, node.shape, lead: lead, called: name)
    default: preconditionFailure("\(node.kind) moves nothing")
    }
  }

  /// A value with an axis of the batch where one is wanted.
  private mutating func batched(_ value: Value, _ isBatched: Bool, _ wanted: Bool) -> Value {
    if isBatched || !wanted { return value }
    return body.broadcast(
      value, to: [batch] + value.shape, axes: value.shape.indices.map { $0 + 1 })
  }

  /// What a view shows of a tensor: slices of it, and where indices are sums of several, rows that numbers say.
  ///
  /// - Parameter lead: how many axes stand before those of the view, and stay.
  mutating func shown(
    _ operand: Value, _ indices: [View.Index], _ shape: Shape, lead: Int, called name: String?
  ) -> Value {
    // An axis of one place moves nothing.
    let indices = indices.map { index in
      var result = View.Index(index.offset)
      for term in index.terms where shape[term.axis] > 1 || index.terms.count == 1 {
        result.add(axis: term.axis, step: term.step)
      }
      return result
    }
    var value = operand
    // The axes of the result by the axes of the value as they come: -1 of those that are dropped.
    var places: [Int] = Array(0..<lead)
    var start = places.map { _ in 0 }
    var steps = places.map { _ in 1 }
    var extents = Array(operand.shape.prefix(lead))
    var reversed: [Int] = []
    for (axis, index) in indices.enumerated() {
      switch index.terms.count {
      case 0:
        start.append(index.offset)
        steps.append(1)
        extents.append(1)
        places.append(-1)
      case 1:
        let term = index.terms[0]
        let extent = shape[term.axis]
        let isBackwards = term.step < 0
        if isBackwards { reversed.append(lead + axis) }
        start.append(index.offset + (isBackwards ? term.step * (extent - 1) : 0))
        steps.append(abs(term.step))
        extents.append(extent)
        places.append(lead + term.axis)
      default:
        start.append(0)
        steps.append(1)
        extents.append(operand.shape[lead + axis])
        places.append(-2)
      }
    }
    value = body.slice(value, from: start, steps: steps, shape: extents)
    value = body.reverse(value, axes: reversed)
    if places.contains(-1) {
      value = body.reshape(
        value, to: places.indices.filter { places[$0] != -1 }.map { extents[$0] })
    }
    var kept = places.filter { $0 != -1 }
    for index in indices where index.terms.count > 1 {
      let axis = kept.firstIndex(of: -2)!
      let numbers = placeNumbers(index, shape)
      value = body.gather(value, axis: axis, numbers)
      kept.remove(at: axis)
      kept = index.terms.map { lead + $0.axis } + kept
    }
    (value, kept) = diagonal(value, kept)
    let full = Array(operand.shape.prefix(lead)) + shape
    let order = kept.sorted().map { kept.firstIndex(of: $0)! }
    let isWhole = kept.count == full.count
    value = body.transpose(value, order, called: isWhole ? name : nil)
    return body.broadcast(value, to: full, axes: kept.sorted(), called: name)
  }

  /// The index at each place of its axes, as whole numbers.
  private mutating func placeNumbers(_ index: View.Index, _ shape: Shape) -> Value {
    let extents = index.terms.map { shape[$0.axis] }
    var sum: Value?
    for (axis, term) in index.terms.enumerated() {
      var part = body.iota(extents, axis: axis, .i32)
      if term.step != 1 {
        let step = body.constant(Double(term.step), extents, .i32)
        part = body.elementwise("multiply", [part, step])
      }
      sum = sum.map { body.elementwise("add", [$0, part]) } ?? part
    }
    guard let sum else { return body.constant(Double(index.offset), [], .i32) }
    if index.offset == 0 { return sum }
    let offset = body.constant(Double(index.offset), extents, .i32)
    return body.elementwise("add", [sum, offset])
  }

  /// Of axes that are one and the same in the result the elements where their indices are equal.
  private mutating func diagonal(_ value: Value, _ axes: [Int]) -> (Value, [Int]) {
    var (value, axes) = (value, axes)
    while let second = axes.indices.first(where: { axes[..<$0].contains(axes[$0]) }) {
      let first = axes.firstIndex(of: axes[second])!
      let isEqual = body.compare(
        "EQ", body.iota(value.shape, axis: first, .i32),
        body.iota(value.shape, axis: second, .i32))
      let real = asReal(value)
      let zero = body.constant(0, real.shape, real.element)
      value = body.reduce(body.select(isEqual, real, zero), "add", from: 0, axes: [second])
      axes.remove(at: second)
    }
    return (value, axes)
  }
}
