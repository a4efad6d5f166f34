import NNCAlgebra
import NNCGraph

extension Graph {
  /// The node of this form, with constants computed and views of views joined.
  ///
  /// Constants are computed by the very arithmetic that a Program would use at f64.
  mutating func folded(_ kind: Node.Kind, _ operands: Operands, shape: Shape) -> NodeID {
    switch kind {
    case .map(let operation): return folded(operation, operands, commonShape(of: operands))
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
    case .view(let view):
      if let scalar = spreadScalar(operands[0]) { return broadcast(scalar, to: shape, axes: []) }
      return self.view(operands[0], view, shape: shape)
    case .broadcast(let axes):
      if let scalar = spreadScalar(operands[0]) { return broadcast(scalar, to: shape, axes: []) }
      return broadcast(operands[0], to: shape, axes: axes)
    case .samples: return samples(operands[0])
    case .row(let turns, let isReversed):
      return row(operands[0], turns, reversed: isReversed)
    case .rows(let turns, let isReversed):
      let recurrences = operands.count == 2 ? operands[1] : nil
      return rows(of: operands[0], turns, recurrences, reversed: isReversed)
    default: return demand(kind, operands, shape: shape)
    }
  }

  /// The operation on numbers of these operands, whose common shape has this number; constants are computed.
  mutating func folded(
    _ operation: Operation, _ operands: Operands, _ shape: Int32
  ) -> NodeID {
    if operands.allSatisfy({ tag($0) == Node.Kind.constantTag }) {
      return constant(operation.evaluate(operands.map { constantValue($0)! }))
    }
    if operation == .select, let condition = constantValue(operands[0]) {
      let chosen = operands[condition != 0 ? 1 : 2]
      if shapeNumber(chosen) == shape { return chosen }
    }
    if let side = sideOfTruths(operation, operands), shapeNumber(side) == shape { return side }
    return demand(operation, unspread(operands, shape), shapeNumber: shape)
  }

  /// What a truth and a constant come to: k or false, and k and true are k; k or true is true, k and false is false.
  private mutating func sideOfTruths(_ operation: Operation, _ operands: Operands) -> NodeID? {
    guard operation == .or || operation == .and,
      let place = operands.indices.first(where: { constantValue(operands[$0]) != nil })
    else { return nil }
    let other = operands[1 - place]
    guard case .map(let inner) = self[other].kind,
      inner.primitive?.row.result == .truth
    else { return nil }
    let isTrue = constantValue(operands[place]) != 0
    return isTrue == (operation == .and) ? other : constant(isTrue ? 1 : 0)
  }

  /// The node with these operands in the place of its own.
  mutating func refolded(_ id: NodeID, _ operands: Operands) -> NodeID {
    let index = Int(id.index)
    let tag = tag(id)
    let isKept = operands == self.operands(id)
    if tag >= 0, case .map(let operation) = nodes[index].kind {
      // What stays as it is need not be looked up.
      if isKept, !operands.contains(where: { isConstantOrSpread($0) }) { return id }
      return folded(operation, operands, shapeNumber(id))
    }
    if tag == Node.Kind.contractTag, operands.allSatisfy({ spreadScalar($0) == nil }) {
      return isKept ? id : remake(id, operands)
    }
    return folded(nodes[index].kind, operands, shape: nodes[index].shape)
  }

  /// Whether folding looks at what the node is.
  private func isConstantOrSpread(_ id: NodeID) -> Bool {
    tag(id) == Node.Kind.constantTag || spreadScalar(id) != nil
  }

  /// The scalar that a node repeats in every element, or nil.
  func spreadScalar(_ id: NodeID) -> NodeID? {
    guard tag(id) == Node.Kind.viewTag, case .broadcast(let axes) = self[id].kind, axes.isEmpty
    else { return nil }
    return operands(id)[0]
  }

  /// A repeated scalar stands for itself beside a tensor.
  private func unspread(_ operands: Operands, _ shape: Int32) -> Operands {
    if shape == 0 { return operands }
    var result = operands
    for place in result.indices {
      guard let scalar = spreadScalar(result[place]) else { continue }
      let isBesideTensor = result.indices.contains { other in
        other != place && shapeNumber(result[other]) == shape
      }
      if isBesideTensor { result[place] = scalar }
    }
    return result
  }

  /// A contraction with a tensor of equal elements s is s times the sum of the rest.
  private mutating func contractOfEqual(
    _ contraction: Contraction, _ operands: Operands, _ shape: Shape
  ) -> NodeID? {
    if operands.count == 1 {
      guard let scalar = spreadScalar(operands[0]) else { return nil }
      let copies = self[operands[0]].shape.elementCount / shape.elementCount
      let count = constant(Double(copies))
      let each = folded(.mul, Operands(count, scalar), 0)
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
      ? folded(.mul, Operands(scalar, rest), 0)
      : map(.mul, scalar, rest)
    return broadcast(scaled, to: shape, axes: kept.map { contraction.output.firstIndex(of: $0)! })
  }

  private mutating func sliced(_ id: NodeID, _ start: [Int], _ shape: Shape) -> NodeID {
    let node = self[id]
    if let scalar = spreadScalar(id) { return broadcast(scalar, to: shape, axes: []) }
    switch node.kind {
    case .pad(let place, let steps)
    where place == start && steps.allSatisfy({ $0 == 1 }) && self[node.operands[0]].shape == shape:
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
