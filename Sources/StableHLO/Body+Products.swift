import NNCGraph

// Products, and what looks up and adds to places: operations whose attributes say which axis is what.
extension Body {
  /// The sums of products along `contracted` axes, for each index of `batched` ones: the result has the batched axes,
  /// then what is left of the first operand, then of the second.
  mutating func dot(
    _ a: Value, _ b: Value, batched: ([Int], [Int]), contracted: ([Int], [Int]),
    called name: String? = nil
  ) -> Value {
    let shape =
      batched.0.map { a.shape[$0] } + rest(a, batched.0 + contracted.0)
      + rest(b, batched.1 + contracted.1)
    var text = "dot_general \(a.name), \(b.name)"
    if !batched.0.isEmpty { text += ", batching_dims = \(batched.0) x \(batched.1)" }
    text += ", contracting_dims = \(contracted.0) x \(contracted.1)"
    // Else accelerators round the factors of f32 to fewer digits.
    if a.element == .f32 { text += ", precision = [HIGHEST, HIGHEST]" }
    return add(
      text, "(\(a.type), \(b.type)) -> \(tensorType(shape, a.element))", shape, a.element,
      called: name)
  }

  private func rest(_ value: Value, _ axes: [Int]) -> Shape {
    value.shape.indices.filter { !axes.contains($0) }.map { value.shape[$0] }
  }

  mutating func convolution(
    _ a: Value, _ b: Value, _ window: ConvolutionWindow, shape: Shape, called name: String? = nil
  ) -> Value {
    func list(_ parts: [String]) -> String { "[\(parts.joined(separator: ", "))]" }
    let axes = window.axes
    var parts: [String] = []
    if axes.contains(where: { $0.stride != 1 }) { parts.append("stride = \(axes.map(\.stride))") }
    if axes.contains(where: { $0.low != 0 || $0.high != 0 }) {
      parts.append("pad = \(axes.map { [$0.low, $0.high] })")
    }
    if axes.contains(where: { $0.spacing != 1 }) {
      parts.append("lhs_dilate = \(axes.map(\.spacing))")
    }
    if axes.contains(where: { $0.dilation != 1 }) {
      parts.append("rhs_dilate = \(axes.map(\.dilation))")
    }
    let highest = "#stablehlo<precision HIGHEST>"
    let precision = a.element == .f32 ? ", precision_config = [\(highest), \(highest)]" : ""
    let result = add(
      "convolution(\(a.name), \(b.name)) dim_numbers = "
        + "\(list(window.first))x\(list(window.second))->\(list(window.result)), "
        + "window = {\(parts.joined(separator: ", "))} "
        + "{batch_group_count = 1 : i64, feature_group_count = \(window.groups) : i64\(precision)}",
      "(\(a.type), \(b.type)) -> \(tensorType(shape, a.element))", shape, a.element, called: name)
    note(result, .convolution(a, b, window))
    return result
  }

  /// The convolution that gives no more than a box of another's places; nil where that is not its form.
  mutating func box(
    of value: Value, from start: [Int], shape: Shape, called name: String?
  ) -> Value? {
    guard case .convolution(let a, let b, var window)? = form(of: value) else { return nil }
    for axis in shape.indices where shape[axis] != value.shape[axis] {
      guard let place = Int(window.result[axis]) else { return nil }
      let stride = window.axes[place].stride
      window.axes[place].low -= start[axis] * stride
      window.axes[place].high -= (value.shape[axis] - start[axis] - shape[axis]) * stride
    }
    return convolution(a, b, window, shape: shape, called: name)
  }

  /// Of a table the rows along `axis` that whole numbers say: the result has the numbers' axes, then what is left of the
  /// table's. Numbers beyond the table are held to its ends.
  mutating func gather(
    _ table: Value, axis: Int, _ numbers: Value, called name: String? = nil
  ) -> Value {
    let left = table.shape.indices.filter { $0 != axis }
    let shape = numbers.shape + left.map { table.shape[$0] }
    let offsets = left.indices.map { numbers.shape.count + $0 }
    var sizes = table.shape
    sizes[axis] = 1
    return addWhole(
      "\"stablehlo.gather\"(\(table.name), \(numbers.name)) <{dimension_numbers = "
        + "#stablehlo.gather<offset_dims = \(offsets), collapsed_slice_dims = [\(axis)], "
        + "start_index_map = [\(axis)], index_vector_dim = \(numbers.shape.count)>, "
        + "indices_are_sorted = false, slice_sizes = array<i64: \(list(sizes))>}> : "
        + "(\(table.type), \(numbers.type)) -> \(tensorType(shape, table.element))",
      shape, table.element, called: name)
  }

