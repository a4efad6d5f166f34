import NNCDiagnostics

extension Parser {
  /// Reads one expression by operator precedence, with stacks of its own.
  ///
  /// An expression that cannot be read becomes one `.invalid` node, and the rest of its statement
  /// is passed over.
  mutating func expression(allowingShape: Bool = false) -> ExpressionID {
    let start = current.span
    let firstNode = tree.expressions.count
    if allowingShape, current.kind == .shape { return atom() }
    var stack = ExpressionStack()
    while stack.wantsOperand ? operand(&stack) : operatorOrEnd(&stack) {
      if stack.waiting.count > maximumDepth {
        report(.tooDeep(current.span, maximumDepth))
        stack.isAbandoned = true
        break
      }
    }
    if !stack.isAbandoned, stack.brackets.isEmpty {
      reduce(&stack, to: 0)
      return stack.operands[0].node
    }
    tree.expressions.removeSubrange(firstNode...)
    skipStatement()
    return add(.invalid, SourceSpan(Int(start.start), max(previousEnd, Int(start.start))))
  }

  /// Adds a node whose operands, if any, are the newest nodes.
  mutating func add(
    _ kind: Expression.Kind, _ span: SourceSpan, from firstChild: ExpressionID? = nil
  ) -> ExpressionID {
    let id = ExpressionID(tree.expressions.count)
    let first = firstChild.map { tree[$0].first } ?? id
    tree.expressions.append(Expression(kind: kind, span: span, first: first))
    return id
  }

  /// Reads a number, shape, name or string.
  mutating func atom(spacing: Spacing = .loose) -> ExpressionID {
    let token = current
    let text = text(token)
    advance(spacing: spacing)
    switch token.kind {
    case .name, .dottedName: return add(.name(text), token.span)
    case .number:
      let value = Double(text) ?? Double(text + "0") ?? .infinity
      if value.isFinite { return add(.number(value), token.span) }
      report(.numberTooLarge(token.span, "the largest is about 1.8e308"))
    case .shape:
      let sizes = text.split(separator: "x").map { Int($0) }
      if !sizes.contains(nil) { return add(.shape(sizes.compactMap { $0 }), token.span) }
      report(.numberTooLarge(token.span, "the largest size is \(Int.max)"))
    case .string: return add(.string(String(text.dropFirst().dropLast())), token.span)
    default: break
    }
    return add(.invalid, token.span)
  }

  /// Takes the operators down to the index `floor` from the stack, and makes their nodes.
  mutating func reduce(_ stack: inout ExpressionStack, to floor: Int) {
    while stack.waiting.count > floor { reduceOne(&stack) }
  }

  /// Takes the last operator from the stack, and makes its node.
  mutating func reduceOne(_ stack: inout ExpressionStack) {
    let top = stack.waiting.removeLast()
    let right = stack.operands.removeLast()
    var result = right
    switch top.kind {
    case .negate:
      result.extent = top.span.union(right.extent)
      result.node = add(.unary(.negate, right.node), result.extent, from: right.node)
    case .binary(let symbol):
      let left = stack.operands.removeLast()
      result.extent = left.extent.union(right.extent)
      result.node = add(
        .binary(symbol, left.node, right.node), result.extent, from: left.node)
    case .parenthesis, .list, .index, .call:
      preconditionFailure("a bracket is closed, not reduced")
    }
    result.isIndexable = false
    result.lineStart = nil
    stack.operands.append(result)
  }
}
