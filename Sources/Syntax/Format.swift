import NNCDiagnostics

/// The source in its usual form: what `nnc fmt` writes.
///
/// Blanks are put in order, comments and the user's line ends are kept. Formatting twice is
/// formatting once, and the tree stays the same. A source with errors is not formatted.
///
/// - Returns: the text, or nil and the errors.
public func format(_ source: SourceFile) -> (text: String?, diagnostics: [Diagnostic]) {
  var parser = Parser(source, keepsTokens: true)
  parser.parseFile()
  let diagnostics = parser.diagnostics
  if diagnostics.contains(where: { $0.severity == .error }) { return (nil, diagnostics) }
  var formatter = Formatter(source: source)
  formatter.format(tokens: parser.tokens, comments: parser.lexer.comments)
  return (String(decoding: formatter.output, as: UTF8.self), diagnostics)
}
