import NNCDiagnostics
import NNCGraph
import NNCSyntax

extension NetworkReader {
  /// Reports keys that a layer does not take; whether there are none.
  func checkKeys(_ layer: Statement.Layer, _ keys: [String]) -> Bool {
    var isSound = true
    for argument in layer.arguments where !keys.contains(argument.key.text) {
      report(.unknownKey(argument.key, of: layer.kind.text, keys))
      isSound = false
    }
    return isSound
  }

  /// Whether a layer has no values without a key; reports them if it has.
  ///
  /// - Parameter key: the key that a value without one was probably meant for.
  func hasNoOperands(_ layer: Statement.Layer, key: String? = nil, hint: String? = nil) -> Bool {
    guard let first = layer.operands.first else { return true }
    var diagnostic = Diagnostic.surplusOperand(layer.kind.text, at: span(first), hint: hint)
    if let key, case .value = first {
      let start = SourceSpan(Int(span(first).start), Int(span(first).start))
      diagnostic.primary.text = "expected a key before it"
      diagnostic.fixes = [
        .init(
          "write `\(key)=\(tree.source.text(of: span(first)))`", replace: start, with: key + "=")
      ]
    }
    report(diagnostic)
    return false
  }

  /// Where a value without a key stands.
  func span(_ operand: Statement.Operand) -> SourceSpan {
    switch operand {
    case .value(let id): tree[id].span
    case .arrow(let from, let to):
      from.map { tree[$0].span.union(tree[to].span) } ?? tree[to].span
    }
  }

  /// The name that a value is, such as `yes`.
  func word(_ id: ExpressionID) -> String? {
    guard case .name(let name) = tree[id].kind else { return nil }
    return name
  }

  /// A number that must be known now; nil where it is none, which has been reported.
  func number(_ argument: Argument, of owner: String) -> Double? {
    switch elaborator.numbers(argument.value) {
    case .invalid: return nil
    case .number(let value): return value
    case .tensor:
      report(
        .badValue(argument.key.text, of: owner, expected: "a number", at: tree[argument.value].span)
      )
      return nil
    }
  }

  /// What a key of a layer is given.
  func value(_ argument: Argument, _ row: LayerRow, _ head: LayerHead) -> LayerRequest.Value {
    let name = argument.key.text
    if let parameter = row.parameters.first(where: { $0.name == name }) {
      return beginning(argument, parameter)
    }
    guard let key = row.ownKeys.first(where: { $0.name == name }) else {
      return .word(word(argument.value) ?? tree.source.text(of: tree[argument.value].span))
    }
    switch key.kind {
    case .number: return numbers(argument.value)
    case .word:
      return .word(word(argument.value) ?? tree.source.text(of: tree[argument.value].span))
    case .sizes(_, _, let words):
      if let word = word(argument.value), !words.isEmpty, isNoName(word) { return .word(word) }
      return sizes(argument.value)
    case .value, .tensor:
      let flow = forBoth(head.kind.span!) { _ in elaborator.evaluate(argument.value).node }
      return flow.map { .flow($0) } ?? .invalid
    }
  }

  /// How a parameter begins: `yes`, `no`, numbers, or the name of an earlier parameter, which is shared.
  private func beginning(_ argument: Argument, _ row: ParameterRow) -> LayerRequest.Value {
    guard let word = word(argument.value) else { return numbers(argument.value) }
    if word == "yes" || word == "no" && row.isOptional { return .word(word) }
    if scope.definitions[word] != nil || elaborator.isFaulty(word) {
      return numbers(argument.value)
    }
    if let known = scope.find(word, in: scope.parameters) { return .parameter(known.name) }
    guard let dot = word.lastIndex(of: ".") else { return numbers(argument.value) }
    let span = tree[argument.value].span
    if let place = labels[String(word[..<dot])], builder.output(of: String(word[..<dot])) == nil {
      report(.laterParameter(word, at: span, definition: place))
    } else {
      let like = elaborator.like(word) { Array(scope.parameters.keys) }
      report(.unknownParameter(word, like: like, at: span))
    }
    return .invalid
  }

  /// Whether a word means nothing in expressions.
  private func isNoName(_ word: String) -> Bool {
    scope.definitions[word] == nil && !elaborator.isFaulty(word)
  }

  /// `3x5`, or numbers.
  func sizes(_ id: ExpressionID) -> LayerRequest.Value {
    if case .shape(let sizes) = tree[id].kind { return .sizes(sizes) }
    return numbers(id)
  }

  func numbers(_ id: ExpressionID) -> LayerRequest.Value {
    switch elaborator.numbers(id) {
    case .invalid: .invalid
    case .number(let value): .number(value)
    case .tensor(let values, let shape): .tensor(values, shape)
    }
  }
}
