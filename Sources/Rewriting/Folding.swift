import Algebra
import Graph

extension Graph {
  /// The node of this form, with constants computed and views of views joined.
  ///
  /// Constants are computed by the very arithmetic that a Program would use at f64.
  mutating func folded(_ kind: Node.Kind, _ operands: [NodeID], shape: Shape) -> NodeID {
    switch kind {
    case .map(let operation):
      let values = operands.compactMap { constantValue($0) }
      if values.count == operands.count {
        return constant(operation.evaluate(values))
      }
      if operation == .select, let condition = constantValue(operands[0]) {
        let chosen = operands[condition != 0 ? 1 : 2]
        if self[chosen].shape == shape { return chosen }
      }
      return demand(kind, unspread(operands, shape), shape: shape)
    case .contract(let contraction):
      if let simpler = contractOfEqual(contraction, operands, shape) { return simpler }
      return demand(kind, operands, shape: shape)
    case .reshape:
      if let scalar = spreadScalar(operands[0]) { return broadcast(scalar, to: shape, axes: []) }
      return reshape(operands[0], to: shape)
    case .permute(let axes):
      if let scalar = spreadScalar(operands[0]) { return broadcast(scalar, to: shape, axes: []) }
      if case .permute(let inner) = self[operands[0]].kind {
        return permute(self[operands[0]].operands[0], axes.map { inner[$0] })
      }
      return permute(operands[0], axes)
    case .slice(let start): return sliced(operands[0], start, shape)
    case .broadcast(let axes):
      if let scalar = spreadScalar(operands[0]) { return broadcast(scalar, to: shape, axes: []) }
      return broadcast(operands[0], to: shape, axes: axes)
    case .samples: return samples(operands[0])
    default: return demand(kind, operands, shape: shape)
    }
  }

  /// The scalar that a node repeats in every element, or nil.
  func spreadScalar(_ id: NodeID) -> NodeID? {
    if case .broadcast(let axes) = self[id].kind, axes.isEmpty { return self[id].operands[0] }
    return nil
  }

  /// A repeated scalar stands for itself beside a tensor.
  private func unspread(_ operands: [NodeID], _ shape: Shape) -> [NodeID] {
    if shape.isEmpty { return operands }
    var result = operands
    for place in result.indices {
      guard let scalar = spreadScalar(result[place]) else { continue }
      let others = result.indices.filter { $0 != place && self[result[$0]].shape == shape }
      if !others.isEmpty { result[place] = scalar }
    }
    return result
  }

  /// A contraction with a tensor of equal elements s is s times the sum of the rest.
  private mutating func contractOfEqual(
    _ contraction: Contraction, _ operands: [NodeID], _ shape: Shape
  ) -> NodeID? {
    if operands.count == 1 {
      guard let scalar = spreadScalar(operands[0]) else { return nil }
      let copies = self[operands[0]].shape.elementCount / shape.elementCount
      let each = folded(.map(.mul), [constant(Double(copies)), scalar], shape: [])
      return broadcast(each, to: shape, axes: [])
    }
    guard let place = operands.indices.first(where: { spreadScalar(operands[$0]) != nil }) else {
      return nil
    }
    let scalar = spreadScalar(operands[place])!
    let labels = contraction.inputs[1 - place]
    let kept = contraction.output.filter { labels.contains($0) }
    let own = contraction.inputs[place].filter {
      !labels.contains($0) && !contraction.output.contains($0)
    }
    if !own.isEmpty { return nil }
    let rest = contract(Contraction(inputs: [labels], output: kept), [operands[1 - place]])
    let scaled =
      self[rest].shape.isEmpty
      ? folded(.map(.mul), [scalar, rest], shape: [])
      : demand(.map(.mul), [scalar, rest], shape: self[rest].shape)
    return broadcast(scaled, to: shape, axes: kept.map { contraction.output.firstIndex(of: $0)! })
  }

  private mutating func sliced(_ id: NodeID, _ start: [Int], _ shape: Shape) -> NodeID {
    let node = self[id]
    if let scalar = spreadScalar(id) { return broadcast(scalar, to: shape, axes: []) }
    switch node.kind {
    case .pad(let place) where place == start && self[node.operands[0]].shape == shape:
      return node.operands[0]
    case .concat(let axis):
      let border = self[node.operands[0]].shape[axis]
      if start[axis] + shape[axis] <= border { return sliced(node.operands[0], start, shape) }
      if start[axis] >= border {
        var inner = start
        inner[axis] -= border
        return sliced(node.operands[1], inner, shape)
      }
      return slice(id, from: start, shape: shape)
    default: return slice(id, from: start, shape: shape)
    }
  }
}

extension Operation {
  /// The operation's value at f64.
  func evaluate(_ arguments: [Double]) -> Double {
    switch (name, arguments.count) {
    case ("add", _): return arguments[0] + arguments[1]
    case ("sub", _): return arguments[0] - arguments[1]
    case ("mul", _): return arguments[0] * arguments[1]
    case ("div", _): return arguments[0] / arguments[1]
    case ("neg", _): return -arguments[0]
    default:
      let names = row.arguments.map(\.name)
      let formula = Formula(.apply(name, names.map { .symbol($0) }))
      return FormulaEvaluator(formula, of: names, precision: .f64)(arguments)
    }
  }
}
