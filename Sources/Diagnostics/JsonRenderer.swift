/// One line of JSON with everything a diagnostic holds.
///
/// Lines and columns count from 1, columns in characters; `start` and `end` are byte offsets.
/// Places are left out where there are none.
func jsonLine(
  _ diagnostic: Diagnostic, _ source: SourceFile, _ locator: inout SourceLocator
) -> String {
  func place(_ span: SourceSpan) -> String {
    let (line, column) = locator.location(of: Int(span.start))
    let (endLine, endColumn) = locator.location(of: Int(span.end))
    return #""line":\#(line),"column":\#(column),"endLine":\#(endLine),"#
      + #""endColumn":\#(endColumn),"start":\#(span.start),"end":\#(span.end)"#
  }
  func label(_ label: Diagnostic.Label) -> String {
    let text = #""label":\#(jsonString(label.text))"#
    return label.span.map { place($0) + "," + text } ?? text
  }
  let fixes = diagnostic.fixes.map { fix in
    #"{"message":\#(jsonString(fix.message)),\#(place(fix.span)),"#
      + #""replacement":\#(jsonString(fix.replacement))}"#
  }
  let members = [
    #""severity":"\#(diagnostic.severity.rawValue)""#,
    #""code":\#(jsonString(diagnostic.code))"#,
    #""message":\#(jsonString(diagnostic.message))"#,
    #""file":\#(jsonString(source.name))"#,
    label(diagnostic.primary),
    #""related":[\#(diagnostic.secondary.map { "{\(label($0))}" }.joined(separator: ","))]"#,
    #""notes":[\#(diagnostic.notes.map(jsonString).joined(separator: ","))]"#,
    #""fixes":[\#(fixes.joined(separator: ","))]"#,
  ]
  return "{\(members.joined(separator: ","))}\n"
}

/// A JSON string with this text; what would control a terminal is escaped.
public func jsonString(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    default:
      if controls(scalar) {
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }
  return result + "\""
}
