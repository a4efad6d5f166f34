import NNCDiagnostics
import NNCGraph
import NNCSyntax

extension NetworkBuilder {
  /// `add LABEL`: the sum of what flows in and an earlier layer's output, of one shape.
  func add(_ site: LayerSite) -> Flow? {
    guard let (x, other) = joined(site) else { return nil }
    let (first, second) = (graph.shape(x.plain), graph.shape(other.plain))
    guard first == second else {
      reportJoin(site, first, second)
      return x
    }
    return join(x, other) { graph, a, b in graph.map(.add, a, b) }
  }

  /// `concat LABEL`: an earlier layer's output behind what flows in, along the last axis.
  func concat(_ site: LayerSite) -> Flow? {
    guard let (x, other) = joined(site) else { return nil }
    let (first, second) = (graph.shape(x.plain), graph.shape(other.plain))
    guard !first.isEmpty, first.dropLast() == second.dropLast(),
      (first.dropLast() + [first.last! + second.last!]).checkedCount != nil
    else {
      reportJoin(site, first, second)
      return nil
    }
    return join(x, other) { graph, a, b in graph.concat(a, b, axis: first.count - 1) }
  }

  private func join(_ x: Flow, _ other: Flow, _ build: (inout Graph, NodeID, NodeID) -> NodeID)
    -> Flow
  {
    let plain = build(&graph, x.plain, other.plain)
    if x.plain == x.training, other.plain == other.training {
      return Flow(plain: plain, training: plain)
    }
    return Flow(plain: plain, training: build(&graph, x.training, other.training))
  }

  /// What flows in, and the output of the layer that the operand names.
  private func joined(_ site: LayerSite) -> (Flow, Flow)? {
    let kind = site.kind.text
    guard site.layer.operands.count == 1, case .value(let id) = site.layer.operands[0],
      let label = word(id)
    else {
      let place = site.layer.operands.last.map { span($0) } ?? site.kind.span
      report(.expectedLabel(kind, at: place))
      return nil
    }
    let x = inflow(site)
    if elaborator.isFaulty(label) { return nil }
    if label == "x", let input = scope.input {
      return x.map { ($0, Flow(plain: input, training: input)) }
    }
    guard let other = scope.values[label] else {
      report(unknownLabel(label, at: tree[id].span))
      return nil
    }
    return x.map { ($0, other) }
  }

  private func unknownLabel(_ label: String, at span: SourceSpan) -> Diagnostic {
    if let place = labels[label] { return .laterLabel(label, at: span, definition: place) }
    let like = elaborator.like(label) { Array(labels.keys) }
    return .unknownLabel(label, like: like, at: span)
  }

  private func reportJoin(_ site: LayerSite, _ first: Shape, _ second: Shape) {
    guard case .known(_, let origin) = state else { return }
    report(
      .joinMismatch(
        site.kind.text, first, second, at: site.layer.operands.first.map { span($0) } ?? site.span,
        origin: (origin.text, origin.span)))
  }

  /// The end of `residual { … }`: the block's output plus its input.
  func closeResidual(_ entry: State, _ block: SourceSpan) {
    guard case .known(let x, let origin) = state else { return }
    let start: (flow: Flow, origin: Origin?)
    switch entry {
    case .unknown: return
    case .known(let flow, let origin): start = (flow, origin)
    case .start:
      guard let input = scope.input else { return }
      start = (Flow(plain: input, training: input), nil)
    }
    let (first, second) = (graph.shape(x.plain), graph.shape(start.flow.plain))
    guard first == second else {
      report(
        .residualMismatch(
          first, second, at: block, origin: (origin.text, origin.span),
          entry: start.origin.map { ($0.text, $0.span) }))
      state = .known(placeholder(second), start.origin ?? origin)
      return
    }
    let sum = join(x, start.flow) { graph, a, b in graph.map(.add, a, b) }
    let name = numbered("residual", "residual")
    scope.values[name] = sum
    layers.append(
      LayerSummary(
        name: name, kind: "residual", inputShape: first, outputShape: first, parameterCount: 0,
        output: sum.plain, span: block))
    stages.append(Stage(begins: false, label: nil, flow: sum))
    state = .known(sum, start.origin ?? origin)
  }
}
