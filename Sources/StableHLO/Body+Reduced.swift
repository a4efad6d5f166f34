import NNCGraph

// Values without axes along which they are the same, or that have one place alone.
extension Body {
  /// A value without axes of one place that a reshape put in, and which axes it has; nil where there are none.
  func core(of value: Value) -> (value: Value, axes: [Int])? {
    guard case .reshape(let inner)? = form(of: value), inner.shape.count < value.shape.count
    else { return nil }
    var axes: [Int] = []
    for (axis, extent) in value.shape.enumerated() {
      if axes.count < inner.shape.count, inner.shape[axes.count] == extent {
        axes.append(axis)
      } else if extent != 1 {
        return nil
      }
    }
    return axes.count == inner.shape.count ? (inner, axes) : nil
  }

  /// Operands of one shape as those of a smaller one, of which the result is to be brought to the whole shape; nil where
  /// there is none. What is the same along axes is computed once for them; axes of one place that reshapes put in are left
  /// out.
  mutating func reduced(_ operands: [Value]) -> (operands: [Value], whole: Whole)? {
    let shape = operands.last!.shape
    let given = operands.filter { $0.shape == shape }.compactMap { operand -> Form? in
      if case .number? = form(of: operand) { return nil }
      return form(of: operand) ?? .order(operand, [])
    }
    if shape.isEmpty || given.isEmpty { return nil }
    if let axes = commonAxes(of: given, shape), axes.count < shape.count {
      return (parts(operands, along: axes), .repeated(axes))
    }
    let axes = shape.indices.filter { shape[$0] != 1 }
    if axes.count == shape.count { return nil }
    var isReshaped = false
    for form in given {
      switch form {
      case .reshape: isReshaped = true
      case .repeated(_, let own) where own.allSatisfy({ axes.contains($0) }): break
      default: return nil
      }
    }
    return isReshaped ? (parts(operands, along: axes), .reshaped) : nil
  }

  /// The axes along which values differ, where they all differ along the same, or are counted along some; nil else.
  private func commonAxes(of forms: [Form], _ shape: Shape) -> [Int]? {
    var counted: Set<Int> = []
    var common: [Int]?
    for form in forms {
      switch form {
      case .counted(let axis): counted.insert(axis)
      case .repeated(let inner, let axes)
      where inner.shape == axes.map { shape[$0] } && common ?? axes == axes:
        common = axes
      default: return nil
      }
    }
    guard let common else { return counted.sorted() }
    return counted.isSubset(of: common) ? common : nil
  }

  /// How a value of a smaller shape becomes one of the whole.
  enum Whole {
    case repeated([Int])
    case reshaped
  }

  /// What was computed of reduced operands, in the shape that was asked for.
  mutating func whole(
    _ value: Value, _ way: Whole, shape: Shape, called name: String?
  ) -> Value {
    switch way {
    case .repeated(let axes): broadcast(value, to: shape, axes: axes, called: name)
    case .reshaped: reshape(value, to: shape, called: name)
    }
  }

  private mutating func parts(_ operands: [Value], along axes: [Int]) -> [Value] {
    let shape = operands.last!.shape
    let inner = axes.map { shape[$0] }
    return operands.map { $0.shape == shape ? part($0, along: axes, shape: inner) : $0 }
  }

  /// A value without axes of one place that were put in.
  mutating func part(_ value: Value, without dropped: [Int]) -> Value {
    let axes = value.shape.indices.filter { !dropped.contains($0) }
    return part(value, along: axes, shape: axes.map { value.shape[$0] })
  }

  /// Whether an axis of one place was put in by what the value is made of.
  func isPutIn(_ axis: Int, of value: Value) -> Bool {
    if value.shape[axis] != 1 { return false }
    switch form(of: value) {
    case .number?, .reshape?: return true
    case .repeated(_, let axes)?: return !axes.contains(axis)
    default: return false
    }
  }

  /// A value that is the same along all other axes, along some of them.
  private mutating func part(_ value: Value, along axes: [Int], shape: Shape) -> Value {
    switch form(of: value) {
    case .number(let number)?: return constant(number, shape, value.element)
    case .counted(let axis)?:
      return iota(shape, axis: axes.firstIndex(of: axis)!, value.element)
    case .repeated(let inner, let own)?:
      return broadcast(inner, to: shape, axes: own.map { axes.firstIndex(of: $0)! })
    default: return reshape(value, to: shape)
    }
  }
}
