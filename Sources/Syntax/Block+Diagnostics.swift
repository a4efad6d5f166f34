import NNCDiagnostics

extension Diagnostic {
  static func expectedBlock(_ parser: Parser, head: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0140", "expected `{` after \(parser.quoted(head)), found \(parser.found)",
      at: parser.foundSpan, label: "a block stands in braces: `{ linear 4->4; tanh }`")
  }

  static func braceOnNextLine(
    _ parser: Parser, _ brace: SourceSpan, head: SourceSpan
  ) -> Diagnostic {
    let gap = SourceSpan(Int(head.end), Int(brace.end))
    return Diagnostic(
      "N0140", "expected `{` after \(parser.quoted(head)), found the end of the line",
      at: SourceSpan(Int(head.end), Int(head.end)), label: "the brace stands on the same line",
      secondary: [.init(brace, "move this brace up")],
      fixes: [.init("write `{` here", replace: gap, with: " {")])
  }

  static func blockOfLayer(_ parser: Parser, _ span: SourceSpan) -> Diagnostic {
    let statement = parser.tree.source.text(of: span).prefix { $0 != " " && $0 != "{" }
    var diagnostic = Diagnostic(
      "N0141", "only `repeat`, `residual` and `scan` have a block", at: parser.current.span,
      label: "a block begins here", secondary: [.init(span, "this takes no block")])
    let words = ["repeat", "residual", "scan"]
    if let word = suggestion(for: String(statement.prefix(64)), among: words) {
      let start = Int(span.start)
      diagnostic.fixes = [
        .init(
          "did you mean `\(word)`?", replace: SourceSpan(start, start + statement.utf8.count),
          with: word)
      ]
    }
    return diagnostic
  }

  static func expectedRuleKeys(_ parser: Parser, _ name: Identifier) -> Diagnostic {
    Diagnostic(
      "N0146", "expected the keys of `\(name.text)`, found \(parser.found)", at: parser.foundSpan,
      label: "for example: `rule \(name.text)(lr=0.1) { w = w - lr*g }`")
  }

  static func expectedRuleKey(_ parser: Parser) -> Diagnostic {
    Diagnostic(
      "N0146", "expected `key=value` or `)`, found \(parser.found)", at: parser.foundSpan,
      label: "every key of a rule has a value where none is given")
  }

  static func expectedRuleStep(_ parser: Parser) -> Diagnostic {
    Diagnostic(
      "N0146", "expected `name = expression` or `}`, found \(parser.found)",
      at: parser.foundSpan, label: "a rule is made of steps such as `w = w - lr*g`")
  }

  static func strayBlock(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0142", "expected a layer or a statement, found `{`", at: span,
      label: "`repeat 3`, `residual` or `scan` must stand before a block")
  }

  static func strayCloser(_ parser: Parser) -> Diagnostic {
    Diagnostic(
      "N0143", "no block is open that `}` could close", at: parser.current.span,
      label: "there is no `{` for this",
      fixes: [.init("leave it out", replace: parser.current.span, with: "")])
  }

  static func unclosedBlock(
    _ parser: Parser, _ brace: SourceSpan, outer: Int
  ) -> Diagnostic {
    let others = outer == 1 ? "another block is" : "\(outer) further blocks are"
    return Diagnostic(
      "N0144", "`{` is never closed", at: brace, label: "opened here",
      secondary: [.init(parser.foundSpan, "expected `}` before the end of the file")],
      notes: outer > 0 ? ["\(others) open around it"] : [])
  }
}
