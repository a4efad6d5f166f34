import NNCDiagnostics

extension Parser {
  /// Reads an operand or what may stand before one; false where the expression ends.
  mutating func operand(_ stack: inout ExpressionStack) -> Bool {
    switch current.kind {
    case .name where stack.bracket != nil && isStatementAhead:
      return abandonUnclosed(&stack)
    case .minus:
      stack.waiting.append(.init(kind: .negate, span: current.span))
      advance(spacing: .tightAfter)
    case .plus:
      report(.unaryPlus(current.span))
      advance()
    case .openParenthesis:
      open(.parenthesis, &stack)
    case .openBracket:
      open(.list, &stack)
    case .colon where isIndexStart(stack):
      colon(&stack, after: nil)
    case .comma where isSliceOpen(stack), .closeBracket where isSliceOpen(stack):
      endSlice(&stack, at: nil)
    case .closeParenthesis, .closeBracket:
      return closeWithoutOperand(&stack)
    case .name where isCallAhead, .dottedName where isCallAhead:
      let function = takeIdentifier()
      open(.call, &stack, function: function)
    case .name where stack.bracket?.kind == .call && isElementStart(stack) && isAssignmentAhead:
      let key = takeIdentifier()
      stack.keys.append((stack.operands.count, key))
      stack.waiting[stack.waiting.count - 1].isKeyed = true
      advance(spacing: .tight)
    case .shape:
      report(.shapeInExpression(tree.source, current.span))
      push(atom(), &stack)
    case .name, .dottedName, .number, .string, .badNumber:
      let token = current
      let isName = token.kind == .name || token.kind == .dottedName
      push(atom(), &stack, isIndexable: isName)
      if token.kind == .name, mayStartStatement(token) {
        stack.operands[stack.operands.count - 1].lineStart = token
      }
    case .newline where joinsLines:
      advance()
    default:
      return missingOperand(&stack)
    }
    return true
  }

  /// Whether the next operand is the first of an element of the innermost bracket.
  func isElementStart(_ stack: ExpressionStack) -> Bool {
    stack.waiting.last.map { $0.isBracket && !$0.isKeyed } ?? false
  }

  private mutating func push(
    _ node: ExpressionID, _ stack: inout ExpressionStack, isIndexable: Bool = false
  ) {
    stack.operands.append(
      .init(node: node, extent: tree[node].span, isIndexable: isIndexable))
    stack.wantsOperand = false
  }

  /// Passes an opening bracket.
  mutating func open(
    _ kind: ExpressionStack.Waiting.Kind, _ stack: inout ExpressionStack,
    function: Identifier? = nil
  ) {
    stack.brackets.append(stack.waiting.count)
    stack.waiting.append(
      .init(
        kind: kind, span: current.span, function: function, base: stack.operands.count,
        keyBase: stack.keys.count))
    bracketDepth += 1
    advance(spacing: kind == .call || kind == .index ? .tight : .tightAfter)
    stack.wantsOperand = true
  }

  /// A closing bracket where an operand is due: `[]`, `f()`, a last comma, or a mistake.
  private mutating func closeWithoutOperand(_ stack: inout ExpressionStack) -> Bool {
    guard let bracket = stack.bracket, bracket.closer == current.kind,
      isElementStart(stack)
    else { return missingOperand(&stack) }
    let isEmpty = stack.operands.count == bracket.base
    switch bracket.kind {
    case .list, .call: break
    case .index where !isEmpty: break
    default: return missingOperand(&stack)
    }
    close(&stack)
    return true
  }

  /// Reports that an operand is missing, and goes on as if one stood there, if that makes sense.
  private mutating func missingOperand(_ stack: inout ExpressionStack) -> Bool {
    if stack.bracket != nil, isBracketBroken() { return abandonUnclosed(&stack) }
    if current.kind == .endOfFile { endsTooSoon = true }
    report(.missingOperand(self))
    let goesOn: Bool
    switch current.kind {
    case .comma, .closeParenthesis, .closeBracket: goesOn = stack.bracket != nil
    default: goesOn = current.kind.binaryOperator != nil
    }
    guard goesOn else {
      stack.isAbandoned = true
      return false
    }
    push(add(.invalid, SourceSpan(previousEnd, previousEnd)), &stack)
    return true
  }

  /// Whether what comes can only stand outside the brackets that are open.
  func isBracketBroken() -> Bool {
    switch current.kind {
    case .endOfFile, .semicolon, .openBrace, .closeBrace: true
    default: false
    }
  }

  /// Reports the innermost open bracket and gives the expression up.
  mutating func abandonUnclosed(_ stack: inout ExpressionStack) -> Bool {
    if let bracket = stack.bracket {
      if current.kind == .endOfFile { endsTooSoon = true }
      report(.unclosedBracket(self, bracket.span, outer: stack.brackets.count - 1))
    }
    stack.isAbandoned = true
    return false
  }
}
