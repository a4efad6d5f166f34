import Diagnostics

/// The parser's state: the tree so far and what was wrong.
struct Parser {
  var tree: SyntaxTree
  var diagnostics: [Diagnostic] = []
  var isIncomplete = false

  init(_ source: SourceFile) { tree = SyntaxTree(source: source) }

  mutating func parseFile() {}

  mutating func parseWholeExpression() -> ExpressionID {
    tree.expressions.append(Expression(kind: .invalid, span: SourceSpan(0, 0)))
    return ExpressionID(0)
  }

  mutating func parseEntries() -> [ParsedEntry.Item] { [] }
}
