import NNCDiagnostics
import NNCGraph

extension NetworkBuilder {
  /// Makes a layer of a kind of the table behind what has been made so far.
  public func layer(_ request: LayerRequest) {
    if let scan = scans.last, request.row.differsInTraining || request.row.goesThroughSteps {
      let kind = request.head.kind
      report(.differsInScan(kind.value, at: kind.span, scan: scan.span))
    }
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
    let firstNode = graph.nodes.count
    graph.begin(Site(layer: name, kind: head.kind.value))
    defer { graph.begin(nil) }
    call = nil
    guard let flow = make(name) else {
      state = .unknown
      scope.faulty.insert(name)
      if let label = head.label { scope.faulty.insert(scope.prefix + label) }
      return
    }
    let shape = graph.shape(flow.plain)
    var origin = Origin(span: outlet ?? head.span, text: "this gives \(shape.numbers)")
    let statesWidth = row?.widthAxis != nil
    var input = scope.input.map { graph.shape($0) } ?? []
    if case .known(let old, let earlier) = before {
      input = graph.shape(old.plain)
      if !statesWidth, input == shape { origin = earlier }
    }
    state = .known(flow, origin)
    layers.append(
      LayerSummary(
        name: name, kind: head.kind.value, inputShape: input, outputShape: shape,
        parameterCount: parameterCount - count,
        multiplyAdds: graph.multiplyAdds(of: flow.plain, from: firstNode), output: flow.plain,
        call: call, span: head.span))
    if let label = head.label {
      graph.name(flow.plain, name)
      graph.name(flow.training, name)
      scope.values[scope.prefix + label] = flow
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
    if case .invalid(let width) = request.operand, row.widthAxis == .last {
      return width.map { draft.placeholder([$0]) }
    }
    guard let x = inflow(request) else {
      if case .widths(_, let to) = request.operand, row.widthAxis == .last {
        return draft.placeholder([to.value])
      }
      return nil
    }
    guard let bound = checkedBound(request, x) else { return nil }
    var settings = LayerSettings()
    guard let operand = self.operand(request, x, &settings) else {
      // Only what has no say in the shape may be wrong without anything further being known.
      if case .number = row.operand { return draft.placeholder(graph.shape(x.plain)) }
      return nil
    }
    guard let keys = self.keys(request, x, &settings) else { return nil }
    let other = operand.other
    let shapes = self.shapes(request, x, operand, settings, bound)
    let shape: Shape
    do throws(LayerProblem) {
      shape = try row.shape(shapes)
    } catch {
      report(.layerProblem(error, request))
      return nil
    }
    guard shape.checkedCount != nil else {
      report(.tensorTooLarge(shape, at: request.outlet ?? request.head.span))
      return draft.placeholder([shape.last ?? 1])
    }
    let parameters = declare(request, name, shapes)
    let buffers = declareBuffers(request, name, shapes)
    guard request.isSound, operand.isSound, keys.areSound, let parameters, let buffers else {
      return draft.placeholder(shape)
    }
    let tensors = parameters.merging(buffers) { own, _ in own }
    func values(_ isTraining: Bool) -> LayerValues {
      LayerValues(
        name: name, isTraining: isTraining, x: x[isTraining], other: other?[isTraining],
        parameters: tensors, values: keys.values.mapValues { $0[isTraining] }, shapes: shapes,
        shape: shape)
    }
    func value(_ isTraining: Bool) throws(LayerProblem) -> NodeID {
      try row.formula(&graph, values(isTraining))
    }
    let flows = [x] + keys.values.values + (other.map { [$0] } ?? [])
    let differs = row.differsInTraining || flows.contains { $0.plain != $0.training }
    let flow: Flow
    do throws(LayerProblem) {
      let plain = try value(false)
      call = LayerCall(row, values(false))
      flow = Flow(plain: plain, training: differs ? try value(true) : plain)
    } catch {
      report(.layerProblem(error, request))
      return nil
    }
    assert(graph.shape(flow.plain) == shape, "`\(row.name)` states another shape than it has")
    assignBuffers(request, values(true))
    return flow
  }

  private func shapes(
    _ request: LayerRequest, _ x: Flow, _ operand: LayerOperand, _ settings: LayerSettings,
    _ bound: Int
  ) -> LayerShapes {
    var names = bound > 0 ? bound : nil
    if case .widths(let from?, _) = request.operand, names != nil { names = from.value }
    return LayerShapes(
      x: graph.shape(x.plain), width: operand.width,
      other: operand.other.map { graph.shape($0.plain) }, axis: request.row.widthAxis ?? .last,
      names: names, settings: settings)
  }

  /// The number below which what flows in is, 0 where it may be any; nil where the layer cannot take it, which has been
  /// reported.
  private func checkedBound(_ request: LayerRequest, _ x: Flow) -> Int? {
    let bound = wholeBound(x.plain)
    let kind = request.head.kind
    var origin: Diagnostic.Source = ("", nil)
    if case .known(_, let earlier) = state { origin = (earlier.text, earlier.span) }
    switch (request.row.inflow, bound) {
    case (.numbers, let bound?):
      report(.takesNumbers(kind.value, below: bound, at: kind.span, origin: origin))
      return nil
    case (.whole, nil):
      report(.takesWholeNumbers(kind.value, at: kind.span, origin: origin))
      return nil
    default: break
    }
    if case .widths(let from?, _) = request.operand, let bound, from.value < bound {
      report(.tableTooSmall(rows: from.value, below: bound, at: from.span, origin: origin))
      return nil
    }
    return bound ?? 0
  }

  /// What flows into a layer, checked against the width it states; a placeholder of that width where it does not fit.
  private func inflow(_ request: LayerRequest) -> Flow? {
    guard case .widths(let from, _) = request.operand, let axis = request.row.widthAxis else {
      return inflow(request.head.kind)
    }
    switch state {
    case .start:
      // Channels alone do not tell an image's size, nor how many whole numbers there are that of a sequence.
      if axis != .last { return inflow(request.head.kind) }
      guard let from else {
        report(.unknownWidth(at: request.head.span))
        return nil
      }
      input([from.value], span: from.span)
      return inflow(request.head.kind)
    case .unknown:
      return axis == .last ? from.map { draft.placeholder([$0.value]) } : nil
    case .known(let flow, let origin):
      let shape = graph.shape(flow.plain)
      if axis == .names { return flow }
      guard let from, axis.width(shape) != from.value else { return flow }
      // What has no channels is no image, which is said when the layer is made.
      if axis == .first, shape.count < 2 { return flow }
      report(
        .widthMismatch(
          request.head.kind.value, axis, stated: from.value, shape, at: from.span,
          origin: (origin.text, origin.span)))
      if axis == .last { return draft.placeholder([from.value]) }
      return draft.placeholder([from.value] + shape.dropFirst())
    }
  }
}

extension LayerRequest {
  /// The place that states a layer's width.
  var outlet: SourceSpan? {
    if case .widths(_, let to) = operand { to.span } else { nil }
  }

  /// The place of a key's value or, by its name in the row, of what stands without a key.
  func place(of name: String) -> SourceSpan? {
    if let given = keys[name] { return given.span }
    switch (row.operand, operand) {
    case (.sizes(let own, _, _, _), .sizes(let sizes)) where own == name: return sizes.span
    case (.number(let own, _, _, _), .number(let number)) where own == name: return number.span
    default: return outlet
    }
  }
}
