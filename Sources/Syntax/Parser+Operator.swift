import NNCDiagnostics

extension Parser {
  /// Reads what may stand after an operand; false where the expression ends.
  mutating func operatorOrEnd(_ stack: inout ExpressionStack) -> Bool {
    let kind = current.kind
    if let symbol = kind.binaryOperator {
      binary(symbol, &stack)
      return true
    }
    switch kind {
    case .openBracket where stack.operands.last?.isIndexable == true:
      open(.index, &stack)
      return true
    case .colon
    where stack.bracket?.kind == .index && (stack.bracket?.slice?.bounds.count ?? 0) < 2:
      reduce(&stack, to: stack.brackets[stack.brackets.count - 1] + 1)
      let bound = stack.operands.removeLast()
      colon(&stack, after: bound)
      return true
    case .comma:
      guard let bracket = stack.brackets.last else { return false }
      reduce(&stack, to: bracket + 1)
      if stack.waiting[bracket].slice != nil { endSlice(&stack, at: stack.operands.removeLast()) }
      if stack.waiting[bracket].kind == .parenthesis {
        report(.tuple(current.span, open: stack.waiting[bracket].span))
        stack.waiting[bracket].kind = .call
        stack.waiting[bracket].function = Identifier("", at: stack.waiting[bracket].span)
      }
      stack.waiting[bracket].isKeyed = false
      advance(spacing: .tightBefore)
      stack.wantsOperand = true
      return true
    case .closeParenthesis, .closeBracket:
      guard let bracket = stack.bracket else { return false }
      if bracket.closer != kind {
        report(.mismatchedBracket(self, bracket.span))
      }
      if bracket.slice != nil {
        reduce(&stack, to: stack.brackets[stack.brackets.count - 1] + 1)
        endSlice(&stack, at: stack.operands.removeLast())
      }
      close(&stack)
      return true
    default:
      return stack.brackets.isEmpty ? false : unexpectedInBrackets(&stack)
    }
  }

  /// Passes an operator of two operands, once those that bind tighter have their nodes.
  private mutating func binary(_ symbol: BinaryOperator, _ stack: inout ExpressionStack) {
    let floor = stack.brackets.last.map { $0 + 1 } ?? 0
    while stack.waiting.count > floor {
      switch stack.waiting[stack.waiting.count - 1].kind {
      case .negate:
        if symbol == .power { break }
        reduceOne(&stack)
        continue
      case .binary(let other):
        if symbol.isComparison, other.isComparison {
          report(.chainedComparison(self, stack.waiting[stack.waiting.count - 1].span))
        }
        let binds =
          other.precedence > symbol.precedence
          || other.precedence == symbol.precedence && symbol != .power
        if binds {
          reduceOne(&stack)
          continue
        }
      default: break
      }
      break
    }
    stack.waiting.append(.init(kind: .binary(symbol), span: current.span))
    advance(spacing: spacing(of: symbol))
    stack.wantsOperand = true
  }

  /// `^` stands close, `*` and `/` as the user wrote them, the others apart.
  private func spacing(of symbol: BinaryOperator) -> Spacing {
    func isBlank(_ i: Int) -> Bool {
      guard lexer.bytes.indices.contains(i) else { return false }
      return lexer.bytes[i] == 0x20 || (0x09...0x0D).contains(lexer.bytes[i])
    }
    switch symbol {
    case .power: return .tight
    case .multiply, .divide:
      let span = current.span
      return isBlank(Int(span.start) - 1) && isBlank(Int(span.end)) ? .loose : .tight
    default: return .loose
    }
  }

  /// Passes a closing bracket and makes the node of what it closes.
  mutating func close(_ stack: inout ExpressionStack) {
    let index = stack.brackets.removeLast()
    reduce(&stack, to: index + 1)
    let bracket = stack.waiting.removeLast()
    bracketDepth -= 1
    let end = current.span
    advance(spacing: .tightBefore)
    if bracket.kind == .parenthesis {
      stack.operands[stack.operands.count - 1].extent = bracket.span.union(end)
      stack.operands[stack.operands.count - 1].isIndexable = true
      stack.operands[stack.operands.count - 1].lineStart = nil
      return
    }
    let elements = stack.operands[bracket.base...].map(\.node)
    stack.operands.removeSubrange(bracket.base...)
    var extent = bracket.span.union(end)
    var firstChild = elements.first
    let kind: Expression.Kind
    switch bracket.kind {
    case .index:
      let subject = stack.operands.removeLast()
      extent = subject.extent.union(end)
      firstChild = subject.node
      kind = .index(subject.node, elements)
    case .call:
      let function = bracket.function ?? Identifier("", at: bracket.span)
      extent = function.span.union(end)
      kind = call(function, elements, &stack, bracket)
    default:
      kind = .list(elements)
    }
    if kind == .invalid, let child = firstChild {
      tree.expressions.removeSubrange(Int(tree[child].first.index)...)
      firstChild = nil
    }
    let node = add(kind, extent, from: firstChild)
    stack.operands.append(
      .init(node: node, extent: extent, isIndexable: bracket.kind != .list))
    stack.wantsOperand = false
  }
}