  /// Zeros of this shape, to whose rows along the first axis values are added where whole numbers say.
  mutating func scatter(
    _ values: Value, _ numbers: Value, to shape: Shape, called name: String? = nil
  ) -> Value {
    if values.element != values.element.summing {
      let sum = scatter(convert(values, to: values.element.summing), numbers, to: shape)
      return convert(sum, to: values.element, called: name)
    }
    let zeros = constant(0, shape, values.element)
    let scalar = tensorType([], values.element)
    let windows = (1..<shape.count).map { numbers.shape.count - 1 + $0 }
    return addWhole(
      "\"stablehlo.scatter\"(\(zeros.name), \(numbers.name), \(values.name)) "
        + "<{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<"
        + (windows.isEmpty ? "" : "update_window_dims = \(windows), ")
        + "inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], "
        + "index_vector_dim = \(numbers.shape.count)>, unique_indices = false}> ({\n"
        + "^bb0(%a: \(scalar), %b: \(scalar)):\n"
        + "  %sum = stablehlo.add %a, %b : \(scalar)\n"
        + "  stablehlo.return %sum : \(scalar)\n"
        + "}) : (\(zeros.type), \(numbers.type), \(values.type)) -> \(zeros.type)",
      shape, values.element, called: name)
  }

  /// The sums of windows.
  mutating func sumOfWindows(
    _ value: Value, _ axes: [WindowAxis], shape: Shape, called name: String? = nil
  ) -> Value {
    if value.element != value.element.summing {
      let sum = sumOfWindows(convert(value, to: value.element.summing), axes, shape: shape)
      return convert(sum, to: value.element, called: name)
    }
    let zero = constant(0, [], value.element)
    let scalar = zero.type
    let padding = axes.map { "[\($0.low), \($0.high)]" }.joined(separator: ", ")
    var attributes: [String] = []
    if axes.contains(where: { $0.spacing != 1 }) {
      attributes.append("base_dilations = array<i64: \(list(axes.map(\.spacing)))>")
    }
    attributes.append("padding = dense<[\(padding)]> : tensor<\(axes.count)x2xi64>")
    if axes.contains(where: { $0.dilation != 1 }) {
      attributes.append("window_dilations = array<i64: \(list(axes.map(\.dilation)))>")
    }
    attributes.append("window_dimensions = array<i64: \(list(axes.map(\.size)))>")
    attributes.append("window_strides = array<i64: \(list(axes.map(\.stride)))>")
    return addWhole(
      "\"stablehlo.reduce_window\"(\(value.name), \(zero.name)) "
        + "<{\(attributes.joined(separator: ", "))}> ({\n"
        + "^bb0(%a: \(scalar), %b: \(scalar)):\n"
        + "  %sum = stablehlo.add %a, %b : \(scalar)\n"
        + "  stablehlo.return %sum : \(scalar)\n"
        + "}) : (\(value.type), \(scalar)) -> \(tensorType(shape, value.element))",
      shape, value.element, called: name)
  }

  private func list(_ numbers: [Int]) -> String {
    numbers.map { "\($0)" }.joined(separator: ", ")
  }
}

/// How a window slides along one axis.
struct WindowAxis: Hashable {
  var size = 1
  var stride = 1
  /// Zeros before the axis, and behind it; what is negative is cut off.
  var low = 0
  var high = 0
  /// How far the elements of the axis are apart.
  var spacing = 1
  /// How far the places of the window are apart.
  var dilation = 1
}

/// What the axes of a convolution's operands and result are, as `dim_numbers` writes it, and its windows.
struct ConvolutionWindow {
  var first: [String]
  var second: [String]
  var result: [String]
  var axes: [WindowAxis]
  var groups: Int
}
