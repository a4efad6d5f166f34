import NNCDiagnostics

extension Parser {
  /// `NAME(key=value, …) {`, after `rule`.
  mutating func ruleHead(_ word: SourceSpan) -> Statement.Kind {
    lastRule = tree.statements.count
    guard let name = expectName("a name", for: "rule") else { return .invalid }
    guard current.kind == .openParenthesis else {
      report(.expectedRuleKeys(self, name))
      skipStatement()
      return .invalid
    }
    guard let keys = ruleKeys() else { return .invalid }
    return blockHead(.rule(name: name, keys: keys, body: 0..<0), word)
  }

  /// `(key=value, …)`; nil after a report and to the statement's end.
  private mutating func ruleKeys() -> [Argument]? {
    let open = current.span
    var keys: [Argument] = []
    bracketDepth += 1
    advance(spacing: .tight)
    while current.kind == .name, isAssignmentAhead {
      let key = takeIdentifier()
      advance(spacing: .tight)
      guard let value = operandValue(.ruleKey) else { return nil }
      keys.append(Argument(key: key, value: value))
      guard current.kind == .comma else { break }
      advance(spacing: .tightBefore)
    }
    guard closesList(open, or: { .expectedRuleKey($0) }) else { return nil }
    advance(spacing: .tightBefore)
    return withoutDuplicates(keys)
  }

  /// Whether the innermost open block is that of a rule, which may not have been read well.
  var isInRule: Bool {
    guard let block = blocks.last else { return false }
    switch tree.statements[block.statement].kind {
    case .rule: return true
    case .invalid: return block.statement == lastRule
    default: return false
    }
  }

  /// `NAME = EXPR`, in the block of a rule.
  mutating func ruleStep() -> Statement.Kind {
    guard current.kind == .name, isAssignmentAhead else {
      report(.expectedRuleStep(self))
      skipStatement()
      return .invalid
    }
    let name = takeIdentifier()
    advance(spacing: .aligned)
    let value = expression()
    endStatement(after: "the step")
    return .assignment(name: name, value: value)
  }
}
