import NNCDiagnostics

/// What an expression's beginning has left to wait for its end.
struct ExpressionStack {
  /// A value that no operator has taken yet.
  struct Operand {
    var node: ExpressionID
    /// The value's place with the parentheses around it.
    var extent: SourceSpan
    /// Whether `[` after it takes an element.
    var isIndexable: Bool
    /// The name that is the value, where it is the first token on its line: it may begin a
    /// statement of its own if a bracket was not closed.
    var lineStart: Token?
  }

  /// An operator or a bracket that waits for its right side.
  struct Waiting {
    var kind: Kind
    var span: SourceSpan
    var function: Identifier?
    /// How many operands there were when a bracket was opened.
    var base = 0
    /// How many keys there were then.
    var keyBase = 0
    /// Whether the value that is being read has a key.
    var isKeyed = false
    /// What stands before the colons of the index that is being read, and where it begins; nil without a colon.
    var slice: (bounds: [ExpressionID?], start: SourceSpan)?

    enum Kind: Hashable {
      case negate
      case binary(BinaryOperator)
      case parenthesis, list, index, call
    }

    var isBracket: Bool {
      switch kind {
      case .negate, .binary: false
      case .parenthesis, .list, .index, .call: true
      }
    }

    /// The token that closes the bracket.
    var closer: TokenKind {
      kind == .parenthesis || kind == .call ? .closeParenthesis : .closeBracket
    }
  }

  var operands: [Operand] = []
  var waiting: [Waiting] = []
  /// The indices in `waiting` of the open brackets.
  var brackets: [Int] = []
  /// The keys of call arguments, with the indices of their values in `operands`.
  var keys: [(operand: Int, key: Identifier)] = []
  /// Whether an operand is due; otherwise an operator is.
  var wantsOperand = true
  /// Whether the expression was given up.
  var isAbandoned = false

  /// The innermost open bracket.
  var bracket: Waiting? { brackets.last.map { waiting[$0] } }
}
