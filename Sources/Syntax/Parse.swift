import NNCDiagnostics

/// Parses a whole `.nn` file and reports every independent error in it.
///
/// The tree is always whole: what could not be read stands in it as `.invalid`, so that what was
/// read can still be checked. The diagnostics are in the order of their places; the tree can be
/// compiled if none of them is an error.
public func parse(_ source: SourceFile) -> (tree: SyntaxTree, diagnostics: [Diagnostic]) {
  var parser = Parser(source)
  parser.parseFile()
  return (parser.tree, parser.diagnostics)
}

/// Parses a source that is one expression, such as `diff(sigmoid(a*x + b), x)`.
public func parseExpression(_ source: SourceFile) -> ParsedExpression {
  var parser = Parser(source)
  let root = parser.parseWholeExpression()
  return ParsedExpression(
    tree: parser.tree, root: root, diagnostics: parser.diagnostics,
    isIncomplete: parser.isIncomplete)
}

/// Parses what a user enters at a prompt: expressions, assignments and `let`s, divided by `;` or
/// line ends. A line that ends in an operator or in `=` goes on in the next.
public func parseEntry(_ source: SourceFile) -> ParsedEntry {
  var parser = Parser(source)
  parser.joinsLines = true
  let items = parser.parseEntries()
  return ParsedEntry(
    tree: parser.tree, items: items, diagnostics: parser.diagnostics,
    isIncomplete: parser.isIncomplete)
}
