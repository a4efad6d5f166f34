/// A part of a function's arithmetic that few arguments need, as a function of its own.
///
/// A formula applies it by name as the second operand of a `select`, `select(condition, f(x), otherwise)`, and only
/// there: it is computed where the condition holds, and not at all where that is so in no lane. The values are those of
/// the `select`.
public struct RareFunction: Sendable {
  /// Its name, in formulas and in emitted code.
  public let name: String
  /// The names of its arguments.
  public let arguments: [String]
  /// How it is computed.
  public let arithmetic: @Sendable (Precision) -> Formula
}

extension RareFunction {
  /// The table of rare functions.
  public static let all: [RareFunction] = [
    .init(name: "sin_large", arguments: ["x", "turns"], arithmetic: Arithmetic.sinLarge),
    .init(name: "tan_large", arguments: ["x"], arithmetic: Arithmetic.tanLarge),
    .init(name: "mod_large", arguments: ["a", "b"], arithmetic: Arithmetic.modLarge),
  ]

  /// The rare function called `name`, or nil where the table has none.
  public init?(_ name: String) {
    guard let function = Self.all.first(where: { $0.name == name }) else { return nil }
    self = function
  }
}

extension Formula {
  /// The rare function that the formula applies, with its operands; nil where it is no such call.
  public var rareCall: (function: RareFunction, operands: [Formula])? {
    guard case .apply(let name, let operands) = kind, let function = RareFunction(name) else {
      return nil
    }
    return (function, operands)
  }
}
