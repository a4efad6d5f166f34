import NNCDiagnostics

extension Diagnostic {
  static func expectedOperand(_ parser: Parser, _ place: Parser.OperandPlace) -> Diagnostic {
    var expected = "a number or a name"
    var label = "for example: `2->3`"
    switch place {
    case .input: (expected, label) = ("a shape", "for example: `input 28` or `input 1x28x28`")
    case .bound:
      (expected, label) = ("how many whole numbers there are", "for example: `input 64 of 256`")
    case .param: (expected, label) = ("a shape", "for example: `param scale 3x4`")
    case .seed: (expected, label) = ("a whole number", "for example: `seed 1`")
    case .weights:
      (expected, label) = ("a file's name in quotes", "for example: `weights \"net.safetensors\"`")
    case .ruleKey: (expected, label) = ("a number or a name", "for example: `rule mine(lr=0.1)`")
    case .repeat: (expected, label) = ("a whole number", "for example: `repeat 3 {`")
    case .arrow: (expected, label) = ("a width after `->`", "for example: `2->3`")
    case .layer where parser.previousIsMinus:
      expected = "a number after `-`"
      label = "only one minus may stand before a number"
    case .layer(let kind):
      expected = "a size, `key=value` or the end of the line"
      label = "this cannot stand after `\(kind.text)`"
    }
    var diagnostic = Diagnostic(
      "N0134", "expected \(expected), found \(parser.found)", at: parser.foundSpan, label: label)
    guard case .layer(let kind) = place, !parser.previousIsMinus else { return diagnostic }
    let keywords = Keyword.allCases.map(\.rawValue)
    if let keyword = suggestion(for: kind.text, among: keywords) {
      diagnostic.fixes = [
        .init("did you mean `\(keyword)`?", replace: kind.span, with: keyword)
      ]
    } else if parser.current.kind == .comma {
      diagnostic.notes = ["what belongs to a layer is divided by blanks, not by commas"]
    } else if parser.current.kind == .assign {
      diagnostic.notes = ["the value of a key is written close to it: `bias=no`"]
    } else if parser.current.kind.binaryOperator != nil {
      diagnostic.notes = ["only the value of a key may be calculated: `slope=1/3`"]
    }
    return diagnostic
  }

  static func operandAfterArgument(
    _ parser: Parser, _ span: SourceSpan, _ key: Identifier
  ) -> Diagnostic {
    Diagnostic(
      "N0135", "a size stands after a key", at: span, label: "this must come first",
      secondary: [.init(key.span, "`\(key.text)` is a key")],
      notes: ["a value that is calculated needs its operator: `\(key.text)=1/2`"])
  }

  static func expectedArgument(_ parser: Parser, after rule: Identifier) -> Diagnostic {
    Diagnostic(
      "N0136", "expected `key=value` after `\(rule.text)`, found \(parser.found)",
      at: parser.foundSpan, label: "for example: `train \(rule.text) lr=0.1`")
  }

  static func expectedLayer(_ parser: Parser, label: Identifier) -> Diagnostic {
    Diagnostic(
      "N0137", "expected a layer after the label `\(label.text)`, found \(parser.found)",
      at: parser.foundSpan, label: "for example: `\(label.text): linear 2->3`")
  }

  static func twoLabels(
    _ parser: Parser, label: Identifier, colon: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      "N0137", "a layer can have one label only", at: parser.current.span,
      label: "a second label", secondary: [.init(label.span, "the first label")],
      fixes: [.init("leave the first out", replace: label.span.union(colon), with: "")])
  }

  static func labelledKeyword(
    _ parser: Parser, _ keyword: Keyword, label: Identifier
  ) -> Diagnostic {
    Diagnostic(
      "N0137", "expected a layer after the label `\(label.text)`, found `\(keyword.rawValue)`",
      at: parser.current.span, label: "only a layer can have a label",
      notes: [.residual, .repeat, .scan].contains(keyword)
        ? ["label the last layer inside the block instead"] : [])
  }

  static func expectedEquals(
    _ parser: Parser, _ name: Identifier, isFunction: Bool
  ) -> Diagnostic {
    let example = isFunction ? "let \(name.text)(a) = a^2" : "let \(name.text) = 0.5"
    return Diagnostic(
      "N0138",
      "expected `=` after `let \(name.text)\(isFunction ? "(…)" : "")`, found \(parser.found)",
      at: parser.foundSpan, label: "for example: `\(example)`")
  }

  static func expectedParameter(_ parser: Parser, hasOne: Bool) -> Diagnostic {
    Diagnostic(
      "N0139", "expected \(hasOne ? "`,` or `)`" : "a name"), found \(parser.found)",
      at: parser.foundSpan, label: "the parameters of a function are names, divided by commas")
  }

  static func noParameters(_ name: Identifier, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0139", "the function `\(name.text)` has no parameters", at: span,
      label: "expected a name in the brackets",
      fixes: [.init("for a constant write `let \(name.text) = …`", replace: span, with: "")])
  }
}
