import NNCDiagnostics

extension Parser {
  /// The call of `function` with these values, of which some have keys.
  mutating func call(
    _ function: Identifier, _ elements: [ExpressionID], _ stack: inout ExpressionStack,
    _ bracket: ExpressionStack.Waiting
  ) -> Expression.Kind {
    let keys = Array(stack.keys[bracket.keyBase...])
    var call = Expression.Call(function: function, arguments: [], keywords: [])
    var next = keys.startIndex
    for (offset, element) in elements.enumerated() {
      if next < keys.endIndex, keys[next].operand == bracket.base + offset {
        call.keywords.append(Argument(key: keys[next].key, value: element))
        next += 1
      } else {
        if let keyword = call.keywords.last {
          report(.positionalAfterKeyword(tree[element].span, keyword.key))
        }
        call.arguments.append(element)
      }
    }
    stack.keys.removeSubrange(bracket.keyBase...)
    call.keywords = withoutDuplicates(call.keywords)
    return function.text.isEmpty ? .invalid : .call(call)
  }

  /// The arguments without those whose key has stood before, which are reported.
  mutating func withoutDuplicates(_ arguments: [Argument]) -> [Argument] {
    guard arguments.count > 1 else { return arguments }
    var seen: [String: SourceSpan] = [:]
    return arguments.filter { argument in
      if let first = seen[argument.key.text] {
        report(.duplicateKey(argument.key, first: first))
        return false
      }
      seen[argument.key.text] = argument.key.span
      return true
    }
  }

  /// Something between brackets after a value that is neither an operator, a comma nor the end.
  mutating func unexpectedInBrackets(_ stack: inout ExpressionStack) -> Bool {
    guard let bracket = stack.bracket else { return false }
    if isBracketBroken() { return abandonUnclosed(&stack) }
    if current.kind == .name, mayStartStatement(current) { return abandonUnclosed(&stack) }
    if let name = stack.operands.last?.lineStart, current.kind != .assign {
      report(.unclosedBracket(self, bracket.span, outer: stack.brackets.count - 1, at: name))
      stack.isAbandoned = true
      bracketDepth = 0
      goBack(to: name)
      return false
    }
    if current.kind == .assign {
      report(.assignmentInExpression(self, isCall: bracket.kind == .call))
      stack.waiting.append(.init(kind: .binary(.equal), span: current.span))
      advance()
      stack.wantsOperand = true
      return true
    }
    guard current.kind.startsOperand else {
      let comma = bracket.kind == .parenthesis ? "" : "`,` or "
      report(.unexpected(self, expected: comma + bracket.closer.described))
      stack.isAbandoned = true
      return false
    }
    if bracket.kind == .list
      || stack.operands.last?.isIndexable == false
        && current.kind == .openBracket
    {
      report(.missingComma(self))
      reduce(&stack, to: stack.brackets[stack.brackets.count - 1] + 1)
    } else {
      report(.missingOperator(self))
      stack.waiting.append(
        .init(kind: .binary(.multiply), span: SourceSpan(previousEnd, previousEnd)))
    }
    stack.wantsOperand = true
    return true
  }
}
