import Algebra
import Graph

/// One side of a rule, prepared for matching: symbols are slots.
indirect enum Pattern: Sendable {
  /// Any value; the same one wherever the slot stands.
  case any(Int)
  /// A constant; the same one wherever the slot stands.
  case constant(Int)
  /// This number.
  case number(UInt64)
  /// A scalar operation.
  case apply(Operation, [Pattern])
  /// The sum over all axes.
  case sum(Pattern)
  /// The greatest of all elements.
  case maximum(Pattern)
}

extension Pattern {
  /// Reads a formula; new symbols get the next slots.
  init(_ formula: Formula, slots: inout [String]) {
    switch formula.kind {
    case .symbol(let name):
      let slot = slots.firstIndex(of: name) ?? slots.count
      if slot == slots.count { slots.append(name) }
      self = name == "c" || name == "d" ? .constant(slot) : .any(slot)
    case .number(let value): self = .number(value.bitPattern)
    case .bits: preconditionFailure("rules are about reals")
    case .apply("sum", let arguments): self = .sum(Pattern(arguments[0], slots: &slots))
    case .apply("maximum", let arguments): self = .maximum(Pattern(arguments[0], slots: &slots))
    case .apply(let name, let arguments):
      self = .apply(Operation(name)!, arguments.map { Pattern($0, slots: &slots) })
    }
  }
}

extension Pattern {
  /// The tag that a node must have to fit, or nil for any.
  var tag: Int16? {
    switch self {
    case .any: nil
    case .constant, .number: Node.Kind.constantTag
    case .apply(let operation, _): Int16(operation.index)
    case .sum: Node.Kind.contractTag
    case .maximum: Node.Kind.maximumTag
    }
  }
}

/// What a pattern's slots stand for, and the nodes that it passed through on the way to them.
struct Match {
  var slots: [NodeID?]
  var passed: [NodeID] = []
}

extension Graph {
  /// Whether `pattern` fits the node; `then` may refuse a match, and the next one is tried.
  func matches(
    _ pattern: Pattern, _ id: NodeID, _ match: inout Match, _ then: (inout Match) -> Bool
  ) -> Bool {
    if let tag = pattern.tag, tag != self.tag(id) { return false }
    switch pattern {
    case .any(let slot):
      return bind(slot, id, &match, then)
    case .constant(let slot):
      return bind(slot, id, &match, then)
    case .number(let bits):
      guard case .constant(bits) = self[id].kind else { return false }
      return then(&match)
    case .sum(let inner):
      guard case .contract(let contraction) = self[id].kind, contraction.output.isEmpty,
        contraction.inputs.count == 1
      else { return false }
      return passing(id, &match) { matches(inner, self[id].operands[0], &$0, then) }
    case .maximum(let inner):
      guard self[id].shape.isEmpty else { return false }
      return passing(id, &match) { matches(inner, self[id].operands[0], &$0, then) }
    case .apply(let operation, let arguments):
      let operands = self[id].operands
      return passing(id, &match) { match in
        switch arguments.count {
        case 1: return matches(arguments[0], operands[0], &match, then)
        case 2:
          let inOrder = matches(arguments[0], operands[0], &match) {
            matches(arguments[1], operands[1], &$0, then)
          }
          if inOrder || !operation.row.commutes { return inOrder }
          return matches(arguments[0], operands[1], &match) {
            matches(arguments[1], operands[0], &$0, then)
          }
        default:
          return matches(arguments[0], operands[0], &match) {
            matches(arguments[1], operands[1], &$0) {
              matches(arguments[2], operands[2], &$0, then)
            }
          }
        }
      }
    }
  }

  private func bind(
    _ slot: Int, _ id: NodeID, _ match: inout Match, _ then: (inout Match) -> Bool
  ) -> Bool {
    if let bound = match.slots[slot] { return bound == id && then(&match) }
    match.slots[slot] = id
    if then(&match) { return true }
    match.slots[slot] = nil
    return false
  }

  private func passing(_ id: NodeID, _ match: inout Match, _ body: (inout Match) -> Bool) -> Bool {
    match.passed.append(id)
    if body(&match) { return true }
    match.passed.removeLast()
    return false
  }
}
