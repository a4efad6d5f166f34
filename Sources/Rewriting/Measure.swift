import NNCAlgebra

/// The declared cost of a formula, by which every simplifying rule must go down: its work; then its size; then how
/// deep its signs and constants lie.
public struct Measure: Comparable, Sendable {
  /// The work of its operations, in additions.
  public var work = 0.0
  /// How many operations and leaves it has, constants aside.
  public var size = 0
  /// The sum of the depths of its signs and constants.
  public var depth = 0

  /// Measures a formula; what is made of constants alone counts as a constant.
  public init(_ formula: Formula) {
    var seen: Set<ObjectIdentifier> = []
    add(formula, depth: 0, &seen)
  }

  private mutating func add(_ formula: Formula, depth: Int, _ seen: inout Set<ObjectIdentifier>) {
    if Self.isConstant(formula) {
      self.depth += depth
      return
    }
    size += 1
    guard case .apply(let name, let arguments) = formula.kind else { return }
    let operation = Operation(name)
    if seen.insert(ObjectIdentifier(formula)).inserted { work += operation?.work ?? 1 }
    if operation?.row.isSign == true { self.depth += depth }
    for argument in arguments { add(argument, depth: depth + 1, &seen) }
  }

  private static func isConstant(_ formula: Formula) -> Bool {
    switch formula.kind {
    case .symbol(let name): return name == "c" || name == "d"
    case .number, .bits: return true
    case .apply(_, let arguments): return arguments.allSatisfy(isConstant)
    }
  }

  /// Lexicographic.
  public static func < (a: Measure, b: Measure) -> Bool {
    (a.work, a.size, a.depth) < (b.work, b.size, b.depth)
  }
}
