import NNCDiagnostics

extension TokenKind {
  /// The token's kind in the user's words.
  var described: String {
    switch self {
    case .endOfFile: "the end of the file"
    case .newline: "the end of the line"
    case .closeParenthesis: "`)`"
    case .closeBracket: "`]`"
    default: "`\(self)`"
    }
  }
}

extension Parser {
  /// What stands at the current token, in the user's words.
  var found: String {
    switch current.kind {
    case .endOfFile, .newline: current.kind.described
    case .string: "the text \(quoted(current.span, mark: ""))"
    case .number, .badNumber: "the number \(quoted(current.span))"
    case .shape: "the shape \(quoted(current.span))"
    default: quoted(current.span)
    }
  }

  /// Whether the token before is a minus.
  var previousIsMinus: Bool {
    previous.range.count == 1 && lexer.bytes[Int(previous.start)] == UInt8(ascii: "-")
  }

  /// The text at `span`, shortened, between marks.
  func quoted(_ span: SourceSpan, mark: String = "`") -> String {
    mark + tree.source.excerpt(span) + mark
  }

  /// The place of the current token; of a line end or the file's end, the place behind what stands
  /// before it.
  var foundSpan: SourceSpan {
    switch current.kind {
    case .newline where current.span.start >= previous.end:
      SourceSpan(previousEnd, previousEnd)
    case .endOfFile: SourceSpan(previousEnd, previousEnd)
    default: current.span
    }
  }
}

extension SourceFile {
  /// The text at `span`, with its middle left out if it is long.
  func excerpt(_ span: SourceSpan) -> String {
    let range = span.range
    if range.count <= 48 { return text(of: span) }
    let head = text(of: SourceSpan(range.lowerBound, range.lowerBound + 30))
    let tail = text(of: SourceSpan(range.upperBound - 10, range.upperBound))
    return head + "…" + tail
  }
}
