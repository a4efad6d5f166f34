import NNCAlgebra
import NNCGraph

/// Rules prepared for matching, by the operation at their root.
struct RuleSet: Sendable {
  /// One rule, prepared.
  final class Prepared: Sendable {
    let rule: Rule
    let pattern: Pattern
    let replacement: Construction
    /// The guards, each with the slots of the first and the last of its symbols.
    let guards: [(condition: Guard, first: Int, last: Int)]
    /// Whether it may fire where it neither saves nor costs work.
    let firesAtNoGain: Bool
    /// Whether it fires whatever it costs.
    let firesAlways: Bool

    init(_ rule: Rule, always: Bool) {
      self.rule = rule
      let pattern = Pattern(rule.left)
      self.pattern = pattern
      replacement = Construction(rule.right, of: pattern.slots)
      guards = rule.guards.map { condition in
        let slots = condition.symbols.map { pattern.slots.firstIndex(of: $0)! }
        return (condition, slots[0], slots[slots.count - 1])
      }
      firesAlways = always
      firesAtNoGain = rule.keeps == .stable || Measure(rule.right) < Measure(rule.left)
    }

    /// Whether the operands' kinds rule a match out.
    func isOutOfTheQuestion(_ operands: Operands, _ graph: Graph) -> Bool {
      let wanted = pattern.operandTags
      func fit(_ tag: Int16?, _ place: Int) -> Bool {
        tag == nil || tag == graph.tag(operands[place])
      }
      for place in wanted.indices where !fit(wanted[place], place) {
        return !(pattern.operation.commutes && fit(wanted[0], 1) && fit(wanted[1], 0))
      }
      return false
    }
  }

  private var byOperation: [[Prepared]]

  /// Prepares rules; `always` are those that fire whatever they cost.
  init(_ rules: [Rule], always: [Rule] = []) {
    self.init(always.map { Prepared($0, always: true) } + rules.map { Prepared($0, always: false) })
  }

  private init(_ prepared: [Prepared]) {
    byOperation = Array(repeating: [], count: Operation.all.count)
    for rule in prepared { byOperation[Int(rule.pattern.operation.index)].append(rule) }
  }

  /// These rules, and behind them those of another set that are chosen.
  func appending(_ other: RuleSet, where isChosen: (Prepared) -> Bool) -> RuleSet {
    RuleSet((byOperation + other.byOperation.map { $0.filter(isChosen) }).flatMap { $0 })
  }

  /// The rules whose left side is the operation of this tag.
  subscript(tag: Int16) -> [Prepared] { tag < 0 ? [] : byOperation[Int(tag)] }
}
