import NNCGraph

// The operations of StableHLO, as https://openxla.org/stablehlo/spec and its printer spell them.
extension Body {
  /// An operation element by element on operands of the result's type.
  mutating func elementwise(
    _ operation: String, _ operands: [Value], called name: String? = nil
  ) -> Value {
    let (shape, element) = (operands[0].shape, operands[0].element)
    if let (parts, way) = reduced(operands) {
      return whole(elementwise(operation, parts), way, shape: shape, called: name)
    }
    let isQuotient = operation == "divide"
    let isScaled = isQuotient || operation == "multiply"
    if isScaled, let value = scaled(operands, isQuotient: isQuotient, called: name) { return value }
    let list = operands.map(\.name).joined(separator: ", ")
    let value = add("\(operation) \(list)", operands[0].type, shape, element, called: name)
    if isScaled { noteFactor(value, operands, isQuotient: isQuotient) }
    return value
  }

  /// A comparison, `LT`, `LE`, `EQ` or `NE`.
  mutating func compare(
    _ direction: String, _ a: Value, _ b: Value, called name: String? = nil
  ) -> Value {
    if let (parts, way) = reduced([a, b]) {
      let value = compare(direction, parts[0], parts[1])
      return whole(value, way, shape: a.shape, called: name)
    }
    let type = "(\(a.type), \(b.type)) -> \(tensorType(a.shape, .i1))"
    return add("compare \(direction), \(a.name), \(b.name)", type, a.shape, .i1, called: name)
  }

  /// `yes` where the condition holds, else `no`; the condition may be a scalar.
  mutating func select(
    _ condition: Value, _ yes: Value, _ no: Value, called name: String? = nil
  ) -> Value {
    if let (parts, way) = reduced([condition, yes, no]) {
      let value = select(parts[0], parts[1], parts[2])
      return whole(value, way, shape: yes.shape, called: name)
    }
    return add(
      "select \(condition.name), \(yes.name), \(no.name)", "\(condition.type), \(yes.type)",
      yes.shape, yes.element, called: name)
  }

  /// The same numbers as elements of another type.
  mutating func convert(_ value: Value, to element: Element, called name: String? = nil) -> Value {
    if value.element == element { return value }
    return toShape("convert \(value.name)", value, value.shape, element, called: name)
  }

  /// The same bits as elements of another type.
  mutating func bitcast(_ value: Value, to element: Element) -> Value {
    toShape("bitcast_convert \(value.name)", value, value.shape, element)
  }

  /// The operand repeated: its axis i becomes the result's axis `axes[i]`. Of what is repeated already it is that.
  mutating func broadcast(
    _ value: Value, to shape: Shape, axes: [Int], called name: String? = nil
  ) -> Value {
    if value.shape == shape { return value }
    if let core = core(of: value) {
      return broadcast(core.value, to: shape, axes: core.axes.map { axes[$0] }, called: name)
    }
    switch form(of: value) {
    case .number(let number)?: return constant(number, shape, value.element)
    case .counted(let axis)?: return iota(shape, axis: axes[axis], value.element)
    case .repeated(let inner, let own)?:
      return broadcast(inner, to: shape, axes: own.map { axes[$0] }, called: name)
    default: break
    }
    let kept = axes.map { shape[$0] }
    // With axes of one place alone it is the same numbers.
    if kept.elementCount == shape.elementCount, !shape.isEmpty, axes == axes.sorted() {
      return reshape(value, to: shape, called: name)
    }
    let result = toShape(
      "broadcast_in_dim \(value.name), dims = \(axes)", value, shape, called: name)
    note(result, .repeated(value, axes: axes))
    return result
  }

  mutating func transpose(_ value: Value, _ axes: [Int], called name: String? = nil) -> Value {
    if axes == Array(axes.indices) { return value }
    let shape = axes.map { value.shape[$0] }
    if let core = core(of: value) {
      let order = axes.compactMap { core.axes.firstIndex(of: $0) }
      return reshape(transpose(core.value, order), to: shape, called: name)
    }
    switch form(of: value) {
    case .number(let number)?: return constant(number, shape, value.element)
    case .order(let inner, let own)?:
      return transpose(inner, axes.map { own[$0] }, called: name)
    default: break
    }
    let result = toShape(
      "transpose \(value.name), dims = \(axes)", value, shape, called: name)
    note(result, .order(value, axes))
    return result
  }

  mutating func reshape(_ value: Value, to shape: Shape, called name: String? = nil) -> Value {
    if value.shape == shape { return value }
    switch form(of: value) {
    case .number(let number)?: return constant(number, shape, value.element)
    case .reshape(let inner)?: return reshape(inner, to: shape, called: name)
    default: break
    }
    let result = toShape("reshape \(value.name)", value, shape, called: name)
    note(result, .reshape(value))
    return result
  }

