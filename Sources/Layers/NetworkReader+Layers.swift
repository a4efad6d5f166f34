import NNCDiagnostics
import NNCGraph
import NNCSyntax

extension NetworkReader {
  /// A layer with a label or without.
  func visit(_ layer: Statement.Layer, _ span: SourceSpan) {
    let head = LayerHead(
      Given(layer.kind.text, layer.kind.span), label: layer.label?.text, isNumbered: isRepeated,
      span: span)
    if let row = LayerRow(layer.kind.text), scope.definitions[layer.kind.text] == nil {
      builder.layer(request(head, row, layer))
    } else {
      builder.layer(head) { value(of: layer, head) }
    }
  }

  /// A layer of a kind of the table: what stands in the source, as values.
  private func request(
    _ head: LayerHead, _ row: LayerRow, _ layer: Statement.Layer
  ) -> LayerRequest {
    var request = LayerRequest(head, row, operand: operand(row, layer))
    request.isSound = checkKeys(layer, row.keys)
    for argument in layer.arguments where row.keys.contains(argument.key.text) {
      let span = tree[argument.value].span
      request.keys[argument.key.text] = Given(value(argument, row, head), span)
    }
    return request
  }

  /// What stands behind the kind without a key.
  private func operand(_ row: LayerRow, _ layer: Statement.Layer) -> LayerRequest.Operand {
    let operands = layer.operands
    switch row.operand {
    case .none(let hint):
      let key = row.ownKeys.first.flatMap { if case .value = $0.kind { $0.name } else { nil } }
      _ = hasNoOperands(layer, key: key, hint: hint)
      return .none
    case .widths: return widths(layer)
    case .number(_, let meaning, let example, _):
      guard operands.count == 1, case .value(let id) = operands[0] else {
        report(
          .missingNumber(
            layer.kind.text, meaning, example, at: operands.last.map { span($0) } ?? layer.kind.span
          ))
        return .invalid(width: nil)
      }
      switch elaborator.numbers(id) {
      case .invalid: return .invalid(width: nil)
      case .number(let value): return .number(Given(value, tree[id].span))
      case .tensor: return .number(Given(.nan, tree[id].span))
      }
    case .word:
      guard let first = operands.first else { return .none }
      guard operands.count == 1, case .value(let id) = first, case .name(let word) = tree[id].kind
      else { return .word(Given("", span(first))) }
      return .word(Given(word, tree[id].span))
    case .sizes(_, let meaning, let example, _):
      guard operands.count == 1, case .value(let id) = operands[0] else {
        report(
          .missingSizes(
            layer.kind.text, meaning, example, at: operands.last.map { span($0) } ?? layer.kind.span
          ))
        return .invalid(width: nil)
      }
      switch sizes(id) {
      case .sizes(let sizes): return .sizes(Given(sizes, tree[id].span))
      case .number(let value):
        return .sizes(Given(Int(exactly: value).map { [$0] } ?? [], tree[id].span))
      case .tensor(let values, _):
        return .sizes(Given(values.compactMap { Int(exactly: $0) }, tree[id].span))
      default: return .invalid(width: nil)
      }
    case .layer:
      guard operands.count == 1, case .value(let id) = operands[0], let label = word(id) else {
        let place = operands.last.map { span($0) } ?? layer.kind.span
        report(.expectedLabel(layer.kind.text, at: place))
        return .invalid(width: nil)
      }
      if elaborator.isFaulty(label) { return .invalid(width: nil) }
      guard let other = builder.output(of: label) else {
        report(unknownLabel(label, at: tree[id].span))
        return .invalid(width: nil)
      }
      return .layer(Given(other, tree[id].span))
    }
  }

  /// `I->O`, `->O` or `O`.
  private func widths(_ layer: Statement.Layer) -> LayerRequest.Operand {
    guard let operand = layer.operands.first else {
      report(.missingWidths(layer.kind.text, at: layer.kind.span))
      return .invalid(width: nil)
    }
    if layer.operands.count > 1 {
      report(
        .surplusOperand(
          layer.kind.text, at: span(layer.operands[1]), hint: "both widths are written `2->3`"))
      return .invalid(width: nil)
    }
    let (from, to): (ExpressionID?, ExpressionID) =
      switch operand {
      case .arrow(let from, let to): (from, to)
      case .value(let to): (nil, to)
      }
    let stated = from.map { size($0, .width) }
    guard let outputs = size(to, .width) else { return .invalid(width: nil) }
    if let stated, stated == nil { return .invalid(width: outputs) }
    let inputs = (stated ?? nil).map { Given($0, tree[from!].span) }
    return .widths(from: inputs, to: Given(outputs, tree[to].span))
  }

  func unknownLabel(_ label: String, at span: SourceSpan) -> Diagnostic {
    if let place = labels[label] { return .laterLabel(label, at: span, definition: place) }
    let like = elaborator.like(label) { Array(labels.keys) }
    return .unknownLabel(label, like: like, at: span)
  }

  /// What a layer gives that is a function of the user's own; nil where it is none, which has been reported.
  private func value(of layer: Statement.Layer, _ head: LayerHead) -> Flow? {
    if scope.faulty.contains(layer.kind.text) { return nil }
    if let definition = scope.definitions[layer.kind.text] {
      return value(of: definition, layer, head)
    }
    let like = elaborator.like(layer.kind.text) {
      layerKinds + scope.definitions.values.filter { $0.parameters != nil }.map(\.name.text)
    }
    report(.unknownLayer(layer, like: like))
    return nil
  }

  /// A layer of a function of the user's own; its further parameters are keys.
  private func value(
    of definition: Definition, _ layer: Statement.Layer, _ head: LayerHead
  ) -> Flow? {
    guard let parameters = definition.parameters else {
      report(.constantAsLayer(layer.kind, definition.name.span))
      return nil
    }
    let further = parameters.dropFirst()
    let isSound = checkKeys(layer, further.map(\.text))
    guard hasNoOperands(layer, key: further.first?.text) else { return nil }
    for parameter in further where layer.argument(parameter.text) == nil {
      report(.missingKey(parameter.text, layer.kind, definition.name.span))
      return nil
    }
    guard let x = builder.inflow(head.kind), isSound else { return nil }
    return forBoth(layer.kind.span) { isTraining in
      var arguments = [x[isTraining]]
      for parameter in further {
        let value = elaborator.evaluate(layer.argument(parameter.text)!.value)
        guard let node = value.node else { return nil }
        arguments.append(node)
      }
      guard let result = elaborator.call(definition, arguments).node else { return nil }
      return graph.shape(result).isEmpty ? graph.reshape(result, to: [1]) : result
    }
  }

  /// A value outside training and in training, where names mean their values there.
  func forBoth(_ span: SourceSpan, _ value: (_ isTraining: Bool) -> NodeID?) -> Flow? {
    elaborator.known = [:]
    elaborator.layerSpan = span
    defer { elaborator.layerSpan = nil }
    guard let plain = value(false) else { return nil }
    elaborator.isTraining = true
    defer { elaborator.isTraining = false }
    return value(true).map { Flow(plain: plain, training: $0) }
  }
}

extension Statement.Layer {
  /// The value of a key.
  func argument(_ key: String) -> Argument? { arguments.first { $0.key.text == key } }
}
