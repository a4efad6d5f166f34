import NNCDiagnostics

/// What `parseEntry` found.
public struct ParsedEntry: Sendable {
  /// One item of an entry.
  public enum Item: Hashable, Sendable {
    /// An expression to be shown.
    case expression(ExpressionID)
    /// `target = value`; the target is a `.name`, or an `.index` of a `.name`.
    case assignment(target: ExpressionID, value: ExpressionID)
    /// The index in `tree.statements` of a `let`.
    case definition(Int)
  }

  /// The tree that holds the items' expressions and statements.
  public var tree: SyntaxTree
  /// The items that could be read, in order.
  public var items: [Item]
  /// The errors, in the order of their places.
  public var diagnostics: [Diagnostic]
  /// Whether a bracket is still open at the end, or an operand is due, so that a further line may make it whole.
  public var isIncomplete: Bool
}
