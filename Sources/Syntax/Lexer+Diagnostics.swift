import NNCDiagnostics

extension Diagnostic {
  static func fileTooLarge(_ limit: Int) -> Diagnostic {
    Diagnostic(
      "N0100", "the file is too large", at: nil,
      label: "a source may have at most \(limit) bytes")
  }

  static func unknownCharacter(
    _ source: SourceFile, _ scalar: Unicode.Scalar, _ span: SourceSpan
  ) -> Diagnostic {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    let isControl = scalar.properties.generalCategory == .control
    let name = isControl ? code : "`\(scalar)`"
    let isRun = span.range.count > UTF8.width(scalar)
    var notes: [String] = []
    if scalar == "'" { notes = ["a text stands in double quotes: `\"file\"`"] }
    if scalar == "&" || scalar == "|" { notes = ["use `where(condition, a, b)` for a choice"] }
    if scalar == "%" { notes = ["a comment begins with `#`"] }
    return Diagnostic(
      "N0101", "unknown character \(name)", at: span,
      label: isRun ? "these characters mean nothing here" : "this character means nothing here",
      notes: notes)
  }

  static func lookalike(
    _ scalar: Unicode.Scalar, _ name: String, _ text: String, _ span: SourceSpan
  ) -> Diagnostic {
    let code = String(scalar.value, radix: 16, uppercase: true)
    let shown = text == " " ? "an ordinary space" : "`\(text)`"
    let found = text == " " ? "a special blank" : "`\(scalar)`"
    return Diagnostic(
      "N0102", "\(found) where \(shown) is meant", at: span,
      label: "this is U+\(code), \(name)",
      fixes: [.init("write \(shown)", replace: span, with: text)])
  }

  static func invalidUTF8(_ source: SourceFile, _ span: SourceSpan) -> Diagnostic {
    let byte = String(source.bytes[Int(span.start)], radix: 16, uppercase: true)
    let isRun = span.range.count > 1
    return Diagnostic(
      "N0103", "the text is not UTF-8", at: span,
      label: isRun
        ? "these \(span.range.count) bytes, from 0x\(byte) on, are no character"
        : "the byte 0x\(byte) is no character",
      notes: ["save the file with the encoding UTF-8"])
  }

  static func utf16(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0103", "the text is not UTF-8", at: span, label: "a file in UTF-16 begins like this",
      notes: ["save the file with the encoding UTF-8"])
  }

  static func foreignName(_ source: SourceFile, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0104", "`\(source.excerpt(span))` cannot be a name", at: span,
      label: "names are made of the letters A to Z, digits and `_`")
  }

  static func unclosedString(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0105", "the text is not closed", at: span, label: "expected `\"` before the line ends",
      fixes: [
        .init("close it", replace: SourceSpan(Int(span.end), Int(span.end)), with: "\"")
      ])
  }

  static func malformedNumber(
    _ source: SourceFile, _ number: SourceSpan, rest: SourceSpan
  ) -> Diagnostic {
    let span = number.union(rest)
    let text = source.excerpt(rest)
    var diagnostic = Diagnostic(
      "N0106", "`\(source.excerpt(span))` is neither a number nor a name", at: span,
      label: "expected a blank or an operator after `\(source.excerpt(number))`")
    let first = source.bytes[Int(rest.start)]
    let isShape = source.bytes[number.range].contains(UInt8(ascii: "x"))
    if first.isNameStart, rest.range.count <= 20, !text.contains("."), !isShape {
      diagnostic.fixes = [
        .init(
          "for the product write `\(source.excerpt(number))*\(text)`",
          replace: SourceSpan(Int(rest.start), Int(rest.start)), with: "*")
      ]
    }
    return diagnostic
  }

  static func numberTooLarge(_ span: SourceSpan, _ limit: String) -> Diagnostic {
    Diagnostic("N0107", "the number is too large", at: span, label: limit)
  }

  static func powerSpelledTwice(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "N0108", "the power is written `^`", at: span, label: "`**` is not an operator here",
      fixes: [.init("write `^`", replace: span, with: "^")])
  }
}
