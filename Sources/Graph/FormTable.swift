/// The kinds that are no maps, numbered as they occur.
struct FormTable: Sendable {
  private var numbers: [Node.Kind: Int32] = [:]

  /// Numbers from here on belong to this table; those below are operations.
  static let first: Int32 = 1 << 16

  mutating func number(of kind: Node.Kind) -> Int32 {
    if case .map(let operation) = kind { return Int32(operation.index) }
    if let known = numbers[kind] { return known }
    let next = Self.first + Int32(numbers.count)
    numbers[kind] = next
    return next
  }
}
