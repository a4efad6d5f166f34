import NNCDiagnostics
import NNCGraph
import NNCSyntax

extension NetworkBuilder {
  /// Makes a layer's parameter; nil where what the layer says of it is wrong.
  ///
  /// - Parameters:
  ///   - fans: the numbers of inputs and outputs of one unit, for the initialiser.
  ///   - standard: the first value where the layer says nothing; nil for the initialiser's.
  func declare(
    _ site: LayerSite, _ part: String, _ shape: Shape, fans: (Double, Double), standard: Initial?
  ) -> NodeID? {
    guard let count = shape.checkedCount, parameterCount + count <= maximumCount else {
      report(.tooManyParameters(at: place(site), shape, before: parameterCount))
      return nil
    }
    guard let initial = initial(site, part, shape, fans, standard) else { return nil }
    parameterCount += count
    let name = "\(site.name).\(part)"
    let node = graph.symbol(Symbol(name: name, shape: shape, role: .parameter))
    graph.name(node, name)
    let isFrozen = frozen(site).contains(part)
    parameters.append(
      Parameter(
        node: node, name: name, shape: shape, initial: initial, isFrozen: isFrozen, span: site.span)
    )
    scope.parameters[name] = node
    if let label = site.layer.label?.text { scope.parameters["\(label).\(part)"] = node }
    if !isFrozen { scope.trained.append((name, node)) }
    if part == "weight" {
      scope.elements.append(weight: node, count: count)
    } else {
      scope.elements.append(bias: node, count: count)
    }
    return node
  }

  private func place(_ site: LayerSite) -> SourceSpan {
    site.layer.operands.first.map { span($0) } ?? site.span
  }

  /// The first values: as the layer states them, else as its initialiser chooses them.
  private func initial(
    _ site: LayerSite, _ part: String, _ shape: Shape, _ fans: (Double, Double),
    _ standard: Initial?
  ) -> Initial? {
    let initialiser = initialiser(site)
    guard let argument = site.argument(part), word(argument.value) != "yes" else {
      if let standard, site.argument("init") == nil { return standard }
      guard let initialiser else { return nil }
      let choose = part == "weight" ? initialiser.weight : initialiser.bias
      return choose(fans.0, fans.1)
    }
    switch elaborator.numbers(argument.value) {
    case .invalid: return nil
    case .number(let value): return .fill(value)
    case .tensor(let values, let actual):
      if actual == shape { return .literal(values) }
      report(
        .literalShape(
          part, of: site, expected: shape, actual: actual, at: tree[argument.value].span))
      return nil
    }
  }

  private func initialiser(_ site: LayerSite) -> Initialiser? {
    guard let argument = site.argument("init") else { return initialisers[0] }
    if let name = word(argument.value), let row = Initialiser(name) { return row }
    let text = tree.source.text(of: tree[argument.value].span)
    report(.unknownInitialiser(text, at: tree[argument.value].span))
    return nil
  }

  /// Whether a layer goes without a parameter: `bias=no`.
  func isWithout(_ site: LayerSite, _ part: String) -> Bool {
    site.argument(part).map { word($0.value) == "no" } ?? false
  }

  /// Which parameters `frozen=` names.
  private func frozen(_ site: LayerSite) -> [String] {
    switch site.argument("frozen").flatMap({ word($0.value) }) {
    case "yes": ["weight", "bias"]
    case "weight": ["weight"]
    case "bias": ["bias"]
    default: []
    }
  }

  /// Reports what `frozen=` cannot be.
  func checkFrozen(_ site: LayerSite) {
    guard let argument = site.argument("frozen") else { return }
    if ["weight", "bias", "yes", "no"].contains(word(argument.value)) { return }
    let expected = "`weight`, `bias`, `yes` or `no`"
    report(
      .badValue("frozen", of: site.kind.text, expected: expected, at: tree[argument.value].span))
  }
}
