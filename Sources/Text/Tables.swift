// The escapes of tables and of man pages.

/// A field as RFC 4180 writes it. A spreadsheet takes what begins with one of `=+-@` for a formula and runs it, a number
/// aside: an apostrophe in front makes it text there.
func csv(_ text: String) -> String {
  var field = text
  let first = field.unicodeScalars.first { $0 != " " }
  if let first, "=+-@".unicodeScalars.contains(first), Double(text) == nil { field = "'" + field }
  let needsQuotes = field.unicodeScalars.contains { $0 == "," || $0 == ";" || $0 == "\"" }
  if !needsQuotes { return field }
  return "\"" + replaced(field) { $0 == "\"" ? "\"\"" : nil } + "\""
}

/// What roff would take for a request at the beginning of a line, or for an escape; other characters than ASCII's by their
/// names there.
func manual(_ text: String) -> String {
  let result = replaced(text) { scalar in
    switch scalar {
    case "\\": "\\e"
    case "-": "\\-"
    case "'": "\\(aq"
    case "^": "\\(ha"
    case "~": "\\(ti"
    default: scalar.isASCII ? nil : "\\[u" + numbered(scalar).dropFirst(3)
    }
  }
  return result.utf8.first == UInt8(ascii: ".") ? "\\&" + result : result
}
