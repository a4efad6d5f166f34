/// The forms in which diagnostics are written.
public enum DiagnosticForm: Hashable, Sendable {
  /// For people: the source line with the place underlined, as rustc does it.
  case human(colour: Bool)
  /// gcc's one line: `FILE:LINE:COLUMN: error: message [N0101]`.
  case gcc
  /// One JSON object a line.
  case json
}

/// The text of these diagnostics of one source, in a form; ends with a line end if not empty.
public func render(
  _ diagnostics: [Diagnostic], in source: SourceFile, as form: DiagnosticForm
) -> String {
  var locator = SourceLocator(source)
  var text = ""
  for diagnostic in diagnostics {
    switch form {
    case .human(let isColoured):
      let renderer = HumanRenderer(source: source, isColoured: isColoured)
      text += renderer.text(of: diagnostic, &locator) + "\n"
    case .gcc: text += gccLine(diagnostic, source, &locator)
    case .json: text += jsonLine(diagnostic, source, &locator)
    }
  }
  return text
}

/// A text on one line, without characters that would control the terminal; of a very long one, such as a name of a
/// megabyte, head and tail.
func onOneLine(_ text: String) -> String {
  let isLong = text.utf8.count > 4096
  let shown = isLong ? text.prefix(200) + "…" + text.suffix(60) : text[...]
  return String(shown.map { $0 == "\n" || $0 == "\r\n" ? " " : displayed($0) })
}
