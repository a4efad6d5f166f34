import NNCAlgebra

infix operator => : AssignmentPrecedence

/// The two sides of a rule.
public struct Sides: Sendable {
  let left: Formula
  let right: Formula
}

/// The left side is rewritten to the right.
func => (left: Formula, right: Formula) -> Sides { Sides(left: left, right: right) }

/// What a rule keeps.
public enum Soundness: String, Sendable, CaseIterable {
  /// The same bits for every IEEE input.
  case exact
  /// The same real function, defined wherever the left side is, and no less accurate.
  case stable
  /// Equal over the finite reals within its guard, and in range where the other side is, but for a margin of 2⁶⁰ at
  /// either end. It may be less accurate where terms cancel.
  case real
}

/// What must be known of a value before a rule may fire. Unknown is refused.
public enum Guard: Sendable {
  /// Not zero.
  case nonzero(String)
  /// Greater than zero.
  case positive(String)
  /// Finite for all finite and infinite inputs.
  case bounded(String)
  /// A constant that is a power of two, and its reciprocal a number with all digits, at every precision.
  case powerOfTwo(String)
  /// A constant whose reciprocal is a number with all digits, at every precision.
  case invertible(String)
  /// A constant between 2⁻³⁰ and 2³⁰, whichever its sign: what it is multiplied with early or late leaves the range of
  /// numbers by no more than that factor earlier, and products of two such are far from the range's ends.
  case moderate(String)
  /// Not of the form z - maximum(z), the maximum held fixed.
  case unshifted(String)
  /// Not less than 0, where it is a number.
  case nonnegative(String)
  /// Near the other: sums with a term in common, or one function of such, so that their difference is known without
  /// cancelling.
  case near(String, String)
  /// Near, and a number between 2⁻³⁰ and 2³⁰ apart.
  case close(String, String)
}

/// One identity, read from left to right.
///
/// In its formulas the symbols `c` and `d` stand for constants, `k` for anything that decides a choice, every other
/// symbol for any value.
public struct Rule: Sendable {
  /// Its name, unique in the table.
  public let name: String
  /// What it rewrites.
  public let left: Formula
  /// What it rewrites to.
  public let right: Formula
  /// What it keeps.
  public let keeps: Soundness
  /// What it demands.
  public let guards: [Guard]
  /// Whether it makes a form for the reader, which the machine has no operation for.
  public let isForReaders: Bool
}

/// A row of the rule table.
func rule(
  _ name: String, _ sides: Sides, _ keeps: Soundness, if guards: Guard...,
  isForReaders: Bool = false
) -> Rule {
  Rule(
    name: name, left: sides.left, right: sides.right, keeps: keeps, guards: guards,
    isForReaders: isForReaders)
}

extension Guard {
  /// The symbols that it is about: one, or two.
  var symbols: [String] {
    switch self {
    case .nonzero(let name), .positive(let name), .bounded(let name), .powerOfTwo(let name),
      .invertible(let name), .moderate(let name), .unshifted(let name), .nonnegative(let name):
      [name]
    case .near(let first, let second), .close(let first, let second): [first, second]
    }
  }
}
