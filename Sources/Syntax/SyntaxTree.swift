import NNCDiagnostics

/// What the parser makes of a source: flat arrays of statements and expressions.
public struct SyntaxTree: Sendable {
  /// The text that was parsed; all spans are places in it.
  public let source: SourceFile
  /// Every statement, blocks before their bodies.
  public internal(set) var statements: [Statement] = []
  /// Every expression, operands before what uses them.
  public internal(set) var expressions: [Expression] = []

  init(source: SourceFile) { self.source = source }

  /// The expression numbered `id`.
  public subscript(id: ExpressionID) -> Expression { expressions[Int(id.index)] }

  /// The whole number that `id` spells in digits alone, or nil if it is anything else or too
  /// large. Unlike `.number`'s value it is exact above 2^53.
  public func integer(_ id: ExpressionID) -> UInt64? {
    guard case .number = self[id].kind else { return nil }
    var value: UInt64 = 0
    for byte in source.bytes[self[id].span.range] {
      guard (0x30...0x39).contains(byte) else { return nil }
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(UInt64(byte - 0x30))
      if overflow || carry { return nil }
      value = sum
    }
    return value
  }
}
