import NNCAlgebra

/// Vectors in C: the extensions of gcc and clang.
struct CVectors: VectorDialect {
  let dialect: CDialect
  let widest: Int

  private var prefix: String { dialect.prefix }

  func type(_ type: ScalarType, _ width: Int) -> String {
    let bits = dialect.precision.bytes * 8
    return "\(prefix)_\(type == .real ? "f" : "u")\(bits)x\(width)"
  }

  func broadcast(_ value: String, _ type: ScalarType, _ width: Int) -> String {
    switch type {
    case .real: "\(prefix)_splat\(width)(\(value))"
    case .bits: "\(prefix)_fill\(width)(\(value))"
    case .truth: "\(prefix)_mask\(width)(\(value))"
    }
  }

  func load(_ element: String, _ width: Int) -> String { "\(prefix)_load\(width)(&\(element))" }

  func halves(_ element: String, second: Bool, _ width: Int) -> String {
    "\(prefix)_\(second ? "odd" : "even")\(width)(&\(element))"
  }

  func gather(_ elements: [String]) -> String {
    "(\(type(.real, elements.count))){\(elements.joined(separator: ", "))}"
  }

  func store(_ element: String, _ value: String, _ width: Int) -> String {
    "\(prefix)_store\(width)(&\(element), \(value));"
  }

  func lane(_ value: String, _ lane: Int) -> String { "\(value)[\(lane)]" }

  func reduceInMemory(
    _ primitive: Primitive, _ count: Int, _ width: Int, from vectors: String, to results: String
  ) -> (vectors: String, results: String, statement: String)? { nil }

  func reduce(_ primitive: Primitive, _ value: String, _ width: Int) -> String {
    "\(prefix)_\(primitive == .add ? "sum" : "product")\(width)(\(value))"
  }

  func any(_ value: String, _ width: Int) -> String { "\(prefix)_any\(width)(\(value))" }

  func pattern(_ primitive: Primitive, _ width: Int) -> String {
    primitive.row.cVector
      .replacing("@Bits", with: type(.bits, width)).replacing("@Reals", with: type(.real, width))
      .replacing("@", with: prefix + "_").replacing("%", with: "\(width)")
  }

  /// Operators take numbers beside vectors; functions do not.
  func needsVector(_ primitive: Primitive, _ operand: Int) -> Bool {
    primitive.row.operands[operand] == .truth
      || [.fma, .select, .selectBits].contains(primitive)
  }

  func instance(_ function: String, _ width: Int) -> String { "\(function)_x\(width)" }
}
