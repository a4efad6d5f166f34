import NNCDiagnostics
import NNCGraph

extension NetworkBuilder {
  /// Begins a block whose layers have names of their own: `stage1.conv1`; gives the block's name.
  func openBlock(_ head: LayerHead) -> String {
    let name = newName(head)
    scope.prefixes.append(name + ".")
    return name
  }

  /// Ends such a block, whose output has its name.
  func closeBlock(_ name: String, label: String?) {
    scope.prefixes.removeLast()
    guard case .known(let flow, _) = state else {
      scope.faulty.insert(name)
      if let label { scope.faulty.insert(scope.prefix + label) }
      return
    }
    scope.values[name] = flow
    guard let label else { return }
    graph.name(flow.plain, name)
    graph.name(flow.training, name)
    scope.values[scope.prefix + label] = flow
  }

  /// The end of `residual { … }`: the block's output plus its input.
  ///
  /// - Parameters:
  ///   - entry: what flowed into the block, or what a layer made of that.
  ///   - span: the block.
  func closeResidual(_ entry: State, _ span: SourceSpan?) {
    guard case .known(let x, let origin) = state else { return }
    let start: (flow: Flow, origin: Origin?)
    switch entry {
    case .unknown:
      state = .unknown
      return
    case .known(let flow, let origin): start = (flow, origin)
    case .start:
      guard let input = scope.input else { return }
      start = (Flow(plain: input, training: input), nil)
    }
    let (first, second) = (graph.shape(x.plain), graph.shape(start.flow.plain))
    guard first == second else {
      report(
        .residualMismatch(
          first, second, at: span, origin: (origin.text, origin.span),
          entry: start.origin.map { ($0.text, $0.span) }))
      state = .known(draft.placeholder(second), start.origin ?? origin)
      return
    }
    let name = numbered("residual", "residual")
    graph.begin(.init(layer: name, kind: "residual"))
    let sum = Flow(
      plain: graph.map(.add, x.plain, start.flow.plain),
      training: graph.map(.add, x.training, start.flow.training))
    graph.begin(nil)
    scope.values[name] = sum
    layers.append(
      LayerSummary(
        name: name, kind: "residual", inputShape: first, outputShape: first, parameterCount: 0,
        output: sum.plain, span: span))
    stages.append(Stage(begins: false, follows: true, label: nil, flow: sum))
    state = .known(sum, start.origin ?? origin)
  }
}
