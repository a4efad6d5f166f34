import NNCAlgebra
import NNCDiagnostics
import NNCGraph
import NNCSyntax

extension NetworkBuilder {
  /// `flatten`: the same numbers under a single axis, row by row.
  func flatten(_ site: LayerSite) -> Flow? {
    tensorLayer(site) { graph, x in graph.reshape(x, to: [graph.shape(x).elementCount]) }
  }

  /// A layer of a function that takes nothing but what flows in.
  func tensorLayer(_ site: LayerSite, _ build: (inout Graph, NodeID) -> NodeID) -> Flow? {
    _ = hasNoOperands(site)
    return inflow(site).map { both($0, build) }
  }

  /// A layer of a scalar operation, element by element; its further arguments are keys.
  func elementwise(_ operation: Operation, _ site: LayerSite) -> Flow? {
    let further = operation.row.arguments.dropFirst()
    _ = hasNoOperands(site, key: further.first?.name)
    guard let x = inflow(site) else { return nil }
    let flow = forBoth(x, site.kind.span) { x in
      var operands = [x]
      for argument in further {
        guard let given = site.argument(argument.name) else {
          operands.append(graph.constant(argument.standard!))
          continue
        }
        guard let value = key(given, fitting: graph.shape(x)) else { return nil }
        operands.append(value)
      }
      return graph.elementwise(operation, operands)
    }
    return flow ?? placeholder(graph.shape(x.plain))
  }

  /// A layer of a function of the user's own; its further parameters are keys.
  func userLayer(_ definition: Definition, _ site: LayerSite) -> Flow? {
    guard let parameters = definition.parameters else {
      report(.constantAsLayer(site.kind, definition.name.span))
      return nil
    }
    let further = parameters.dropFirst()
    let isSound = checkKeys(site, further.map(\.text))
    guard hasNoOperands(site, key: further.first?.text) else { return nil }
    for parameter in further where site.argument(parameter.text) == nil {
      report(.missingKey(parameter.text, site.kind, definition.name.span))
      return nil
    }
    guard let x = inflow(site), isSound else { return nil }
    return forBoth(x, site.kind.span) { x in
      var arguments = [x]
      for parameter in further {
        let value = elaborator.evaluate(site.argument(parameter.text)!.value)
        guard let node = value.node else { return nil }
        arguments.append(node)
      }
      guard let result = elaborator.call(definition, arguments).node else { return nil }
      return graph.shape(result).isEmpty ? graph.reshape(result, to: [1]) : result
    }
  }

  /// A key's value, which may be any expression that goes with a tensor of this shape.
  private func key(_ argument: Argument, fitting shape: Shape) -> NodeID? {
    let span = tree[argument.value].span
    guard let node = elaborator.evaluate(argument.value).node else { return nil }
    let own = graph.shape(node)
    if own.broadcast(with: shape) == shape { return node }
    report(.keyShape(argument.key.text, own, shape, at: span))
    return nil
  }

  /// The same layer outside training and in training, where names mean their values there.
  private func forBoth(_ x: Flow, _ span: SourceSpan, _ build: (NodeID) -> NodeID?) -> Flow? {
    elaborator.known = [:]
    elaborator.layerSpan = span
    defer { elaborator.layerSpan = nil }
    guard let plain = build(x.plain) else { return nil }
    elaborator.isTraining = true
    defer { elaborator.isTraining = false }
    return build(x.training).map { Flow(plain: plain, training: $0) }
  }
}
