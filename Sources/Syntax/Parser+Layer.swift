import NNCDiagnostics

extension Parser {
  /// `LABEL: LAYER …`
  mutating func labelledLayer() -> Statement.Kind {
    let label = takeIdentifier()
    let colon = current.span
    advance(spacing: .tightBefore)
    if current.kind == .assign { return valueLayer(label: label) }
    guard current.kind == .name else {
      report(.expectedLayer(self, label: label))
      skipStatement()
      return .invalid
    }
    if bytesAhead().0 == UInt8(ascii: ":") {
      report(.twoLabels(self, label: label, colon: colon))
      return labelledLayer()
    }
    if let keyword = Keyword(rawValue: text(current)) {
      report(.labelledKeyword(self, keyword, label: label))
      skipStatement()
      return .invalid
    }
    return layer(label: label)
  }

  /// `= EXPR`
  mutating func valueLayer(label: Identifier?) -> Statement.Kind {
    advance(spacing: .aligned)
    let value = expression()
    endStatement(after: "the layer")
    return .value(label: label, value: value)
  }

  /// `NAME(32, 2)`, of a block that was defined before.
  private mutating func blockCall(label: Identifier?) -> Statement.Kind {
    let kind = Identifier(text(current), at: current.span)
    let call = expression()
    endStatement(after: "`\(kind.text)`")
    return .layer(
      Statement.Layer(label: label, kind: kind, operands: [.value(call)], arguments: []))
  }

  /// `KIND operands… key=value…`
  mutating func layer(label: Identifier?) -> Statement.Kind {
    if isCallAhead, defined.contains(text(current)) { return blockCall(label: label) }
    if isCallAhead {
      report(.callStatement(self, keyword: nil))
      skipStatement()
      return .invalid
    }
    var layer = Statement.Layer(
      label: label, kind: takeIdentifier(), operands: [], arguments: [])
    while !current.kind.endsStatement, current.kind != .openBrace {
      if current.kind == .name, isAssignmentAhead {
        layer.arguments.append(argument())
        if mayStartStatement(current) { break }
        continue
      }
      let start = current.span
      let isFirst = layer.operands.isEmpty
      guard let operand = layerOperand(layer.kind, isFirst) else { return .invalid }
      if let last = layer.arguments.last {
        let place = SourceSpan(Int(start.start), previousEnd)
        report(.operandAfterArgument(self, place, last.key))
      }
      layer.operands.append(operand)
    }
    layer.arguments = withoutDuplicates(layer.arguments)
    return .layer(layer)
  }

  /// `key=value`, or `key=1,2` and `key=(1, 2)` for `key=[1, 2]`.
  mutating func argument() -> Argument {
    let key = takeIdentifier(spacing: .aligned)
    advance(spacing: .tight)
    if isTupleAhead { return Argument(key: key, value: tuple()) }
    return Argument(key: key, value: numberList(expression(allowingShape: true)))
  }

  /// A list of a first value and the numbers that follow it behind commas; the value alone where none does.
  private mutating func numberList(_ first: ExpressionID) -> ExpressionID {
    var elements = [first]
    while current.kind == .comma, isNumberAhead {
      advance(spacing: .tight)
      elements.append(atom())
    }
    if elements.count == 1 { return first }
    return add(.list(elements), tree[first].span.union(tree[elements.last!].span), from: first)
  }

  /// Whether the current token opens `(NUMBER, …`.
  private var isTupleAhead: Bool {
    guard current.kind == .openParenthesis else { return false }
    var lookahead = lexer
    func next() -> TokenKind {
      var token = lookahead.next()
      while token.kind == .newline { token = lookahead.next() }
      return token.kind
    }
    let first = next()
    return (first == .minus ? next() : first) == .number && next() == .comma
  }

  /// `(1, 2)`, as Python writes several numbers.
  private mutating func tuple() -> ExpressionID {
    let open = current.span
    var elements: [ExpressionID] = []
    bracketDepth += 1
    advance(spacing: .tightAfter)
    while [.number, .minus, .name].contains(current.kind),
      let element = operandValue(.ruleKey)
    {
      elements.append(element)
      guard current.kind == .comma else { break }
      advance(spacing: .tightBefore)
    }
    guard current.kind == .closeParenthesis else {
      report(.unclosedBracket(self, open, outer: 0))
      skipStatement()
      return add(.invalid, SourceSpan(Int(open.start), previousEnd))
    }
    bracketDepth -= 1
    let span = open.union(current.span)
    advance(spacing: .aligned)
    return add(.list(elements), span, from: elements[0])
  }

  /// Whether a number comes next.
  private var isNumberAhead: Bool {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let (first, second) = bytesAhead()
    return digits.contains(first == UInt8(ascii: ".") ? second : first)
  }

  /// `key=value…` up to the end of the statement.
  mutating func keyedArguments(of rule: Identifier) -> [Argument] {
    var arguments: [Argument] = []
    while current.kind == .name, isAssignmentAhead, !mayStartStatement(current) {
      arguments.append(argument())
    }
    if !current.kind.endsStatement, !mayStartStatement(current) {
      report(.expectedArgument(self, after: rule))
      skipStatement()
    }
    return withoutDuplicates(arguments)
  }

  /// `VALUE`, `1,2` for `[1, 2]`, or as the first operand `WIDTH->WIDTH` or `->WIDTH`.
  private mutating func layerOperand(
    _ kind: Identifier, _ isFirst: Bool
  ) -> Statement.Operand? {
    if current.kind == .arrow, isFirst {
      advance(spacing: .alignedTightAfter)
      return operandValue(.arrow).map { .arrow(from: nil, to: $0) }
    }
    let isWidth = current.kind == .minus || isAllowed(current.kind, in: .arrow)
    guard let first = operandValue(.layer(kind)) else { return nil }
    var value = first
    if case .number = tree[first].kind { value = numberList(first) }
    guard current.kind == .arrow, isFirst, isWidth else { return .value(value) }
    advance(spacing: .tight)
    return operandValue(.arrow).map { .arrow(from: value, to: $0) }
  }

  /// What a value without a key belongs to.
  enum OperandPlace {
    case input, bound, param, seed, weights, `repeat`, arrow, ruleKey
    case layer(Identifier)
  }

  /// `-…`, and a number, shape, name or string; nil after a report and to the statement's end.
  mutating func operandValue(_ place: OperandPlace) -> ExpressionID? {
    let spacing: Spacing = if case .layer = place { .aligned } else { .loose }
    let minus = current
    let isNegative = current.kind == .minus
    if isNegative { advance(spacing: spacing == .aligned ? .alignedTightAfter : .tightAfter) }
    guard current.kind.isAtom, isAllowed(current.kind, in: place) else {
      report(.expectedOperand(self, place))
      skipStatement()
      return nil
    }
    let value = atom(spacing: isNegative ? .loose : spacing)
    guard isNegative else { return value }
    return add(.unary(.negate, value), minus.span.union(tree[value].span), from: value)
  }

  private func isAllowed(_ kind: TokenKind, in place: OperandPlace) -> Bool {
    switch (place, kind) {
    case (.weights, _): kind == .string && !previousIsMinus
    case (_, .number), (_, .name), (_, .badNumber): true
    case (.layer, _): true
    case (.input, .shape), (.param, .shape): true
    default: false
    }
  }
}
