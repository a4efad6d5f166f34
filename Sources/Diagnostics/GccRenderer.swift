/// `FILE:LINE:COLUMN: error: message [N0101]`, without line and column where there is no place.
func gccLine(
  _ diagnostic: Diagnostic, _ source: SourceFile, _ locator: inout SourceLocator
) -> String {
  var place = onOneLine(source.name)
  if let span = diagnostic.primary.span {
    let (line, column) = locator.location(of: Int(span.start))
    place += ":\(line):\(column)"
  }
  let message = onOneLine(diagnostic.message)
  let code = diagnostic.code.isEmpty ? "" : " [\(diagnostic.code)]"
  return "\(place): \(diagnostic.severity.rawValue): \(message)\(code)\n"
}
