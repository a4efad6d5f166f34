import NNCDiagnostics
import NNCGraph
import NNCSyntax

extension NetworkBuilder {
  /// `linear I->O`, `linear ->O`, `linear O`: y = W·x + b, W of shape (O, I), b of shape (O).
  func linear(_ site: LayerSite) -> Flow? {
    guard let (from, to) = linearSizes(site) else { return nil }
    let stated = from.map { size($0, .width) }
    let outputs = size(to, .width)
    guard let outputs else { return nil }
    if let stated, stated == nil { return placeholder([outputs]) }
    guard let x = linearInput(site, from, stated ?? nil) else { return placeholder([outputs]) }
    let inputs = width(x)
    let extents = Double(inputs)
    let weight = declare(
      site, "weight", [outputs, inputs], fans: (extents, Double(outputs)), standard: nil)
    var bias: NodeID?
    let hasBias = !isWithout(site, "bias")
    if hasBias {
      bias = declare(site, "bias", [outputs], fans: (extents, Double(outputs)), standard: nil)
    }
    checkFrozen(site)
    let shape = Shape(graph.shape(x.plain).dropLast() + [outputs])
    guard let weight, bias != nil || !hasBias, shape.checkedCount != nil else {
      return placeholder(shape)
    }
    return both(x) { graph, x in
      let product = graph.linear(weight, x)
      guard let bias else { return product }
      return graph.map(.add, product, graph.spread(bias, to: graph.shape(product)))
    }
  }

  private func linearSizes(_ site: LayerSite) -> (from: ExpressionID?, to: ExpressionID)? {
    guard let operand = site.layer.operands.first else {
      report(.missingWidths(at: site.kind.span))
      return nil
    }
    if site.layer.operands.count > 1 {
      report(
        .surplusOperand(
          "linear", at: span(site.layer.operands[1]), hint: "both widths are written `2->3`"))
      return nil
    }
    switch operand {
    case .arrow(let from, let to): return (from, to)
    case .value(let to): return (nil, to)
    }
  }

  /// What flows into a `linear`, checked against the width it states; nil where that is not known.
  private func linearInput(_ site: LayerSite, _ from: ExpressionID?, _ stated: Int?) -> Flow? {
    switch state {
    case .start:
      guard let from, let stated else {
        report(.unknownWidth(at: site.span))
        return nil
      }
      setInput([stated], Origin(span: tree[from].span, text: "the input is \([stated].numbers)"))
      return inflow(site)
    case .unknown:
      return stated.map { placeholder([$0]) }
    case .known(let flow, let origin):
      let shape = graph.shape(flow.plain)
      guard let from, let stated, width(flow) != stated else { return flow }
      report(
        .widthMismatch(
          stated: stated, shape, at: tree[from].span, origin: (origin.text, origin.span)))
      return placeholder([stated])
    }
  }

  /// The same layer outside training and in training.
  func both(_ x: Flow, _ build: (inout Graph, NodeID) -> NodeID) -> Flow {
    let plain = build(&graph, x.plain)
    if x.plain == x.training { return Flow(plain: plain, training: plain) }
    return Flow(plain: plain, training: build(&graph, x.training))
  }
}
