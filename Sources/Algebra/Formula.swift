/// A scalar formula over named symbols, in which the tables of operations, losses, update rules and rewrite rules
/// state their mathematics.
///
/// Formulas are immutable and shared: a subformula bound with Swift's `let` and used twice stands for one value, and
/// every reader visits it once.
public final class Formula: Sendable {
  /// What a formula is made of.
  public enum Kind: Sendable {
    /// A value given from outside: an argument of an operation, or a wildcard of a rule.
    case symbol(String)
    /// A constant.
    case number(Double)
    /// A constant of the bit type, spelled for each precision: its value at f64 and at f32.
    case bits(f64: UInt64, f32: UInt32)
    /// The operation of that name, applied.
    case apply(String, [Formula])
  }

  /// The formula's outermost form.
  public let kind: Kind

  /// Makes a formula of one form.
  public init(_ kind: Kind) { self.kind = kind }

  /// The symbol called `name`.
  public static func symbol(_ name: String) -> Formula { Formula(.symbol(name)) }

  /// The operation called `name`, applied to `arguments`.
  public static func apply(_ name: String, _ arguments: Formula...) -> Formula {
    Formula(.apply(name, arguments))
  }
}

extension Formula: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByStringLiteral
{
  /// The symbol of that name.
  public convenience init(stringLiteral name: String) { self.init(.symbol(name)) }
  /// A constant.
  public convenience init(floatLiteral value: Double) { self.init(.number(value)) }
  /// A constant.
  public convenience init(integerLiteral value: Int) { self.init(.number(Double(value))) }
}

extension Formula {
  /// The sum.
  public static func + (a: Formula, b: Formula) -> Formula { apply("add", a, b) }
  /// The difference.
  public static func - (a: Formula, b: Formula) -> Formula { apply("sub", a, b) }
  /// The product.
  public static func * (a: Formula, b: Formula) -> Formula { apply("mul", a, b) }
  /// The quotient.
  public static func / (a: Formula, b: Formula) -> Formula { apply("div", a, b) }
  /// The negative.
  public static prefix func - (a: Formula) -> Formula { apply("neg", a) }
  /// 1 where `a` is less than `b`, else 0.
  public static func < (a: Formula, b: Formula) -> Formula { apply("lt", a, b) }
  /// 1 where `a` is at most `b`, else 0.
  public static func <= (a: Formula, b: Formula) -> Formula { apply("le", a, b) }
  /// 1 where `a` is greater than `b`, else 0.
  public static func > (a: Formula, b: Formula) -> Formula { apply("lt", b, a) }
  /// 1 where `a` is at least `b`, else 0.
  public static func >= (a: Formula, b: Formula) -> Formula { apply("le", b, a) }
}

/// `yes` where `condition` holds, else `no`.
public func select(_ condition: Formula, _ yes: Formula, _ no: Formula) -> Formula {
  .apply("select", condition, yes, no)
}
