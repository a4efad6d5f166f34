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
        index = visit(index)
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
    case .scan(let scan):
      blocks.removeLast()
      builder.closeScan(scan)
    case .defined(let use):
      blocks.removeLast()
      return close(use)
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

  /// Does what a statement says; gives the index to go on with.
  private func visit(_ index: Int) -> Int {
    let statement = tree.statements[index]
    visits += 1
    if visits > maximumLayers {
      report(.tooManyLayers(at: blocks.first?.span ?? statement.span))
      return tree.statements.count
    }
    switch statement.kind {
    case .invalid: builder.state = .unknown
    case .define(_, _, let body), .rule(_, _, let body):
      if let block = blocks.last {
        let word = if case .rule = statement.kind { "rule" } else { "define" }
        report(.statementInBlock(word, at: statement.span, block: block.span))
      }
      return body.upperBound
    case .assignment: break
    case .layer(let layer):
      if let block = defines[layer.kind.text] { return open(block, layer, statement, index) }
      visit(layer, statement.span)
    case .value(let label, let value): visit(label, value, statement.span)
    case .parameter(let name, let shape, let arguments):
      declare(name, shape, arguments, statement.span)
    case .repeat(let count, let body):
      // Inside of a block that is defined the count may hang on its parameters.
      let number = rounds[index] ?? size(count, .repeat) ?? 1
      open(.repeat(remaining: number), body, statement)
    case .residual(let via, let body):
      open(.residual(entry: via.map { shortcut($0, statement) } ?? builder.state), body, statement)
    case .scan(let carried, let body): return open(carried, body, statement)
    case .function, .constant: break
    case .input(let name, let shape, let below):
      if let name = inputs[index] {
        begin(name, index, statement)
      } else if isOnly(statement, "input") {
        input(shape, below, name, statement.span)
      }
    case .from(let name): goBack(to: name)
    case .output: _ = isOnly(statement, "output")
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
    return index + 1
  }

  func open(_ kind: Block.Kind, _ body: Range<Int>, _ statement: Statement) {
    // The message about a block points at its first line.
    let head = tree.source.extent(ofLine: tree.source.line(of: Int(statement.span.start)))
    let end = Swift.min(Int(statement.span.end), head.upperBound)
    blocks.append(
      Block(
        kind: kind, body: body, span: SourceSpan(Int(statement.span.start), end),
        errors: builder.diagnostics.count))
  }

  /// What the layer behind `via` makes of what flows in, which then flows on as it was.
  private func shortcut(_ via: Statement.Layer, _ statement: Statement) -> NetworkBuilder.State {
    let entry = builder.state
    visit(via, via.kind.span.union(statement.span))
    let result = builder.state
    builder.state = entry
    // The layer may have said how wide the input is.
    if case .start = entry, let input = scope.input {
      let text = "the input is \(graph.shape(input).numbers)"
      builder.state = .known(
        Flow(plain: input, training: input), .init(span: via.kind.span, text: text))
    }
    return result
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

  /// Begins the flow of one of several inputs.
  private func begin(_ name: Identifier, _ index: Int, _ statement: Statement) {
    if let block = blocks.last {
      report(.statementInBlock("input", at: statement.span, block: block.span))
    }
    if index == inputs.keys.min(), let layer = builder.layers.first {
      report(.inputAfterLayer(at: statement.span, first: layer.span))
    }
    if elaborator.isFaulty(name.text) || !builder.from(name.text) { builder.state = .unknown }
  }

  /// `from NAME`.
  private func goBack(to name: Identifier) {
    if elaborator.isFaulty(name.text) {
      builder.state = .unknown
    } else if !builder.from(name.text, span: name.span) {
      report(unknownLabel(name.text, at: name.span))
      builder.state = .unknown
    }
  }

  private func input(
    _ id: ExpressionID, _ bound: ExpressionID?, _ name: Identifier?, _ span: SourceSpan
  ) {
    if case .start = builder.state {
    } else if scope.input != nil || !builder.layers.isEmpty {
      report(.inputAfterLayer(at: span, first: builder.layers.first?.span))
      return
    }
    let below = bound.flatMap { size($0, .bound) }
    guard let shape = self.shape(id, .input), bound == nil || below != nil else {
      builder.state = .unknown
      return
    }
    let isFaulty = name.map { elaborator.isFaulty($0.text) } ?? false
    builder.input(shape, name: isFaulty ? nil : name?.text, below: below, span: tree[id].span)
  }

  /// A shape, as numbers joined by `x`; nil where it is none, which has been reported.
  func shape(_ id: ExpressionID, _ owner: SizeOwner) -> Shape? {
    let shape: Shape
    if case .shape(let sizes) = tree[id].kind {
      shape = sizes
      if let size = sizes.first(where: { $0 < 1 }) {
        report(.badSize("\(size)", owner, at: tree[id].span))
        return nil
      }
    } else {
      guard let width = size(id, owner) else { return nil }
      shape = [width]
    }
    guard shape.checkedCount != nil, shape.count <= 8 else {
      report(.shapeTooLarge(shape, owner, at: tree[id].span))
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
