import Algebra
import Graph

/// Rules prepared for matching, by the operation at their root.
struct RuleSet: Sendable {
  /// One rule, prepared.
  struct Prepared: Sendable {
    let rule: Rule
    let pattern: Pattern
    let slots: [String]
    /// Whether it may fire where it neither saves nor costs work.
    let firesAtNoGain: Bool
    /// Whether it fires whatever it costs.
    let firesAlways: Bool
  }

  private var byOperation: [Operation: [Prepared]] = [:]

  /// Prepares rules; `always` are those that fire whatever they cost.
  init(_ rules: [Rule], always: [Rule] = []) {
    for (rule, firesAlways) in always.map({ ($0, true) }) + rules.map({ ($0, false) }) {
      var slots: [String] = []
      let pattern = Pattern(rule.left, slots: &slots)
      guard case .apply(let operation, _) = pattern else {
        preconditionFailure("a rule's left side is an operation")
      }
      byOperation[operation, default: []].append(
        Prepared(
          rule: rule, pattern: pattern, slots: slots,
          firesAtNoGain: rule.keeps == .stable || Measure(rule.right) < Measure(rule.left),
          firesAlways: firesAlways))
    }
  }

  /// The rules whose left side is this operation.
  subscript(operation: Operation) -> [Prepared] { byOperation[operation] ?? [] }
}

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
    if seen.insert(ObjectIdentifier(formula)).inserted {
      work += Operation(name)?.work ?? 1
    }
    if name == "neg" { self.depth += depth }
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
