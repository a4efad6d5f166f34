import NNCDiagnostics

/// A character that people write for one of the language's own, and what it stands for.
private let lookalikes: [Unicode.Scalar: (name: String, text: String, kind: TokenKind?)] = [
  "\u{A0}": ("no-break space", " ", nil),
  "\u{2003}": ("em space", " ", nil),
  "\u{2009}": ("thin space", " ", nil),
  "\u{3000}": ("ideographic space", " ", nil),
  "\u{2212}": ("minus sign", "-", .minus),
  "\u{2013}": ("en dash", "-", .minus),
  "\u{2014}": ("em dash", "-", .minus),
  "\u{D7}": ("multiplication sign", "*", .times),
  "\u{B7}": ("middle dot", "*", .times),
  "\u{22C5}": ("dot operator", "*", .times),
  "\u{F7}": ("division sign", "/", .divide),
  "\u{2192}": ("arrow", "->", .arrow),
  "\u{2264}": ("less-than or equal", "<=", .lessOrEqual),
  "\u{2265}": ("greater-than or equal", ">=", .greaterOrEqual),
  "\u{2260}": ("not equal", "!=", .notEqual),
  "\u{FF08}": ("fullwidth parenthesis", "(", .openParenthesis),
  "\u{FF09}": ("fullwidth parenthesis", ")", .closeParenthesis),
  "\u{FF0C}": ("fullwidth comma", ",", .comma),
  "\u{FF1A}": ("fullwidth colon", ":", .colon),
  "\u{FF1B}": ("fullwidth semicolon", ";", .semicolon),
]

extension Lexer {
  /// Reports what begins no token, up to the next byte that does; where the user's meaning is
  /// plain, returns the token meant.
  mutating func unknown() -> TokenKind? {
    let start = offset
    if byte() == UInt8(ascii: "*") {
      offset += 2
      report(.powerSpelledTwice(SourceSpan(start, offset)))
      return .power
    }
    if start == 0, byte() >= 0xFE, byte(1) >= 0xFE {
      offset = bytes.count
      reportHole(.utf16(SourceSpan(0, 2)))
      return nil
    }
    guard let (scalar, length) = scalar(at: offset) else { return invalidBytes() }
    if let meant = lookalikes[scalar] {
      offset += length
      report(.lookalike(scalar, meant.name, meant.text, SourceSpan(start, offset)))
      return meant.kind
    }
    if scalar.properties.isAlphabetic { return name() }
    repeat {
      guard let (next, length) = self.scalar(at: offset), isUnknown(next) else { break }
      offset += length
    } while offset < bytes.count
    reportHole(.unknownCharacter(source, scalar, SourceSpan(start, offset)))
    return nil
  }

  /// Reports a run of bytes that are not UTF-8.
  private mutating func invalidBytes() -> TokenKind? {
    let start = offset
    while offset < bytes.count, bytes[offset] >= 0x80, scalar(at: offset) == nil { offset += 1 }
    reportHole(.invalidUTF8(source, SourceSpan(start, offset)))
    return nil
  }

  /// Whether a scalar may be part of a run of unknown characters.
  private func isUnknown(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value >= 0x80 {
      return lookalikes[scalar] == nil && !scalar.properties.isAlphabetic
    }
    let byte = UInt8(scalar.value)
    let isBlank = byte == 0x20 || (0x09...0x0D).contains(byte)
    return !isBlank && !byte.isDigit && !byte.isNameStart && byte != UInt8(ascii: "\"")
      && byte != UInt8(ascii: "#") && punctuation(byte, 0) == nil
  }

  /// The length of the letter outside ASCII at the offset, or nil if there is none.
  func foreignLetter() -> Int? {
    guard let (scalar, length) = scalar(at: offset), lookalikes[scalar] == nil,
      scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark
    else { return nil }
    return length
  }

  /// The Unicode scalar at `offset` and its length in bytes, or nil if the bytes are not UTF-8.
  func scalar(at offset: Int) -> (Unicode.Scalar, Int)? {
    var decoder = UTF8()
    var slice = bytes[offset..<min(offset + 4, bytes.count)].makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&slice) else { return nil }
    return (scalar, UTF8.width(scalar))
  }
}
