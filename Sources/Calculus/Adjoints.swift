import NNCAlgebra
import NNCGraph

// What the adjoint of a node adds to the adjoint of each operand, one primitive after the other. Each is the
// transpose of the primitive's derivative, and is itself made of primitives.
extension Graph {
  /// The part of operand `place`'s adjoint that comes from `id`; nil where the derivative is 0 everywhere.
  mutating func contribution(of id: NodeID, adjoint: NodeID, to place: Int) -> NodeID? {
    let node = self[id]
    let operand = node.operands[place]
    let shape = self[operand].shape
    if case .pad(let start, let steps) = self[adjoint].kind, steps.allSatisfy({ $0 == 1 }),
      let part = boxContribution(of: id, core: self[adjoint].operands[0], at: start, to: place)
    {
      return part
    }
    switch node.kind {
    case .constant, .literal, .symbol, .oneHot: return nil
    case .map(let operation):
      guard
        let part = mapContribution(operation, id, of: node.operands, adjoint: adjoint, to: place)
      else { return nil }
      return shape.isEmpty && !node.shape.isEmpty ? total(part, over: node.shape) : part
    case .contract(let contraction):
      return contractContribution(contraction, of: id, adjoint: adjoint, to: place)
    case .maximum(let axes):
      return maximumContribution(axes, of: operand, greatest: id, adjoint: adjoint)
    case .broadcast(let axes):
      if self[adjoint].shape.isEmpty {
        let copies = constant(Double(node.shape.elementCount / max(1, shape.elementCount)))
        return map(.mul, copies, adjoint)
      }
      let all = node.shape.indices.map { UInt8($0) }
      return contract(Contraction(inputs: [all], output: axes.map { UInt8($0) }), [adjoint])
    case .permute(let axes):
      if self[adjoint].shape.isEmpty { return adjoint }
      return permute(adjoint, axes.indices.map { axes.firstIndex(of: $0)! })
    case .reshape:
      return self[adjoint].shape.isEmpty && !node.shape.isEmpty
        ? adjoint : reshape(adjoint, to: shape)
    case .slice(let start): return pad(spread(adjoint, to: node.shape), at: start, to: shape)
    case .view(let view): return fold(spread(adjoint, to: node.shape), view, to: shape)
    case .pad(let start, let steps):
      return self[adjoint].shape.isEmpty
        ? adjoint : slice(adjoint, from: start, steps: steps, shape: shape)
    case .concat(let axis):
      if self[adjoint].shape.isEmpty { return adjoint }
      var start = shape.map { _ in 0 }
      if place == 1 { start[axis] = self[node.operands[0]].shape[axis] }
      return slice(adjoint, from: start, shape: shape)
    case .samples:
      precondition(!self[adjoint].isBatched, "a sample's derivative through a sum over samples")
      return adjoint
    case .row, .rows, .recurrence: preconditionFailure("the way back through a loop is a loop")
    case .derivative: preconditionFailure("derivatives are taken innermost first")
    }
  }

  /// The sum over all elements of a value of shape `shape`, of which a scalar may stand for equal elements.
  mutating func total(_ id: NodeID, over shape: Shape) -> NodeID {
    if self[id].shape.isEmpty { return map(.mul, constant(Double(shape.elementCount)), id) }
    return sum(id)
  }

  /// x̄ = ȳ · f′(x), by the row's slope, for an operation of these operands that has the value `id`.
  mutating func mapContribution(
    _ operation: Operation, _ id: NodeID, of operands: Operands, adjoint: NodeID, to place: Int
  ) -> NodeID? {
    let row = operation.row
    var bindings = ["y": id]
    for (argument, operand) in zip(row.arguments, operands) { bindings[argument.name] = operand }
    guard let slopes = row.slopes else {
      return chain(row.definition!, to: row.arguments[place].name, adjoint: adjoint, bindings)
    }
    return product(adjoint, slopes[place], bindings)
  }

