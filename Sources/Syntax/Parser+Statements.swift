import NNCDiagnostics

extension Parser {
  /// Reads the whole file.
  mutating func parseFile() {
    while true {
      switch current.kind {
      case .newline, .semicolon:
        advance()
      case .closeBrace:
        closeBlock()
      case .openBrace:
        openStrayBlock()
      case .endOfFile:
        reportUnclosedBlocks()
        return
      default:
        statement()
      }
    }
  }

  /// Reads one statement, or of a block its head.
  private mutating func statement() {
    statementStart = Int(current.span.start)
    let start = current.span
    let index = tree.statements.count
    let kind = statementKind()
    if index == tree.statements.count {
      tree.statements.append(Statement(kind: kind, span: SourceSpan(0, 0)))
    } else {
      tree.statements[index].kind = kind
    }
    tree.statements[index].span = SourceSpan(Int(start.start), max(previousEnd, Int(start.end)))
    if lexer.lastHole >= statementStart, lexer.lastHole < previousEnd {
      tree.statements[index].kind = .invalid
    }
    if current.kind == .openBrace { openBlock(of: index) }
  }

  /// What the statement at the current token is; passes to its end or its `{`.
  private mutating func statementKind() -> Statement.Kind {
    if isInRule { return ruleStep() }
    if current.kind == .assign { return valueLayer(label: nil) }
    guard current.kind == .name else {
      report(.expectedStatement(self))
      skipStatement()
      return .invalid
    }
    if bytesAhead().0 == UInt8(ascii: ":") { return labelledLayer() }
    if isAssignmentAhead {
      report(.assignmentStatement(self))
      skipStatement()
      return .invalid
    }
    guard let keyword = Keyword(rawValue: text(current)) else { return layer(label: nil) }
    return statement(of: keyword)
  }

  private mutating func statement(of keyword: Keyword) -> Statement.Kind {
    if keyword != .loss, isCallAhead {
      report(.callStatement(self, keyword: keyword))
      skipStatement()
      return .invalid
    }
    let word = current.span
    advance()
    let kind: Statement.Kind
    switch keyword {
    case .network:
      guard let name = expectName("a name", for: "network") else { return .invalid }
      kind = .network(name)
    case .input:
      let isNamed = isOperandAhead && current.kind == .name && !isOfAhead
      let name = isNamed ? takeIdentifier() : nil
      guard let shape = operandValue(.input) else { return .invalid }
      var below: ExpressionID?
      if current.kind == .name, text(current) == "of" {
        _ = takeIdentifier()
        guard let bound = operandValue(.bound) else { return .invalid }
        below = bound
      }
      kind = .input(name: name, shape: shape, below: below)
    case .from:
      guard let name = expectName("an input or a label", for: "from") else { return .invalid }
      kind = .from(name)
    case .output:
      guard let first = expectName("a label", for: "output") else { return .invalid }
      var names = [first]
      while current.kind == .name, !mayStartStatement(current) { names.append(takeIdentifier()) }
      kind = .output(names)
    case .let: return letStatement()
    case .define:
      guard let name = expectName("a name", for: "define") else { return .invalid }
      var parameters: [Identifier] = []
      if current.kind == .openParenthesis {
        guard let given = self.parameters(of: name) else { return .invalid }
        parameters = given
      }
      defined.insert(name.text)
      return blockHead(.define(name: name, parameters: parameters, body: 0..<0), word)
    case .rule: return ruleHead(word)
    case .loss: kind = .loss(expression())
    case .train:
      guard let rule = expectName("an update rule", for: "train") else { return .invalid }
      return .train(rule: rule, arguments: keyedArguments(of: rule))
    case .seed:
      guard let seed = operandValue(.seed) else { return .invalid }
      kind = .seed(seed)
    case .weights:
      guard let file = operandValue(.weights) else { return .invalid }
      kind = .weights(file)
    case .repeat:
      guard let count = operandValue(.repeat) else { return .invalid }
      return blockHead(.repeat(count: count, body: 0..<0), word)
    case .param:
      guard let name = expectName("a name", for: "param"), let shape = operandValue(.param) else {
        return .invalid
      }
      return .parameter(name: name, shape: shape, arguments: keyedArguments(of: name))
    case .residual:
      guard current.kind == .name, text(current) == "via" else {
        return blockHead(.residual(via: nil, body: 0..<0), word)
      }
      advance()
      guard current.kind == .name, case .layer(let via) = layer(label: nil) else {
        if current.kind != .name { report(.expectedName(self, "a layer", for: "residual via")) }
        skipStatement()
        return .invalid
      }
      return blockHead(.residual(via: via, body: 0..<0), word)
    case .scan:
      var carried: [Argument] = []
      while current.kind == .name, isAssignmentAhead { carried.append(argument()) }
      return blockHead(.scan(carried: withoutDuplicates(carried), body: 0..<0), word)
    }
    endStatement(after: "`\(keyword.rawValue)`")
    return kind
  }
}

/// The words that begin a statement other than a layer, so that no layer is called so.
public enum Keyword: String, CaseIterable, Sendable {
  case network, input, from, output, param, `let`, define, rule, loss, train, weights, seed,
    `repeat`, residual, scan
}
