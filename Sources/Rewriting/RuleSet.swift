import Algebra
import Graph

/// Rules prepared for matching, by the operation at their root.
struct RuleSet: Sendable {
  /// One rule, prepared.
  final class Prepared: Sendable {
    let rule: Rule
    let pattern: Pattern
    let slots: [String]
    /// Whether it may fire where it neither saves nor costs work.
    let firesAtNoGain: Bool
    /// Whether it fires whatever it costs.
    let firesAlways: Bool
    /// The tag that each operand must have, or nil for any: a quick look before the match.
    private let operandTags: [Int16?]
    private let commutes: Bool

    init(_ rule: Rule, always: Bool) {
      var slots: [String] = []
      pattern = Pattern(rule.left, slots: &slots)
      guard case .apply(let operation, let arguments) = pattern else {
        preconditionFailure("a rule's left side is an operation")
      }
      self.rule = rule
      self.slots = slots
      firesAlways = always
      firesAtNoGain = rule.keeps == .stable || Measure(rule.right) < Measure(rule.left)
      operandTags = arguments.map(\.tag)
      commutes = operation.row.commutes
    }

    /// Whether the operands' kinds rule a match out.
    func isOutOfTheQuestion(_ operands: Operands, _ graph: Graph) -> Bool {
      func fit(_ wanted: Int16?, _ place: Int) -> Bool {
        wanted == nil || wanted == graph.tag(operands[place])
      }
      for place in operandTags.indices where !fit(operandTags[place], place) {
        return !(commutes && fit(operandTags[0], 1) && fit(operandTags[1], 0))
      }
      return false
    }
  }

  private var byOperation: [[Prepared]]

  /// Prepares rules; `always` are those that fire whatever they cost.
  init(_ rules: [Rule], always: [Rule] = []) {
    byOperation = Array(repeating: [], count: Operation.all.count)
    let prepared =
      always.map { Prepared($0, always: true) } + rules.map { Prepared($0, always: false) }
    for rule in prepared {
      guard case .apply(let operation, _) = rule.pattern else { continue }
      byOperation[Int(operation.index)].append(rule)
    }
  }

  /// The rules whose left side is the operation of this tag.
  subscript(tag: Int16) -> [Prepared] { tag < 0 ? [] : byOperation[Int(tag)] }
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
