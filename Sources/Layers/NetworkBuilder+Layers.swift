import NNCDiagnostics
import NNCGraph

extension NetworkBuilder {
  /// Makes a layer of a kind of the table behind what has been made so far.
  public func layer(_ request: LayerRequest) {
    enter(request.head, as: newName(request.head), request.row, request.outlet) { name in
      make(request, name)
    }
  }

  /// Enters a value that was made of nodes as the output of a layer; nil where it could not be made.
  public func layer(_ head: LayerHead, made flow: () -> Flow?) {
    enter(head, as: newName(head), nil, nil) { _ in flow() }
  }

  /// What flows into a layer that has not said of its own how wide it is. Nil where nothing is known of it, which has
  /// been reported.
  func inflow(_ kind: Given<String>) -> Flow? {
    switch state {
    case .known(let flow, _): return flow
    case .unknown: return nil
    case .start:
      report(.unknownInput(kind.value, at: kind.span, width: inputOffer()))
      return nil
    }
  }

  /// Makes a layer and enters it under its names.
  private func enter(
    _ head: LayerHead, as name: String, _ row: LayerRow?, _ outlet: SourceSpan?,
    _ make: (String) -> Flow?
  ) {
    let before = state
    let count = parameterCount
    guard let flow = make(name) else {
      state = .unknown
      scope.faulty.insert(name)
      if let label = head.label { scope.faulty.insert(label) }
      return
    }
    let shape = graph.shape(flow.plain)
    var origin = Origin(span: outlet ?? head.span, text: "this gives \(shape.numbers)")
    let statesWidth = row?.statesWidth ?? false
    var input = scope.input.map { graph.shape($0) } ?? []
    if case .known(let old, let earlier) = before {
      input = graph.shape(old.plain)
      if !statesWidth, input == shape { origin = earlier }
    }
    state = .known(flow, origin)
    layers.append(
      LayerSummary(
        name: name, kind: head.kind.value, inputShape: input, outputShape: shape,
        parameterCount: parameterCount - count, output: flow.plain, span: head.span))
    if let label = head.label {
      graph.name(flow.plain, name)
      graph.name(flow.training, name)
      scope.values[label] = flow
    }
    scope.values[name] = flow
    var follows = stages.isEmpty
    if case .known(let old, _) = before { follows = old.plain == stages.last?.flow.plain }
    stages.append(
      Stage(
        begins: statesWidth, follows: follows, label: head.label == nil ? nil : name, flow: flow))
  }

  /// What flows out of a layer; nil where nothing is known of it, a placeholder where only its shape is.
  private func make(_ request: LayerRequest, _ name: String) -> Flow? {
    let row = request.row
    if case .invalid(let width) = request.operand, row.statesWidth {
      return width.map { draft.placeholder([$0]) }
    }
    guard let x = inflow(request) else {
      if case .widths(_, let to) = request.operand { return draft.placeholder([to.value]) }
      return nil
    }
    var numbers: [String: Double] = [:]
    guard let operand = self.operand(request, x, &numbers) else {
      // Only what has no say in the shape may be wrong without anything further being known.
      if case .number = row.operand { return draft.placeholder(graph.shape(x.plain)) }
      return nil
    }
    let other = operand.other
    let shapes = LayerShapes(
      x: graph.shape(x.plain), width: operand.width, other: other.map { graph.shape($0.plain) })
    let shape = row.shape(shapes)
    guard shape.checkedCount != nil else {
      report(.tensorTooLarge(shape, at: request.outlet ?? request.head.span))
      return draft.placeholder([shape.last ?? 1])
    }
    let parameters = declare(request, name, shapes)
    let keys = self.keys(request, x, &numbers)
    guard request.isSound, operand.isSound, let parameters, let keys else {
      return draft.placeholder(shape)
    }
    func value(_ isTraining: Bool) -> NodeID {
      let values = LayerValues(
        name: name, isTraining: isTraining, x: x[isTraining], other: other?[isTraining],
        parameters: parameters, numbers: numbers, values: keys.mapValues { $0[isTraining] })
      return row.formula(&graph, values)
    }
    let flows = [x] + keys.values + (other.map { [$0] } ?? [])
    let differs = row.differsInTraining || flows.contains { $0.plain != $0.training }
    let plain = value(false)
    let flow = Flow(plain: plain, training: differs ? value(true) : plain)
    assert(graph.shape(flow.plain) == shape, "`\(row.name)` states another shape than it has")
    return flow
  }

