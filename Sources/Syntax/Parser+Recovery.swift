import NNCDiagnostics

extension Parser {
  /// Whether a token stands first on its line, no deeper than the statement that is being read:
  /// then it more likely begins a statement than continues this one.
  func mayStartStatement(_ token: Token) -> Bool {
    token.isFirstOnLine && Int(token.span.start) > statementStart
      && indentation(at: Int(token.span.start)) <= indentation(at: statementStart)
  }

  /// Whether the current name is a keyword that begins a line and is followed by a blank and what
  /// it governs, so that it begins a statement although a value is due.
  var isStatementAhead: Bool {
    guard mayStartStatement(current), Keyword(rawValue: text(current)) != nil else { return false }
    let end = Int(current.span.end)
    guard end < lexer.bytes.count, lexer.bytes[end] == 0x20 else { return false }
    let next = bytesAhead().0
    return next.isNameStart || next.isDigit || "([\"".utf8.contains(next)
  }

  /// The blanks at the start of the line on which `offset` stands.
  private func indentation(at offset: Int) -> Int {
    let start = Int(tree.source.lineStarts[tree.source.line(of: offset)])
    return lexer.bytes[start...].prefix(1000).prefix { $0 == 0x20 || $0 == 0x09 }.count
  }

  /// Passes over the rest of a statement that cannot be read, up to its end.
  ///
  /// Inside brackets a line end is only taken for the statement's if the next line looks like a
  /// statement.
  mutating func skipStatement() {
    let wasInBrackets = bracketDepth > 0
    bracketDepth = 0
    while true {
      switch current.kind {
      case .endOfFile, .semicolon, .openBrace, .closeBrace:
        return
      case .newline:
        if !wasInBrackets { return }
      case .name where wasInBrackets && mayStartStatement(current):
        return
      default:
        break
      }
      advance()
    }
  }

  /// The end of a statement: reports what stands before it, and passes over that.
  mutating func endStatement(after what: String) {
    if current.kind.endsStatement || mayStartStatement(current) { return }
    if current.kind == .openBrace { return }
    report(.expectedEnd(self, after: what))
    skipStatement()
  }
}
