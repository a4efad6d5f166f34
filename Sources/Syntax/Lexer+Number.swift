import NNCDiagnostics

extension Lexer {
  /// `1`, `0.5`, `.5`, `5.`, `1e-3`, or a shape `1x28x28`.
  mutating func number() -> TokenKind {
    let start = offset
    digits()
    if byte() == UInt8(ascii: "x"), byte(1).isDigit { return shape(from: start) }
    if byte() == UInt8(ascii: ".") {
      offset += 1
      digits()
    }
    if byte() | 0x20 == UInt8(ascii: "e") {
      let sign = byte(1) == UInt8(ascii: "-") || byte(1) == UInt8(ascii: "+") ? 1 : 0
      if byte(1 + sign).isDigit {
        offset += 1 + sign
        digits()
      }
    }
    return wordEnd(start, whole: offset) ?? .number
  }

  /// The rest of a shape whose first size has been read.
  private mutating func shape(from start: Int) -> TokenKind {
    while byte() == UInt8(ascii: "x"), byte(1).isDigit {
      offset += 1
      digits()
    }
    return wordEnd(start, whole: offset) ?? .shape
  }

  private mutating func digits() {
    while byte().isDigit { offset += 1 }
  }

  /// Reports letters, digits and dots that stick to a number's end; nil if there are none.
  private mutating func wordEnd(_ start: Int, whole: Int) -> TokenKind? {
    while byte().isDigit || byte().isNameStart || byte() == UInt8(ascii: ".") { offset += 1 }
    guard offset > whole else { return nil }
    reportHole(
      .malformedNumber(source, SourceSpan(start, whole), rest: SourceSpan(whole, offset)))
    return .badNumber
  }
}
