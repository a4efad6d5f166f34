extension Formula {
  /// What a formula comes to: each part, given what its operands came to, in their order. A shared part is asked for once,
  /// and operands come first.
  ///
  /// The formula is walked with a list, not by recursion to its depth.
  public func folded<Value>(_ combine: (Formula, [Value]) -> Value) -> Value {
    var known: [ObjectIdentifier: Value] = [:]
    var waiting = [self]
    while let next = waiting.last {
      if known[ObjectIdentifier(next)] != nil {
        waiting.removeLast()
        continue
      }
      var operands: [Value] = []
      if case .apply(_, let arguments) = next.kind {
        let missing = arguments.filter { known[ObjectIdentifier($0)] == nil }
        if !missing.isEmpty {
          waiting.append(contentsOf: missing.reversed())
          continue
        }
        operands = arguments.map { known[ObjectIdentifier($0)]! }
      }
      known[ObjectIdentifier(next)] = combine(next, operands)
    }
    return known[ObjectIdentifier(self)]!
  }
}