  /// What flows into a layer, checked against the width it states; a placeholder of that width where it does not fit.
  private func inflow(_ request: LayerRequest) -> Flow? {
    guard case .widths(let from, _) = request.operand else { return inflow(request.head.kind) }
    switch state {
    case .start:
      guard let from else {
        report(.unknownWidth(at: request.head.span))
        return nil
      }
      input([from.value], span: from.span)
      return inflow(request.head.kind)
    case .unknown:
      return from.map { draft.placeholder([$0.value]) }
    case .known(let flow, let origin):
      let shape = graph.shape(flow.plain)
      guard let from, (shape.last ?? 1) != from.value else { return flow }
      report(
        .widthMismatch(
          request.head.kind.value, stated: from.value, shape, at: from.span,
          origin: (origin.text, origin.span)))
      return draft.placeholder([from.value])
    }
  }

  /// What a layer is given without a key, as its row wants it; nil where it is nothing of the kind, which has been
  /// reported.
  private func operand(
    _ request: LayerRequest, _ x: Flow, _ numbers: inout [String: Double]
  ) -> (width: Int?, other: Flow?, isSound: Bool)? {
    let kind = request.head.kind
    switch (request.row.operand, request.operand) {
    case (_, .invalid): return nil
    case (.none, .none): return (nil, nil, true)
    case (.none(let hint), _):
      report(.surplusOperand(kind.value, at: kind.span, hint: hint))
      return nil
    case (.widths, .widths(_, let to)): return (to.value, nil, true)
    case (.widths, _):
      report(.missingWidths(kind.value, at: kind.span))
      return nil
    case (.number(let name, _, _, let domain), .number(let number)):
      if domain.contains(number.value) {
        numbers[name] = number.value
        return (nil, nil, true)
      }
      report(.badValue(name, of: kind.value, expected: domain.text, at: number.span))
      return nil
    case (.number(_, let meaning, let example, _), _):
      report(.missingNumber(kind.value, meaning, example, at: kind.span))
      return nil
    case (.layer(let agreement), .layer(let other)):
      let (first, second) = (graph.shape(x.plain), graph.shape(other.value.plain))
      if agreement.holds(first, second) { return (nil, other.value, true) }
      if case .known(_, let origin) = state {
        report(
          .joinMismatch(
            kind.value, first, second, agreement, at: other.span ?? request.head.span,
            origin: (origin.text, origin.span)))
      }
      // Where both had to have one shape, the result would have had it too.
      return agreement == .whole ? (nil, nil, false) : nil
    case (.layer, _):
      report(.expectedLabel(kind.value, at: kind.span))
      return nil
    }
  }

  /// The values of a layer's own keys; nil where one is wrong, which has been reported.
  private func keys(
    _ request: LayerRequest, _ x: Flow, _ numbers: inout [String: Double]
  ) -> [String: Flow]? {
    var result: [String: Flow] = [:]
    var isSound = true
    for key in request.row.ownKeys {
      let given = request.keys[key.name] ?? Given(.number(key.standard))
      switch (key.kind, given.value) {
      case (_, .invalid): isSound = false
      case (.number(let domain), .number(let number)) where domain.contains(number):
        numbers[key.name] = number
      case (.number(let domain), let value):
        var expected = "a number"
        if case .number = value { expected = domain.text }
        report(
          .badValue(key.name, of: request.head.kind.value, expected: expected, at: given.span))
        isSound = false
      case (.value, .number(let number)):
        let node = graph.constant(number)
        result[key.name] = Flow(plain: node, training: node)
      case (.value, .flow(let flow)):
        let (own, shape) = (graph.shape(flow.plain), graph.shape(x.plain))
        if own.broadcast(with: shape) == shape {
          result[key.name] = flow
        } else {
          report(.keyShape(key.name, own, shape, at: given.span))
          isSound = false
        }
      case (.value, _):
        report(
          .badValue(key.name, of: request.head.kind.value, expected: "a value", at: given.span))
        isSound = false
      }
    }
    return isSound ? result : nil
  }
}

extension LayerRequest {
  /// The place that states a layer's width.
  var outlet: SourceSpan? {
    if case .widths(_, let to) = operand { to.span } else { nil }
  }
}