  /// The same for an operation inside a formula, whose arguments are formulas over `bindings`.
  mutating func mapContribution(
    _ operation: Operation, of id: NodeID, adjoint: NodeID, to place: Int, bound: [Formula],
    _ bindings: [String: NodeID]
  ) -> NodeID? {
    let row = operation.row
    var inner = ["y": id]
    for (argument, formula) in zip(row.arguments, bound) {
      inner[argument.name] = instantiate(formula, bindings)
    }
    guard let slopes = row.slopes else {
      return chain(row.definition!, to: row.arguments[place].name, adjoint: adjoint, inner)
    }
    return product(adjoint, slopes[place], inner)
  }

  /// ȳ · f′, with choices outside of products (see ``Choice``). Where ȳ is 0 everywhere so is that, whatever the slope.
  private mutating func product(
    _ adjoint: NodeID, _ slope: Formula, _ bindings: [String: NodeID]
  ) -> NodeID? {
    if constantValue(adjoint) == 0 { return nil }
    switch slope.kind {
    case .number(0): return nil
    case .number(1): return adjoint
    default: break
    }
    if let choice = choice(of: adjoint) {
      let part = plainProduct(choice.value, slope, bindings)
      return choosing(
        choice.condition, choice.isInverted ? nil : part, choice.isInverted ? part : nil)
    }
    return plainProduct(adjoint, slope, bindings)
  }

  /// The same for an adjoint that counts as no choice. A choice among slopes is one among products.
  private mutating func plainProduct(
    _ adjoint: NodeID, _ slope: Formula, _ bindings: [String: NodeID]
  ) -> NodeID? {
    switch slope.kind {
    case .number(0): return nil
    case .number(1): return adjoint
    case .number(-1): return map(.neg, adjoint)
    case .apply("neg", let arguments):
      return plainProduct(adjoint, arguments[0], bindings).map { map(.neg, $0) }
    case .apply("div", let arguments):
      guard let above = plainProduct(adjoint, arguments[0], bindings) else { return nil }
      return map(.div, above, instantiate(arguments[1], bindings))
    case .apply("select", let arguments):
      let yes = plainProduct(adjoint, arguments[1], bindings)
      let no = plainProduct(adjoint, arguments[2], bindings)
      return choosing(instantiate(arguments[0], bindings), yes, no)
    default:
      let factor = instantiate(slope, bindings)
      return constantValue(adjoint) == 1 ? factor : map(.mul, adjoint, factor)
    }
  }

  /// For y = Σ a·b over labels, ā = Σ ȳ·b over the labels that a does not have, repeated along those only a has.
  private mutating func contractContribution(
    _ contraction: Contraction, of id: NodeID, adjoint: NodeID, to place: Int
  ) -> NodeID {
    let node = self[id]
    let wanted = contraction.inputs[place]
    let shape = self[node.operands[place]].shape
    if node.operands.count == 1 {
      if self[adjoint].shape.isEmpty { return adjoint }
      let axes = contraction.output.map { wanted.firstIndex(of: $0)! }
      let order = axes.indices.sorted { axes[$0] < axes[$1] }
      return broadcast(permute(adjoint, order), to: shape, axes: order.map { axes[$0] })
    }
    let other = node.operands[1 - place]
    let otherLabels = contraction.inputs[1 - place]
    let full = spread(adjoint, to: node.shape)
    let output = wanted.filter { otherLabels.contains($0) || contraction.output.contains($0) }
    let parts = [(contraction.output, full), (otherLabels, other)]
    let ordered = place == 0 ? parts : parts.reversed()
    let part = contract(
      Contraction(inputs: ordered.map(\.0), output: output), ordered.map(\.1))
    return broadcast(part, to: shape, axes: output.map { wanted.firstIndex(of: $0)! })
  }

  /// The greatest elements share the adjoint equally.
  mutating func maximumContribution(
    _ axes: [Int], of operand: NodeID, greatest id: NodeID, adjoint: NodeID
  ) -> NodeID {
    let shape = self[operand].shape
    let kept = shape.indices.filter { !axes.contains($0) }
    let greatest = map(.eq, operand, broadcast(id, to: shape, axes: kept))
    let labels = shape.indices.map { UInt8($0) }
    let ties = contract(
      Contraction(inputs: [labels], output: kept.map { UInt8($0) }), [greatest])
    let share = broadcast(map(.div, adjoint, ties), to: shape, axes: kept)
    let zero = constant(0)
    return map(.select, greatest, share, zero)
  }
}
