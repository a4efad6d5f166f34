import NNCDiagnostics

/// The smallest part of a source with a meaning.
struct Token {
  var kind: TokenKind
  var span: SourceSpan
  /// Whether only blanks stand before it on its line.
  var isFirstOnLine: Bool

  init(_ kind: TokenKind, _ start: Int, _ end: Int, first: Bool) {
    self.kind = kind
    self.span = SourceSpan(start, end)
    self.isFirstOnLine = first
  }
}

/// What a token is.
enum TokenKind: UInt8 {
  case endOfFile, newline, semicolon
  case openParenthesis, closeParenthesis, openBracket, closeBracket, openBrace, closeBrace
  case comma, colon, assign, arrow
  case plus, minus, times, divide, at, power
  case less, lessOrEqual, greater, greaterOrEqual, equal, notEqual
  case name, dottedName, number, shape, string
  /// A number that has been reported.
  case badNumber

  /// Whether an expression can begin with it.
  var startsOperand: Bool {
    switch self {
    case .name, .dottedName, .number, .shape, .string, .badNumber, .openParenthesis, .openBracket:
      true
    default: false
    }
  }

  /// Whether it is a number, name, shape or string.
  var isAtom: Bool { rawValue >= TokenKind.name.rawValue }

  /// Whether a statement may end before it.
  var endsStatement: Bool {
    switch self {
    case .endOfFile, .newline, .semicolon, .closeBrace: true
    default: false
    }
  }

  /// The operator of two operands it stands for.
  var binaryOperator: BinaryOperator? {
    switch self {
    case .plus: .add
    case .minus: .subtract
    case .times: .multiply
    case .divide: .divide
    case .at: .matrixProduct
    case .power: .power
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .equal: .equal
    case .notEqual: .notEqual
    default: nil
    }
  }
}
