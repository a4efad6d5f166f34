import NNCDiagnostics

/// Divides a source into tokens, one at each call of `next`, and reports what is none.
struct Lexer {
  let source: SourceFile
  let bytes: [UInt8]
  /// Where the next token is looked for. May be set back; nothing is reported twice.
  var offset = 0
  var isAtLineStart = true
  var diagnostics: [Diagnostic] = []
  /// The end of the last text that was reported.
  var reportedEnd = 0
  /// Where the last error stands that leaves a hole in its statement, or -1.
  var lastHole = -1
  /// The comments, where `keepsComments`.
  var comments: [SourceSpan] = []
  var keepsComments = false

  init(_ source: SourceFile) {
    self.source = source
    bytes = source.bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
  }

  /// The byte `distance` after the offset, or 0 after the end.
  func byte(_ distance: Int = 0) -> UInt8 {
    offset + distance < bytes.count ? bytes[offset + distance] : 0
  }

  /// The next token; `.endOfFile` again and again at the end.
  mutating func next() -> Token {
    while offset < bytes.count {
      let start = offset
      let first = isAtLineStart
      let byte = bytes[offset]
      switch byte {
      case 0x20, 0x09, 0x0B, 0x0C:
        offset += 1
      case 0x0A, 0x0D:
        offset += byte == 0x0D && self.byte(1) == 0x0A ? 2 : 1
        isAtLineStart = true
        return Token(.newline, start, offset, first: first)
      case UInt8(ascii: "#"):
        skipComment()
      default:
        if let kind = token(startingWith: byte) {
          isAtLineStart = false
          return Token(kind, start, offset, first: first)
        }
      }
    }
    return Token(.endOfFile, bytes.count, bytes.count, first: isAtLineStart)
  }

  /// Passes over a token and returns its kind, or over what is none and returns nil.
  private mutating func token(startingWith byte: UInt8) -> TokenKind? {
    if byte.isNameStart { return name() }
    if byte.isDigit || byte == UInt8(ascii: ".") && self.byte(1).isDigit { return number() }
    if byte == UInt8(ascii: "\"") { return string() }
    if let (kind, length) = punctuation(byte, self.byte(1)) {
      offset += length
      return kind
    }
    return unknown()
  }

  private mutating func skipComment() {
    let start = offset
    while offset < bytes.count, bytes[offset] != 0x0A, bytes[offset] != 0x0D { offset += 1 }
    if keepsComments { comments.append(SourceSpan(start, offset)) }
  }

  /// `a`, `linear1.weight`; a letter outside ASCII is reported, but taken as part of the name.
  mutating func name() -> TokenKind {
    let start = offset
    var isDotted = false
    var isForeign = false
    while offset < bytes.count {
      if bytes[offset].isNameStart || bytes[offset].isDigit {
        offset += 1
      } else if bytes[offset] == UInt8(ascii: "."), byte(1).isNameStart {
        isDotted = true
        offset += 1
      } else if bytes[offset] >= 0x80, let letter = foreignLetter() {
        isForeign = true
        offset += letter
      } else {
        break
      }
    }
    if isForeign {
      reportHole(.foreignName(source, SourceSpan(start, offset)))
    }
    return isDotted ? .dottedName : .name
  }

  /// `"…"`, on one line and without escapes.
  private mutating func string() -> TokenKind {
    let start = offset
    offset += 1
    while offset < bytes.count, bytes[offset] != 0x0A, bytes[offset] != 0x0D {
      offset += 1
      if bytes[offset - 1] == UInt8(ascii: "\"") { return .string }
    }
    reportHole(.unclosedString(SourceSpan(start, offset)))
    return .string
  }

  /// Adds a diagnostic, unless the text was read before.
  mutating func report(_ diagnostic: Diagnostic) {
    guard offset > reportedEnd else { return }
    reportedEnd = offset
    if diagnostics.count < Parser.maximumDiagnostics { diagnostics.append(diagnostic) }
  }

  /// Adds a diagnostic about something that has no meaning, so that its statement has none.
  mutating func reportHole(_ diagnostic: Diagnostic) {
    if let span = diagnostic.primary.span { lastHole = max(lastHole, Int(span.start)) }
    report(diagnostic)
  }
}
