import NNCAlgebra
import NNCDiagnostics
import NNCGraph

extension Elaborator {
  /// The loss of the network's output and target.
  func bare(_ loss: Loss, _ span: SourceSpan) -> Value {
    guard loss.isOfOutput else {
      report(.missingArgument(loss.inputs[0].name, of: loss.name, loss.parameters, at: span))
      return .invalid
    }
    guard let both = outputAndTarget(span) else {
      report(.notYetKnown(loss.name, at: span))
      return .invalid
    }
    let further = loss.parameters.dropFirst(2).map { parameter in
      GivenArgument(node: standard(of: parameter), span: span)
    }
    return value(of: loss, both + further, span)
  }

  /// The network's output and target; nil where they are not known yet.
  func outputAndTarget(_ span: SourceSpan) -> [GivenArgument]? {
    guard let y = network("y"), let t = network("t") else { return nil }
    return [GivenArgument(node: y, span: span), GivenArgument(node: t, span: span)]
  }

  /// The node that stands for an argument that is not given.
  private func standard(of parameter: FunctionParameter) -> NodeID? {
    if case .standard(let value) = parameter.absence { graph.constant(value) } else { nil }
  }

  /// A loss of given arguments.
  func value(of loss: Loss, _ given: [GivenArgument], _ span: SourceSpan) -> Value {
    let isOfClasses = graph.symbol(given[1].node!)?.isWhole == true && loss.ofClasses != nil
    guard fit(loss, given, span, isOfClasses: isOfClasses),
      fitClass(loss, given, isOfClasses: isOfClasses)
    else { return .invalid }
    var bindings: [String: NodeID] = [:]
    for (parameter, argument) in zip(loss.parameters, given) {
      bindings[parameter.name] = argument.node
    }
    for input in loss.inputs where input.isNumber {
      bindings[input.name] = graph.reshape(bindings[input.name]!, to: [])
    }
    let value = isOfClasses ? loss.ofClasses! : loss.value
    return .node(instantiate(value, bindings, span))
  }

  /// Whether a class that is to be ignored is one; reports it if not.
  private func fitClass(_ loss: Loss, _ given: [GivenArgument], isOfClasses: Bool) -> Bool {
    guard let place = loss.parameters.firstIndex(where: { $0.name == "ignore" }),
      let node = given[place].node, let number = graph.constantValue(node)
    else { return true }
    let classes = isOfClasses ? graph.shape(given[0].node!).last ?? 0 : 0
    if number < 0 || number == number.rounded() && number < Double(classes) { return true }
    report(.noClass(number, of: loss.name, below: classes, at: given[place].span))
    return false
  }

  /// Whether arguments have the shapes that the loss asks for; reports it if not.
  private func fit(
    _ loss: Loss, _ given: [GivenArgument], _ span: SourceSpan, isOfClasses: Bool
  ) -> Bool {
    let first = graph.shape(given[0].node!)
    for (input, argument) in zip(loss.inputs, given) {
      let shape = graph.shape(argument.node!)
      if input.isNumber, shape.elementCount != 1 {
        report(.argumentNotNumber(input.name, of: loss.name, shape, at: argument.span))
        return false
      }
      let wanted = isOfClasses && input.name == "t" ? Array(first.dropLast()) : first
      guard input.isNumber || shape == wanted else {
        report(
          .shapesDisagree(
            loss.name, [(first, given[0].span), (shape, argument.span)], at: span))
        return false
      }
    }
    for (own, argument) in zip(loss.arguments, given.dropFirst(loss.inputs.count)) {
      guard let node = argument.node else { continue }
      let shape = graph.shape(node)
      guard own.standard != .nothing else {
        if first.broadcast(with: shape) == first { continue }
        report(
          .shapesDisagree(
            loss.name, [(first, given[0].span), (shape, argument.span)], at: span))
        return false
      }
      guard shape.isEmpty else {
        report(.argumentNotNumber(own.name, of: loss.name, shape, at: argument.span))
        return false
      }
    }
    return true
  }

  /// The node of a formula whose functions are those of the language. What keys decide is decided here: a choice whose
  /// condition is a constant is one of its branches, 1 is no factor and 0 no term. Recursion goes to the depth of a table's formula.
  private func instantiate(
    _ formula: Formula, _ bindings: [String: NodeID], _ span: SourceSpan
  ) -> NodeID {
    switch formula.kind {
    case .symbol(let name): return bindings[name]!
    case .number(let value): return graph.constant(value)
    case .bits: preconditionFailure("machine constants have no place in a loss")
    case .apply("given", let parts):
      guard case .symbol(let name) = parts[0].kind else { preconditionFailure("no argument") }
      return instantiate(parts[bindings[name] == nil ? 2 : 1], bindings, span)
    case .apply("inTraining", let parts):
      differsInTraining = true
      return instantiate(parts[isTraining ? 0 : 1], bindings, span)
    case .apply("select", let parts):
      let condition = instantiate(parts[0], bindings, span)
      if let value = graph.constantValue(condition) {
        return instantiate(parts[value == 0 ? 2 : 1], bindings, span)
      }
      let branches = parts.dropFirst().map { instantiate($0, bindings, span) }
      return graph.elementwise(.select, [condition] + branches)!
    case .apply(let name, let arguments):
      return apply(name, arguments.map { instantiate($0, bindings, span) }, span)
    }
  }

  /// A function of the language, or one that only losses ask for.
  private func apply(_ name: String, _ operands: [NodeID], _ span: SourceSpan) -> NodeID {
    let shape = graph.shape(operands[0])
    if name == "count" {
      return graph.constant(
        Double(operands.count == 1 ? shape.elementCount : shape.last ?? 1))
    }
    if name == "differences" { return graph.differences(operands[0]) }
    if name == "rowsums" { return graph.rowSums(operands[0]) }
    if name == "others" {
      let places = graph.iota(shape, axis: shape.count - 1)
      return graph.map(.ne, places, operands[1])
    }
    if let operation = Operation(name) {
      let numbers = operands.map { graph.constantValue($0) }
      if operation.isComparison, let a = numbers[0], let b = numbers[1] {
        return graph.constant(operation.evaluate([a, b]))
      }
      if name == "mul", let one = numbers.firstIndex(of: 1) { return operands[1 - one] }
      if name == "div", numbers[1] == 1 { return operands[0] }
      if name == "add", numbers[1] == 0 { return operands[0] }
      return graph.elementwise(operation, operands)!
    }
    let function = TensorFunction(name)!
    let given = operands.map { GivenArgument(node: $0, span: span) }
    let absent = function.parameters.dropFirst(given.count).map {
      GivenArgument(node: standard(of: $0), span: span)
    }
    return function.build(self, given + absent, span)!
  }
}

extension Graph {
  /// The sums along the last axis.
  fileprivate mutating func rowSums(_ a: NodeID) -> NodeID {
    let labels = shape(a).indices.map { UInt8($0) }
    return contract(Contraction(inputs: [labels], output: Array(labels.dropLast())), [a])
  }

  /// All differences of two elements of a tensor, as a matrix: that in row i and column j is aᵢ − aⱼ.
  fileprivate mutating func differences(_ a: NodeID) -> NodeID {
    let count = shape(a).elementCount
    let list = reshape(a, to: [count])
    let rows = broadcast(list, to: [count, count], axes: [0])
    return map(.sub, rows, broadcast(list, to: [count, count], axes: [1]))
  }
}
