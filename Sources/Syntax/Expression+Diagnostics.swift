import NNCDiagnostics

extension Diagnostic {
  static func shapeInExpression(_ source: SourceFile, _ span: SourceSpan) -> Diagnostic {
    let text = source.excerpt(span)
    var diagnostic = Diagnostic(
      "N0109", "a shape cannot be calculated with", at: span, label: "`\(text)` is a shape")
    let parts = source.text(of: span).prefix(40).split(separator: "x", maxSplits: 1)
    if parts.count == 2, span.range.count < 40, !parts[1].contains("x") {
      let fixed = "\(parts[0])*x\(parts[1])"
      diagnostic.fixes = [
        .init("for the product with `x\(parts[1])` write `\(fixed)`", replace: span, with: fixed)
      ]
    }
    return diagnostic
  }

  static func unclosedBracket(
    _ parser: Parser, _ open: SourceSpan, outer: Int, at token: Token? = nil
  ) -> Diagnostic {
    let text = parser.tree.source.text(of: open)
    let place = token?.span ?? parser.foundSpan
    let found = token.map { "`\(parser.tree.source.excerpt($0.span))`" } ?? parser.found
    let others = outer == 1 ? "another bracket is" : "\(outer) further brackets are"
    return Diagnostic(
      "N0110", "`\(text)` is never closed", at: open, label: "opened here",
      secondary: [
        .init(place, "expected `\(text == "(" ? ")" : "]")` before \(found)")
      ],
      notes: outer > 0 ? ["\(others) open around it"] : [])
  }

  static func mismatchedBracket(_ parser: Parser, _ open: SourceSpan) -> Diagnostic {
    let closer = parser.tree.source.text(of: open) == "(" ? ")" : "]"
    return Diagnostic(
      "N0111", "expected `\(closer)`, found \(parser.found)", at: parser.current.span,
      label: "this does not close the bracket",
      secondary: [.init(open, "opened here")],
      fixes: [.init("write `\(closer)`", replace: parser.current.span, with: closer)])
  }

  static func missingOperand(_ parser: Parser) -> Diagnostic {
    let place = parser.previous
    let after = place.isEmpty ? "" : " after \(parser.quoted(place))"
    return Diagnostic(
      "N0112", "expected an expression\(after), found \(parser.found)", at: parser.foundSpan,
      label: "a number, a name or a bracket must stand here")
  }

  static func missingOperator(_ parser: Parser) -> Diagnostic {
    let gap = SourceSpan(parser.previousEnd, parser.previousEnd)
    return Diagnostic(
      "N0113", "expected an operator before \(parser.found)", at: parser.foundSpan,
      label: "nothing joins this to what stands before it",
      fixes: [.init("for a product write `*`", replace: gap, with: "*")])
  }

  static func missingComma(_ parser: Parser) -> Diagnostic {
    let gap = SourceSpan(parser.previousEnd, parser.previousEnd)
    return Diagnostic(
      "N0114", "expected `,` before \(parser.found)", at: parser.foundSpan,
      label: "the values of a list are divided by commas",
      fixes: [.init("write `,`", replace: gap, with: ",")])
  }

  static func chainedComparison(_ parser: Parser, _ first: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0115", "comparisons cannot be chained", at: parser.current.span,
      label: "a second comparison", secondary: [.init(first, "the first comparison")],
      notes: ["multiply two comparisons for \"and\": `(a < b)*(b < c)`"])
  }

  static func assignmentInExpression(_ parser: Parser, isCall: Bool) -> Diagnostic {
    Diagnostic(
      "N0116", "`=` cannot stand in an expression", at: parser.current.span,
      label: isCall ? "only a single name may stand before it in a call" : "expected an operator",
      fixes: [.init("for a comparison write `==`", replace: parser.current.span, with: "==")])
  }

  static func unaryPlus(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0117", "expected an expression, found `+`", at: span,
      label: "a plus needs a value on both sides",
      fixes: [.init("leave it out", replace: span, with: "")])
  }

  static func tuple(_ comma: SourceSpan, open: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0118", "expected `)`, found `,`", at: comma,
      label: "round brackets hold one expression",
      secondary: [.init(open, "opened here")], notes: ["a list stands in `[ ]`: `[1, 2]`"])
  }

  static func positionalAfterKeyword(_ span: SourceSpan, _ keyword: Identifier) -> Diagnostic {
    Diagnostic(
      "N0119", "a value without a key stands after one with a key", at: span,
      label: "this must come first",
      secondary: [.init(keyword.span, "`\(keyword.text)` is a key")])
  }

  static func duplicateKey(_ key: Identifier, first: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0120", "`\(key.text)` is given twice", at: key.span, label: "given again here",
      secondary: [.init(first, "first given here")])
  }

  static func duplicateParameter(_ name: Identifier, first: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0120", "two parameters are named `\(name.text)`", at: name.span, label: "named again here",
      secondary: [.init(first, "first named here")])
  }

  static func unexpected(_ parser: Parser, expected: String) -> Diagnostic {
    Diagnostic(
      "N0121", "expected \(expected), found \(parser.found)", at: parser.foundSpan,
      label: parser.current.kind == .arrow
        ? "`->` only stands between a layer's widths" : "this cannot stand in an expression")
  }

  static func tooDeep(_ span: SourceSpan, _ limit: Int) -> Diagnostic {
    Diagnostic(
      "N0123", "the expression is nested too deeply", at: span,
      label: "more than \(limit) brackets and operators are open here")
  }

  static func notAssignable(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0145", "this cannot be given a value", at: span,
      label: "expected a name, or an element such as `w[0, 1]`, before `=`")
  }
}
