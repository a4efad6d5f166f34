import NNCDiagnostics

extension Parser {
  /// Reads a source that is one expression.
  mutating func parseWholeExpression() -> ExpressionID {
    while current.kind == .newline { advance() }
    statementStart = Int(current.span.start)
    let root = expression()
    while current.kind == .newline { advance() }
    if current.kind != .endOfFile { report(.expectedEnd(self, after: "the expression")) }
    return root
  }

  /// Reads expressions, assignments and `let`s up to the end.
  mutating func parseEntries() -> [ParsedEntry.Item] {
    var items: [ParsedEntry.Item] = []
    while current.kind != .endOfFile {
      statementStart = Int(current.span.start)
      switch current.kind {
      case .newline, .semicolon:
        advance()
      case .closeBrace, .openBrace:
        report(.expectedEnd(self, after: "the expression"))
        advance()
      default:
        let before = reported.count + lexer.diagnostics.count
        let item = entry()
        let isSound = before == reported.count + lexer.diagnostics.count
        if let item, isSound { items.append(item) }
      }
    }
    return items
  }

  private mutating func entry() -> ParsedEntry.Item? {
    if current.kind == .name, text(current) == Keyword.let.rawValue, !isAssignmentAhead {
      let start = current.span
      advance()
      let kind = letStatement()
      tree.statements.append(
        Statement(kind: kind, span: SourceSpan(Int(start.start), previousEnd)))
      return .definition(tree.statements.count - 1)
    }
    let target = expression()
    guard current.kind == .assign else {
      endStatement(after: "the expression")
      return .expression(target)
    }
    if !isAssignable(target) {
      report(.notAssignable(tree[target].span))
    }
    advance()
    let value = expression()
    endStatement(after: "the value")
    return .assignment(target: target, value: value)
  }

  private func isAssignable(_ target: ExpressionID) -> Bool {
    switch tree[target].kind {
    case .name: return true
    case .index(let subject, _):
      if case .name = tree[subject].kind { return true }
      return false
    default: return false
    }
  }
}
