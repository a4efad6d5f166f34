import NNCDiagnostics

/// The number of an expression in its tree; `tree[id]` is the expression.
public struct ExpressionID: Hashable, Comparable, Sendable {
  /// The index in `SyntaxTree.expressions`.
  public let index: Int32

  /// The expression at `index`.
  public init(_ index: Int) { self.index = Int32(index) }

  /// Children come before their parents.
  public static func < (a: ExpressionID, b: ExpressionID) -> Bool { a.index < b.index }
}

/// One node of an expression; its operands are numbers of other nodes of the same tree.
///
/// Operands always have lower numbers than the node that uses them, and each node is used at most
/// once, so a loop over `SyntaxTree.expressions` in order is a traversal from the leaves up, and
/// no traversal needs recursion. Parentheses leave no node.
public struct Expression: Sendable {
  /// What the node is.
  public var kind: Kind
  /// Where it stands, from its first operand to its last; parentheses around it do not count.
  public var span: SourceSpan
  /// The lowest-numbered node of this expression. The numbers from `first` to the node's own are
  /// the nodes of this expression, all of them and no others.
  public var first: ExpressionID

  /// What a node is.
  public enum Kind: Hashable, Sendable {
    /// What could not be read; it has been reported, so whatever depends on it stays silent.
    case invalid
    /// A number, `0.5`; always finite and not negative. `SyntaxTree.integer(_:)` reads large
    /// whole numbers exactly.
    case number(Double)
    /// A text in quotes, without them.
    case string(String)
    /// A shape of two or more sizes, `1x28x28` or `3x3`; only as the whole of an argument's value,
    /// as an operand of a layer, or in `input`.
    case shape([Int])
    /// A name, dots included: `x`, `yes`, `linear1.weight`.
    case name(String)
    /// `-a`.
    case unary(UnaryOperator, ExpressionID)
    /// `a + b` and so on.
    case binary(BinaryOperator, ExpressionID, ExpressionID)
    /// `f(a, b, key=c)`.
    indirect case call(Call)
    /// `w[0, 1]`; there is at least one index, of which any may be a slice.
    case index(ExpressionID, [ExpressionID])
    /// `a:b:c` between the brackets of an index: from a up to before b, in steps of c.
    case slice(ExpressionID?, ExpressionID?, ExpressionID?)
    /// `[a, b]`, which may be empty; a matrix is a list of lists.
    case list([ExpressionID])
  }

  /// `function(arguments…, keywords…)`.
  public struct Call: Hashable, Sendable {
    /// The name that is called.
    public var function: Identifier
    /// The values without a key, in order.
    public var arguments: [ExpressionID]
    /// The values with a key, in order; no key stands twice.
    public var keywords: [Argument]
  }
}

/// `key=value`.
public struct Argument: Hashable, Sendable {
  /// The key.
  public var key: Identifier
  /// The value.
  public var value: ExpressionID
}
