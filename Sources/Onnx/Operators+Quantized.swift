/// The operators between real numbers and those of few bits.
let quantizedOperators: [OperatorRow] = [
  // (q - zero)·scale
  OperatorRow("DequantizeLinear", "axis", "a formula") { (node) throws(ImportProblem) in
    let q = try node.input(0)
    let (scale, zero) = try node.steps(of: q)
    let importer = node.importer
    let real = importer.typed(q, scale.type)
    let moved = try zero.map { (zero) throws(ImportProblem) in
      try importer.infix("sub", real, importer.typed(zero, scale.type))
    }
    return [try importer.infix("mul", moved ?? real, scale)]
  },
  // clamp(round(x/scale) + zero)
  OperatorRow("QuantizeLinear", "axis output_dtype saturate", "a formula") {
    (node) throws(ImportProblem) in
    let x = try node.input(0)
    let (scale, zero) = try node.steps(of: x)
    let importer = node.importer
    let named = try node.type("output_dtype")
    guard let type = zero?.type ?? named ?? OnnxType(code: 2),
      let range = type.wraps
    else { throw .unsupported("numbers of such a type") }
    let rounded = try importer.function("round", try importer.infix("div", x, scale))
    let moved = try zero.map { (zero) throws(ImportProblem) in
      try importer.infix("add", rounded, importer.typed(zero, x.type))
    }
    let result = try importer.clamped(
      moved ?? rounded, importer.number(range.lowerBound, x.type),
      importer.number(range.upperBound, x.type))
    importer.remarks.append(
      "the model computes with numbers of few bits; here they are real ones, rounded to the same")
    return [importer.typed(result, type)]
  },
]

extension NodeReading {
  /// Scale and zero of quantised numbers, in shapes that go with them.
  fileprivate func steps(
    of x: ImportValue
  ) throws(ImportProblem) -> (scale: ImportValue, zero: ImportValue?) {
    let scale = try input(1)
    let zero = optional(2)
    guard scale.shape.count <= 1 else { throw .unsupported("scales in blocks") }
    if scale.count == 1 {
      return (
        try importer.reshape(scale, to: []),
        try zero.map { (zero) throws(ImportProblem) in try importer.reshape(zero, to: []) }
      )
    }
    let axis = try x.axis(whole("axis", 1))
    guard scale.count == x.shape[axis] else { throw .wrong("\(scale.count) scales") }
    let shape = [scale.count] + Array(repeating: 1, count: x.shape.count - 1 - axis)
    return (
      try importer.reshape(scale, to: shape),
      try zero.map { (zero) throws(ImportProblem) in try importer.reshape(zero, to: shape) }
    )
  }
}
