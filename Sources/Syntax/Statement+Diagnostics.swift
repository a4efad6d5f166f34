import NNCDiagnostics

extension Diagnostic {
  static func tooMany(_ count: Int) -> Diagnostic {
    Diagnostic(
      "N0199", "\(count) errors found; further ones are not shown", at: nil,
      label: "is this a network?")
  }

  static func expectedEnd(_ parser: Parser, after what: String) -> Diagnostic {
    var diagnostic = Diagnostic(
      "N0122", "expected the end of the line after \(what), found \(parser.found)",
      at: parser.foundSpan, label: "this belongs to nothing")
    let gap = SourceSpan(parser.previousEnd, parser.previousEnd)
    if what == "`input`" || what == "`network`" {
      diagnostic.notes = [
        what == "`input`"
          ? "the sizes of a shape are joined by `x`, without blanks: `1x28x28`"
          : "a name is made of letters, digits and `_`"
      ]
      return diagnostic
    }
    switch parser.current.kind {
    case .closeParenthesis, .closeBracket:
      diagnostic.primary.text = "no bracket is open that this could close"
    case .assign:
      diagnostic.fixes = [
        .init("for a comparison write `==`", replace: parser.current.span, with: "==")
      ]
    case let kind where kind.startsOperand && what != "`}`":
      diagnostic.primary.text = "nothing joins this to what stands before it"
      diagnostic.notes = ["a further statement needs a line of its own, or a `;` before it"]
    case .name:
      diagnostic.fixes = [.init("divide the statements by `;`", replace: gap, with: ";")]
    default: break
    }
    return diagnostic
  }

  static func expectedStatement(_ parser: Parser) -> Diagnostic {
    var label = "a line begins with a name, such as `linear` or `loss`"
    switch parser.current.kind {
    case .closeParenthesis, .closeBracket: label = "no bracket is open that this could close"
    case .dottedName: label = "the name of a layer has no dots"
    default: break
    }
    var diagnostic = Diagnostic(
      "N0130", "expected a layer or a statement, found \(parser.found)", at: parser.foundSpan,
      label: label)
    let text = parser.tree.source.excerpt(parser.current.span)
    if parser.current.kind == .dottedName, text.hasPrefix("nn.") || text.hasPrefix("torch.") {
      let name = String((text.split(separator: ".").last ?? "").lowercased())
      diagnostic.notes = [
        "layers are written like `linear 2->3` or `sigmoid`, not as calls of a library"
      ]
      diagnostic.fixes = [
        .init("write `\(name)`", replace: parser.current.span, with: name)
      ]
    }
    return diagnostic
  }

  static func assignmentStatement(_ parser: Parser) -> Diagnostic {
    let name = parser.quoted(parser.current.span, mark: "")
    if Keyword(rawValue: name) != nil {
      return Diagnostic(
        "N0131", "`\(name)` takes no `=`", at: parser.current.span,
        label: "what belongs to it stands after a blank",
        notes: ["a line that gives a value to a name begins with `let`"])
    }
    let start = SourceSpan(Int(parser.current.span.start), Int(parser.current.span.start))
    return Diagnostic(
      "N0131", "`\(name)` cannot be assigned to in a network", at: parser.current.span,
      label: "a line that gives a value begins with `let`",
      notes: ["a layer gets a label with a colon: `\(name): linear 2->2`"],
      fixes: [.init("write `let \(name) = …`", replace: start, with: "let ")])
  }

  static func callStatement(_ parser: Parser, keyword: Keyword?) -> Diagnostic {
    let name = parser.quoted(parser.current.span, mark: "")
    let what = keyword == nil ? "a layer" : "`\(name)`"
    var diagnostic = Diagnostic(
      "N0132", "\(what) is written without brackets", at: parser.current.span,
      label: keyword == nil
        ? "it takes what flows in by itself, and its sizes after a blank"
        : "what belongs to it stands after a blank")
    if keyword == nil, let (span, fixed) = parser.layerSpelledAsCall() {
      diagnostic.fixes = [.init("write `\(fixed)`", replace: span, with: fixed)]
    }
    return diagnostic
  }

  static func expectedName(_ parser: Parser, _ what: String, for keyword: String) -> Diagnostic {
    let example = ["network": "digits", "let": "slope = 0.5", "train": "sgd lr=0.1"]
    return Diagnostic(
      "N0133", "expected \(what) after `\(keyword)`, found \(parser.found)", at: parser.foundSpan,
      label: "for example: `\(keyword) \(example[keyword] ?? "")`",
      notes: parser.current.kind.isAtom
        ? ["a name is made of letters, digits and `_`, and does not begin with a digit"] : [])
  }
}

extension Parser {
  /// Of `linear(2, 3)` the place and `linear 2->3`; nil if it is not as plain as that.
  func layerSpelledAsCall() -> (SourceSpan, String)? {
    let start = Int(current.span.start)
    let tail = lexer.bytes[
      Int(current.span.end)..<min(Int(current.span.end) + 60, lexer.bytes.count)]
    guard let close = tail.firstIndex(of: UInt8(ascii: ")")) else { return nil }
    let inside = tree.source.text(of: SourceSpan(Int(current.span.end), close))
    guard inside.allSatisfy({ $0.isASCII && !$0.isNewline && $0 != "#" && $0 != "=" }) else {
      return nil
    }
    let parts = inside.drop { $0 != "(" }.dropFirst().split(separator: ",").map {
      $0.filter { $0 != " " }
    }
    let name = tree.source.excerpt(current.span)
    let span = SourceSpan(start, close + 1)
    let areNumbers = parts.allSatisfy { Double($0) != nil }
    if parts == ["x"] || parts.isEmpty { return (span, name) }
    if parts.count == 1, areNumbers { return (span, "\(name) \(parts[0])") }
    if parts.count == 2, areNumbers { return (span, "\(name) \(parts[0])->\(parts[1])") }
    return nil
  }
}