  /// Every `step`-th element along each axis, from `start` on, so many as `shape` says.
  mutating func slice(
    _ value: Value, from start: [Int], steps: [Int], shape: Shape, called name: String? = nil
  ) -> Value {
    if value.shape == shape { return value }
    if steps.allSatisfy({ $0 == 1 }),
      let box = box(of: value, from: start, shape: shape, called: name)
    {
      return box
    }
    let ranges = shape.indices.map { axis in
      let (first, step) = (start[axis], steps[axis])
      let end = shape[axis] == 0 ? first : first + step * (shape[axis] - 1) + 1
      return step == 1 ? "\(first):\(end)" : "\(first):\(end):\(step)"
    }
    return toShape(
      "slice \(value.name) [\(ranges.joined(separator: ", "))]", value, shape, called: name)
  }

  mutating func reverse(_ value: Value, axes: [Int], called name: String? = nil) -> Value {
    if axes.isEmpty { return value }
    return add(
      "reverse \(value.name), dims = \(axes)", value.type, value.shape, value.element,
      called: name)
  }

  /// The operand with zeros before, behind and between its elements; what is negative is cut off.
  mutating func pad(
    _ value: Value, low: [Int], high: [Int], interior: [Int], called name: String? = nil
  ) -> Value {
    let isPlain = (low + high + interior).allSatisfy { $0 == 0 }
    if isPlain { return value }
    let shape = value.shape.indices.map { axis in
      low[axis] + high[axis] + value.shape[axis]
        + max(0, value.shape[axis] - 1) * interior[axis]
    }
    let zero = constant(0, [], value.element)
    return add(
      "pad \(value.name), \(zero.name), low = \(low), high = \(high), interior = \(interior)",
      "(\(value.type), \(zero.type)) -> \(tensorType(shape, value.element))", shape,
      value.element, called: name)
  }

  mutating func concatenate(_ parts: [Value], axis: Int, called name: String? = nil) -> Value {
    if parts.count == 1 { return parts[0] }
    let parts = parts.flatMap { part -> [Value] in
      if case .joined(let own, axis)? = form(of: part) { return own }
      return [part]
    }
    var shape = parts[0].shape
    shape[axis] = parts.reduce(0) { $0 + $1.shape[axis] }
    let list = parts.map(\.name).joined(separator: ", ")
    let types = parts.map(\.type).joined(separator: ", ")
    let result = add(
      "concatenate \(list), dim = \(axis)",
      "(\(types)) -> \(tensorType(shape, parts[0].element))", shape, parts[0].element,
      called: name)
    note(result, .joined(parts, axis: axis))
    return result
  }

  /// The numbers 0, 1, 2 … along an axis.
  mutating func iota(_ shape: Shape, axis: Int, _ element: Element) -> Value {
    let result = add("iota dim = \(axis)", tensorType(shape, element), shape, element)
    note(result, .counted(axis: axis))
    return result
  }

  /// The value itself, through which no engine looks.
  mutating func barrier(_ value: Value) -> Value {
    if value.element == .i1 { return value }
    return add(
      "optimization_barrier \(value.name)", value.type, value.shape, value.element)
  }

  /// What an operation makes of all elements along axes. Sums are made in ``summing``.
  mutating func reduce(
    _ value: Value, _ operation: String, from first: Double, axes: [Int],
    called name: String? = nil
  ) -> Value {
    if axes.isEmpty { return value }
    let shape = value.shape.indices.filter { !axes.contains($0) }.map { value.shape[$0] }
    if let core = core(of: value) {
      let own = axes.compactMap { core.axes.firstIndex(of: $0) }
      let result = reduce(core.value, operation, from: first, axes: own)
      return reshape(result, to: shape, called: name)
    }
    if operation == "add", value.element != value.element.summing {
      let sum = reduce(
        convert(value, to: value.element.summing), operation, from: first, axes: axes)
      return convert(sum, to: value.element, called: name)
    }
    let start = constant(first, [], value.element)
    return add(
      "reduce(\(value.name) init: \(start.name)) applies stablehlo.\(operation) "
        + "across dimensions = \(axes)",
      "(\(value.type), \(start.type)) -> \(tensorType(shape, value.element))", shape,
      value.element, called: name)
  }

  private mutating func toShape(
    _ text: String, _ value: Value, _ shape: Shape, _ element: Element? = nil,
    called name: String? = nil
  ) -> Value {
    let element = element ?? value.element
    return add(
      text, "(\(value.type)) -> \(tensorType(shape, element))", shape, element, called: name)
  }
}
