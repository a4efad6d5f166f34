import NNCAlgebra
import NNCDiagnostics
import NNCGraph
import NNCSyntax

extension NetworkBuilder {
  /// `layernorm eps=1e-5`: (x − μ)/√(σ² + ε)·weight + bias along the last axis; weight and bias
  /// have its extent and begin as 1 and 0.
  func layernorm(_ site: LayerSite) -> Flow? {
    _ = hasNoOperands(site, hint: "the width is that of what flows in")
    guard let x = inflow(site) else { return nil }
    let width = width(x)
    let fans = (Double(width), Double(width))
    let weight = declare(site, "weight", [width], fans: fans, standard: .fill(1))
    var bias: NodeID?
    let hasBias = !isWithout(site, "bias")
    if hasBias { bias = declare(site, "bias", [width], fans: fans, standard: .fill(0)) }
    checkFrozen(site)
    let eps = site.argument("eps").map { positive($0) } ?? 1e-5
    guard let weight, let eps, !hasBias || bias != nil else {
      return placeholder(graph.shape(x.plain))
    }
    return both(x) { graph, x in
      let shape = graph.shape(x)
      let normalised = graph.normalised(x, eps: graph.constant(eps))
      let scaled = graph.map(.mul, normalised, graph.spread(weight, to: shape))
      return bias.map { graph.map(.add, scaled, graph.spread($0, to: shape)) } ?? scaled
    }
  }

  private func positive(_ argument: Argument) -> Double? {
    guard let value = number(argument, of: "layernorm") else { return nil }
    if value >= 0 { return value }
    report(
      .badValue(
        "eps", of: "layernorm", expected: "a number from 0 on", at: tree[argument.value].span))
    return nil
  }

  /// `dropout P`: in training each element is 0 with probability P, else x/(1 − P); the identity
  /// outside training.
  func dropout(_ site: LayerSite) -> Flow? {
    guard site.layer.operands.count == 1, case .value(let id) = site.layer.operands[0] else {
      report(.dropoutOperand(at: site.layer.operands.last.map { span($0) } ?? site.kind.span))
      return nil
    }
    let x = inflow(site)
    switch elaborator.numbers(id) {
    case .invalid: return x
    case .number(let probability) where probability >= 0 && probability < 1:
      guard let x, probability > 0 else { return x }
      return Flow(plain: x.plain, training: dropped(x.training, probability, site))
    default:
      report(
        .badValue("P", of: "dropout", expected: "a number from 0 on, below 1", at: tree[id].span))
      return x
    }
  }

  private func dropped(_ x: NodeID, _ probability: Double, _ site: LayerSite) -> NodeID {
    let symbol = Symbol(name: "\(site.name).noise", shape: graph.shape(x), role: .noise)
    let noise = graph.symbol(symbol)
    graph.name(noise, symbol.name)
    let (bound, zero) = (graph.constant(probability), graph.constant(0))
    let factor = graph.constant(1 / (1 - probability))
    let mask = graph.map(.select, [graph.map(.lt, noise, bound), zero, factor])
    return graph.map(.mul, x, mask)
  }
}
