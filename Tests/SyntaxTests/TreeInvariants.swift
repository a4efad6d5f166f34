import NNCSyntax

/// What breaks the promises of `SyntaxTree`, or nil.
func violation(_ tree: SyntaxTree) -> String? {
  let count = tree.source.bytes.count
  var isUsed = [Bool](repeating: false, count: tree.expressions.count)
  for (index, expression) in tree.expressions.enumerated() {
    guard 0 <= expression.span.start, expression.span.start <= expression.span.end,
      Int(expression.span.end) <= count
    else { return "expression \(index) is outside the source" }
    let children = children(of: expression.kind)
    var next = Int(expression.first.index)
    for child in children {
      guard Int(tree[child].first.index) == next, !isUsed[Int(child.index)] else {
        return "the nodes of expression \(index) are not together"
      }
      isUsed[Int(child.index)] = true
      next = Int(child.index) + 1
    }
    if next != index { return "expression \(index) does not follow its operands" }
  }
  for (index, statement) in tree.statements.enumerated() {
    guard Int(statement.span.end) <= count else { return "statement \(index) is outside" }
    switch statement.kind {
    case .repeat(_, let body), .residual(_, let body), .scan(_, let body),
      .define(_, _, let body):
      guard body.lowerBound == index + 1, body.upperBound <= tree.statements.count else {
        return "block \(index) has the body \(body)"
      }
    default: break
    }
  }
  return nil
}

/// The operands of a node, in the order in which they were read.
private func children(of kind: Expression.Kind) -> [ExpressionID] {
  switch kind {
  case .invalid, .number, .string, .shape, .name: []
  case .unary(_, let a): [a]
  case .binary(_, let a, let b): [a, b]
  case .call(let call): (call.arguments + call.keywords.map(\.value)).sorted()
  case .index(let subject, let indices): [subject] + indices
  case .slice(let from, let to, let step): [from, to, step].compactMap { $0 }
  case .list(let elements): elements
  }
}
