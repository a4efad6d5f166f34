import NNCDiagnostics

/// What `parseExpression` found.
public struct ParsedExpression: Sendable {
  /// The tree that holds the expression; it has no statements.
  public var tree: SyntaxTree
  /// The whole expression; `.invalid` or with `.invalid` in it where there are errors.
  public var root: ExpressionID
  /// The errors, in the order of their places.
  public var diagnostics: [Diagnostic]
  /// Whether a bracket is still open at the end, or an operand is due, so that a further line may make it whole.
  public var isIncomplete: Bool
}
