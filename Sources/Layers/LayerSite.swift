import NNCDiagnostics
import NNCGraph
import NNCSyntax

/// A layer where it stands in the source, in one round of the blocks around it.
struct LayerSite {
  /// The statement.
  let layer: Statement.Layer
  /// The layer's name: its label, or its kind and a count.
  let name: String
  /// The whole statement.
  let span: SourceSpan

  /// The kind as written.
  var kind: Identifier { layer.kind }

  /// The value of a key.
  func argument(_ key: String) -> Argument? { layer.arguments.first { $0.key.text == key } }
}

extension NetworkBuilder {
  /// A layer with a label or without.
  func visit(_ layer: Statement.Layer, _ span: SourceSpan) {
    let site = LayerSite(layer: layer, name: name(of: layer), span: span)
    let before = state
    let count = parameterCount
    guard let flow = build(site) else {
      state = .unknown
      scope.faulty.insert(site.name)
      if let label = layer.label { scope.faulty.insert(label.text) }
      return
    }
    var origin = Origin(span: outlet(layer) ?? span, text: Self.gives(graph.shape(flow.plain)))
    if case .known(let old, let earlier) = before, site.kind.text != "linear",
      graph.shape(old.plain) == graph.shape(flow.plain)
    {
      origin = earlier
    }
    state = .known(flow, origin)
    summarise(site, before, flow, parameterCount - count)
  }

  /// The place that states a layer's width.
  private func outlet(_ layer: Statement.Layer) -> SourceSpan? {
    switch layer.operands.last {
    case .arrow(_, let to): tree[to].span
    case .value(let width) where layer.kind.text == "linear": tree[width].span
    default: nil
    }
  }

  static func gives(_ shape: Shape) -> String { "this gives \(shape.numbers)" }

  /// Enters a finished layer under its names.
  private func summarise(_ site: LayerSite, _ before: State, _ flow: Flow, _ count: Int) {
    var input = scope.input.map { graph.shape($0) } ?? []
    if case .known(let old, _) = before { input = graph.shape(old.plain) }
    layers.append(
      LayerSummary(
        name: site.name, kind: site.kind.text, inputShape: input,
        outputShape: graph.shape(flow.plain), parameterCount: count, output: flow.plain,
        span: site.span))
    if let label = site.layer.label {
      graph.name(flow.plain, site.name)
      graph.name(flow.training, site.name)
      scope.values[label.text] = flow
    }
    scope.values[site.name] = flow
    stages.append(
      Stage(
        begins: site.kind.text == "linear", label: site.layer.label == nil ? nil : site.name,
        flow: flow))
  }

  private func build(_ site: LayerSite) -> Flow? {
    if let row = LayerRow(site.kind.text) {
      let areKeysSound = checkKeys(site, row.keys)
      let flow = row.build(self, site)
      return areKeysSound ? flow : flow.map { placeholder(graph.shape($0.plain)) }
    }
    if scope.faulty.contains(site.kind.text) { return nil }
    if let definition = scope.definitions[site.kind.text] {
      return userLayer(definition, site)
    }
    let like = elaborator.like(site.kind.text) {
      layerKinds + scope.definitions.values.filter { $0.parameters != nil }.map(\.name.text)
    }
    report(.unknownLayer(site, like: like))
    return nil
  }

  /// The label, numbered in a `repeat`, or the kind and how many of it there are so far.
  private func name(of layer: Statement.Layer) -> String {
    let kind = layer.kind.text
    counts[kind, default: 0] += 1
    let isRepeated = blocks.contains { if case .repeat = $0.kind { true } else { false } }
    if let label = layer.label?.text {
      return isRepeated ? numbered(label + ":", label) : label
    }
    var name = "\(kind)\(counts[kind]!)"
    while !taken.insert(name).inserted {
      counts[kind]! += 1
      name = "\(kind)\(counts[kind]!)"
    }
    return name
  }

  /// `base` and a count of its own.
  func numbered(_ counter: String, _ base: String) -> String {
    while true {
      counts[counter, default: 0] += 1
      let name = "\(base)\(counts[counter]!)"
      if taken.insert(name).inserted { return name }
    }
  }
}
