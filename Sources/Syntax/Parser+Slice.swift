import NNCDiagnostics

// `a:b:c` as an element of an index: each part may be missing, and so may the second colon.
extension Parser {
  /// Whether an index between the brackets of an element begins here, or goes on behind a colon.
  func isIndexStart(_ stack: ExpressionStack) -> Bool {
    guard let bracket = stack.bracket, bracket.kind == .index else { return false }
    return isElementStart(stack) && (bracket.slice?.bounds.count ?? 0) < 2
  }

  /// Whether a colon stands before, so that nothing more need follow.
  func isSliceOpen(_ stack: ExpressionStack) -> Bool {
    isElementStart(stack) && stack.bracket?.slice != nil
  }

  /// Passes a colon, with what stands before it.
  mutating func colon(_ stack: inout ExpressionStack, after bound: ExpressionStack.Operand?) {
    let place = stack.brackets[stack.brackets.count - 1]
    let start = bound?.extent ?? current.span
    stack.waiting[place].slice = (
      (stack.waiting[place].slice?.bounds ?? []) + [bound?.node],
      stack.waiting[place].slice?.start ?? start
    )
    advance(spacing: .tight)
    stack.wantsOperand = true
  }

  /// Makes the node of a slice, with what stands behind its last colon.
  mutating func endSlice(_ stack: inout ExpressionStack, at last: ExpressionStack.Operand?) {
    let place = stack.brackets[stack.brackets.count - 1]
    guard let slice = stack.waiting[place].slice else { return }
    stack.waiting[place].slice = nil
    let parts = slice.bounds + [last?.node]
    let end = last?.extent ?? SourceSpan(previousEnd, previousEnd)
    let extent = slice.start.union(end)
    let node = add(
      .slice(parts[0], parts[1], parts.count > 2 ? parts[2] : nil), extent,
      from: parts.compactMap { $0 }.first)
    stack.operands.append(.init(node: node, extent: extent, isIndexable: false))
    stack.wantsOperand = false
  }
}
