import NNCAlgebra
import NNCDiagnostics
import NNCGraph

extension Elaborator {
  /// The loss of the network's output and target.
  func bare(_ loss: Loss, _ span: SourceSpan) -> Value {
    guard let y = network("y"), let t = network("t") else {
      report(.notYetKnown(loss.name, at: span))
      return .invalid
    }
    let further = loss.arguments.map {
      GivenArgument(node: graph.constant($0.standard), span: span)
    }
    let both = [GivenArgument(node: y, span: span), GivenArgument(node: t, span: span)]
    return value(of: loss, both + further, span)
  }

  /// A loss of given arguments; the first two are of one shape.
  func value(of loss: Loss, _ given: [GivenArgument], _ span: SourceSpan) -> Value {
    let (y, t) = (given[0].node!, given[1].node!)
    let isOfClasses = graph.symbol(t)?.isWhole == true && loss.ofClasses != nil
    let wanted = isOfClasses ? Array(graph.shape(y).dropLast()) : graph.shape(y)
    guard wanted == graph.shape(t) else {
      report(
        .shapesDisagree(
          loss.name, [(graph.shape(y), given[0].span), (graph.shape(t), given[1].span)], at: span))
      return .invalid
    }
    for (index, argument) in loss.arguments.enumerated() {
      let shape = graph.shape(given[index + 2].node!)
      guard shape.isEmpty else {
        report(.argumentNotNumber(argument.name, of: loss.name, shape, at: given[index + 2].span))
        return .invalid
      }
    }
    var bindings: [String: NodeID] = [:]
    for (parameter, argument) in zip(loss.parameters, given) {
      bindings[parameter.name] = argument.node
    }
    let value = isOfClasses ? loss.ofClasses! : loss.value
    return .node(instantiate(value, bindings, span))
  }

  /// The node of a formula whose functions are those of the language. Recursion goes to the depth
  /// of a table's formula.
  private func instantiate(
    _ formula: Formula, _ bindings: [String: NodeID], _ span: SourceSpan
  ) -> NodeID {
    switch formula.kind {
    case .symbol(let name): return bindings[name]!
    case .number(let value): return graph.constant(value)
    case .bits: preconditionFailure("machine constants have no place in a loss")
    case .apply(let name, let arguments):
      let given = arguments.map {
        GivenArgument(node: instantiate($0, bindings, span), span: span)
      }
      if let operation = Operation(name) {
        return graph.elementwise(operation, given.map { $0.node! })!
      }
      let function = TensorFunction(name)!
      let absent = function.parameters.dropFirst(given.count).map { _ in
        GivenArgument(node: nil, span: span)
      }
      return function.build(self, given + absent, span)!
    }
  }
}
