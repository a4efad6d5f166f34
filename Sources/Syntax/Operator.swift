/// The operators of one operand.
public enum UnaryOperator: String, Hashable, Sendable, CaseIterable {
  /// `-a`
  case negate = "-"
}

/// The operators of two operands.
public enum BinaryOperator: String, Hashable, Sendable, CaseIterable {
  /// `a + b`
  case add = "+"
  /// `a - b`
  case subtract = "-"
  /// `a * b`, element by element
  case multiply = "*"
  /// `a / b`
  case divide = "/"
  /// `a @ b`, the matrix product
  case matrixProduct = "@"
  /// `a ^ b`
  case power = "^"
  /// `a < b`
  case less = "<"
  /// `a <= b`
  case lessOrEqual = "<="
  /// `a > b`
  case greater = ">"
  /// `a >= b`
  case greaterOrEqual = ">="
  /// `a == b`
  case equal = "=="
  /// `a != b`
  case notEqual = "!="

  /// How tightly it binds, as in Python: comparisons 1, sums 2, products 3, powers 5.
  /// A unary minus has 4, so `-x^2` is `-(x^2)` and `-a*b` is `(-a)*b`.
  public var precedence: Int {
    switch self {
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: 1
    case .add, .subtract: 2
    case .multiply, .divide, .matrixProduct: 3
    case .power: 5
    }
  }

  /// Whether it compares; comparisons do not chain.
  public var isComparison: Bool { precedence == 1 }
}
