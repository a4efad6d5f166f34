import NNCAlgebra

/// Vectors in Swift: the standard library's SIMD types.
struct SwiftVectors: VectorDialect {
  let dialect: SwiftDialect
  let widest: Int

  func type(_ type: ScalarType, _ width: Int) -> String {
    switch type {
    case .real: "SIMD\(width)<\(dialect.real)>"
    case .bits: "SIMD\(width)<\(dialect.word)>"
    case .truth: "SIMDMask<SIMD\(width)<\(dialect.word.dropFirst())>>"
    }
  }

  func broadcast(_ value: String, _ type: ScalarType, _ width: Int) -> String {
    "\(self.type(type, width))(repeating: \(value))"
  }

  /// `base[index]` as `base + index`.
  private func address(_ element: String) -> String {
    guard element.hasSuffix("]"), let bracket = element.firstIndex(of: "[") else { return element }
    let index = element[element.index(after: bracket)...].dropLast()
    return index == "0" ? String(element[..<bracket]) : "\(element[..<bracket]) + \(index)"
  }

  func load(_ element: String, _ width: Int) -> String { "loadLanes\(width)(\(address(element)))" }

  func halves(_ element: String, second: Bool, _ width: Int) -> String {
    "\(second ? "odd" : "even")Lanes\(width)(\(address(element)))"
  }

  func gather(_ elements: [String]) -> String {
    "\(type(.real, elements.count))(\(elements.joined(separator: ", ")))"
  }

  func store(_ element: String, _ value: String, _ width: Int) -> String {
    "storeLanes(\(value), \(address(element)))"
  }

  func lane(_ value: String, _ lane: Int) -> String { "\(value)[\(lane)]" }

  func reduce(_ primitive: Primitive, _ value: String, _ width: Int) -> String {
    "\(primitive == .add ? "laneSum" : "laneProduct")(\(value))"
  }

  func reduceInMemory(
    _ primitive: Primitive, _ count: Int, _ width: Int, from vectors: String, to results: String
  ) -> (vectors: String, results: String, statement: String)? {
    let function = LaneSums(isSum: primitive == .add, width: width).name
    return (
      "InlineArray<\(count), \(type(.real, width))>", "InlineArray<\(count), \(dialect.real)>",
      "\(function)(&\(vectors), \(count), &\(results))"
    )
  }

  func any(_ value: String, _ width: Int) -> String { "any(\(value))" }

  func pattern(_ primitive: Primitive, _ width: Int) -> String {
    primitive.row.swiftVector
      .replacing("@Bits", with: type(.bits, width)).replacing("@Reals", with: type(.real, width))
  }

  /// Operators and products take numbers beside vectors; what a method is called on must be a vector.
  func needsVector(_ primitive: Primitive, _ operand: Int) -> Bool {
    primitive.row.operands[operand] == .truth
      || [.fma, .select, .selectBits].contains(primitive) && operand == 2
  }

  func instance(_ function: String, _ width: Int) -> String { function }
}
