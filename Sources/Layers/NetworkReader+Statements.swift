import NNCDiagnostics
import NNCGraph
import NNCSyntax

extension NetworkReader {
  /// Goes through the statements in order, and through the bodies of `repeat` as often as they
  /// are to be run.
  func run() {
    var index = 0
    while true {
      if builder.draft.isExhausted { return }
      if let block = blocks.last, block.body.upperBound == index {
        index = close(block)
      } else if index < tree.statements.count {
        visit(index)
        index += 1
      } else {
        return
      }
    }
  }

  /// Ends a block, or begins its next round; gives the index to go on with.
  private func close(_ block: Block) -> Int {
    switch block.kind {
    case .residual(let entry):
      blocks.removeLast()
      builder.closeResidual(entry, block.span)
    case .repeat(let remaining):
      blocks.removeLast()
      let isSound = builder.diagnostics.count == block.errors
      if remaining > 1, isSound, !block.body.isEmpty {
        let next = Block(
          kind: .repeat(remaining: remaining - 1), body: block.body, span: block.span,
          errors: block.errors)
        blocks.append(next)
        return block.body.lowerBound
      }
    }
    return block.body.upperBound
  }

  private func visit(_ index: Int) {
    let statement = tree.statements[index]
    switch statement.kind {
    case .invalid: builder.state = .unknown
    case .layer(let layer): visit(layer, statement.span)
    case .repeat(_, let body): open(.repeat(remaining: rounds[index] ?? 1), body, statement)
    case .residual(let body): open(.residual(entry: builder.state), body, statement)
    case .function, .constant: break
    case .input(let shape):
      guard isOnly(statement, "input") else { return }
      input(shape, statement.span)
    case .network(let identifier):
      if isOnly(statement, "network") { builder.name = identifier.text }
    case .seed(let value):
      if isOnly(statement, "seed"), let number = wholeSeed(value) { builder.seed = number }
    case .weights(let id):
      if isOnly(statement, "weights"), case .string(let file) = tree[id].kind {
        builder.weights = WeightsStatement(file: file, span: tree[id].span)
      }
    case .loss: _ = isOnly(statement, "loss")
    case .train: _ = isOnly(statement, "train")
    }
  }

  private func open(_ kind: Block.Kind, _ body: Range<Int>, _ statement: Statement) {
    // The message about a block points at its first line.
    let head = tree.source.extent(ofLine: tree.source.line(of: Int(statement.span.start)))
    let end = Swift.min(Int(statement.span.end), head.upperBound)
    blocks.append(
      Block(
        kind: kind, body: body, span: SourceSpan(Int(statement.span.start), end),
        errors: builder.diagnostics.count))
  }

  /// Whether this is the first such statement, outside every block.
  private func isOnly(_ statement: Statement, _ word: String) -> Bool {
    if let first = only[word], first.span != statement.span {
      report(.secondStatement(word, at: statement.span, first: first.span))
      return false
    }
    if let block = blocks.last {
      report(.statementInBlock(word, at: statement.span, block: block.span))
    }
    only[word] = statement
    return true
  }

  private func input(_ id: ExpressionID, _ span: SourceSpan) {
    if case .start = builder.state {
    } else if scope.input != nil || !builder.layers.isEmpty {
      report(.inputAfterLayer(at: span, first: builder.layers.first?.span))
      return
    }
    guard let shape = inputShape(id) else {
      builder.state = .unknown
      return
    }
    builder.input(shape, span: tree[id].span)
  }

  private func inputShape(_ id: ExpressionID) -> Shape? {
    let shape: Shape
    if case .shape(let sizes) = tree[id].kind {
      shape = sizes
      if let size = sizes.first(where: { $0 < 1 }) {
        report(.badSize("\(size)", .input, at: tree[id].span))
        return nil
      }
    } else {
      guard let width = size(id, .input) else { return nil }
      shape = [width]
    }
    guard shape.checkedCount != nil, shape.count <= 8 else {
      report(.inputTooLarge(shape, at: tree[id].span))
      return nil
    }
    return shape
  }

  private func wholeSeed(_ id: ExpressionID) -> UInt64? {
    if let seed = tree.integer(id) { return seed }
    switch elaborator.numbers(id) {
    case .invalid: return nil
    case .number(let value):
      if let seed = UInt64(exactly: value), value < 0x1p53 { return seed }
    case .tensor: break
    }
    report(.badSeed(at: tree[id].span))
    return nil
  }
}
