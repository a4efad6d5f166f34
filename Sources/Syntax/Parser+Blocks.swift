import NNCDiagnostics

extension Parser {
  /// Looks for the `{` of a block whose head has been read.
  mutating func blockHead(_ kind: Statement.Kind, _ word: SourceSpan) -> Statement.Kind {
    if current.kind == .openBrace { return kind }
    let head = SourceSpan(Int(word.start), previousEnd)
    let found = current
    var lookahead = lexer
    var next = current
    while next.kind == .newline { next = lookahead.next() }
    if next.kind == .openBrace {
      report(.braceOnNextLine(self, next.span, head: head))
      skipNewlines()
      return kind
    }
    report(.expectedBlock(self, head: head))
    if !found.kind.endsStatement { skipStatement() }
    return current.kind == .openBrace ? kind : .invalid
  }

  /// Passes the `{` of the statement at `index`.
  mutating func openBlock(of index: Int) {
    switch tree.statements[index].kind {
    case .repeat, .residual, .scan, .define, .rule, .invalid: break
    default:
      report(.blockOfLayer(self, tree.statements[index].span))
      tree.statements[index].kind = .invalid
    }
    blocks.append(OpenBlock(statement: index, brace: current.span))
    advance()
  }

  /// Passes a `{` that belongs to no statement.
  mutating func openStrayBlock() {
    statementStart = Int(current.span.start)
    report(.strayBlock(current.span))
    let index = tree.statements.count
    tree.statements.append(Statement(kind: .invalid, span: current.span))
    openBlock(of: index)
  }

  /// Passes a `}` and gives the block its body.
  mutating func closeBlock() {
    statementStart = Int(current.span.start)
    guard let block = blocks.popLast() else {
      report(.strayCloser(self))
      advance()
      return
    }
    let span = current.span
    advance()
    setBody(of: block, end: span)
    endStatement(after: "`}`")
  }

  private mutating func setBody(of block: OpenBlock, end: SourceSpan) {
    let body = block.statement + 1..<tree.statements.count
    tree.statements[block.statement].span = tree.statements[block.statement].span.union(end)
    switch tree.statements[block.statement].kind {
    case .repeat(let count, _):
      tree.statements[block.statement].kind = .repeat(count: count, body: body)
    case .define(let name, let parameters, _):
      tree.statements[block.statement].kind = .define(
        name: name, parameters: parameters, body: body)
    case .rule(let name, let keys, _):
      tree.statements[block.statement].kind = .rule(name: name, keys: keys, body: body)
    case .residual(let via, _):
      tree.statements[block.statement].kind = .residual(via: via, body: body)
    case .scan(let carried, _):
      tree.statements[block.statement].kind = .scan(carried: carried, body: body)
    default: break
    }
  }

  /// Closes all blocks at the end of the file.
  mutating func reportUnclosedBlocks() {
    guard let innermost = blocks.last else { return }
    statementStart = Int(current.span.start)
    report(.unclosedBlock(self, innermost.brace, outer: blocks.count - 1))
    while let block = blocks.popLast() { setBody(of: block, end: current.span) }
  }
}
