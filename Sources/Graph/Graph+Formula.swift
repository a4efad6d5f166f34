import NNCAlgebra

extension Graph {
  /// The node that a formula stands for, its symbols bound to nodes.
  ///
  /// A subformula shared inside the formula is visited once. Names of operations are looked up in the table of
  /// operations, whose operands are repeated to a common shape as PyTorch does it; besides there are functions of tensors:
  ///
  ///     sum(a), maximum(a), norm(a)  of all elements        matmul(a, b), transpose(a)   of matrices
  ///     mean(a), mean(a, k)    of all, or over the axis k, which keeps an extent of 1
  ///     count(a), count(a, k)  how many elements there are, or the extent of the axis k
  ///     matrix(a)              the first axis against all others       like(a, b)   a in the shape of b
  ///
  /// An axis is a number, counted from the end where it is negative. A choice whose condition is a constant is one of its
  /// branches.
  public mutating func instantiate(_ formula: Formula, _ bindings: [String: NodeID]) -> NodeID {
    var known: [ObjectIdentifier: NodeID] = [:]
    return instantiate(formula, bindings, &known)
  }

  // Recursion goes to the depth of a table's formula, never of a network.
  private mutating func instantiate(
    _ formula: Formula, _ bindings: [String: NodeID], _ known: inout [ObjectIdentifier: NodeID]
  ) -> NodeID {
    if let node = known[ObjectIdentifier(formula)] { return node }
    let node: NodeID
    switch formula.kind {
    case .symbol(let name):
      guard let bound = bindings[name] else { preconditionFailure("formula: unbound \(name)") }
      node = bound
    case .number(let value): node = constant(value)
    case .bits: preconditionFailure("formula: machine constants have no place in a graph")
    case .apply("select", let parts):
      let condition = instantiate(parts[0], bindings, &known)
      if let value = constantValue(condition) {
        node = instantiate(parts[value == 0 ? 2 : 1], bindings, &known)
        break
      }
      var operands = [condition]
      for part in parts.dropFirst() { operands.append(instantiate(part, bindings, &known)) }
      node = apply("select", operands)
    case .apply(let name, let arguments):
      var operands: [NodeID] = []
      for argument in arguments { operands.append(instantiate(argument, bindings, &known)) }
      node = apply(name, operands)
    }
    known[ObjectIdentifier(formula)] = node
    return node
  }

  private mutating func apply(_ name: String, _ operands: [NodeID]) -> NodeID {
    let shape = self.shape(operands[0])
    switch name {
    case "sum": return sum(operands[0])
    case "mean":
      guard operands.count == 2 else {
        return map(.div, sum(operands[0]), constant(Double(shape.elementCount)))
      }
      return mean(operands[0], over: axis(operands[1], of: shape))
    case "maximum": return maximum(operands[0], axes: Array(shape.indices))
    case "count":
      let count = operands.count == 1 ? shape.elementCount : shape[axis(operands[1], of: shape)]
      return constant(Double(count))
    case "matmul": return contract(Contraction("ij,jk->ik"), operands)
    case "transpose": return permute(operands[0], [1, 0])
    case "matrix": return reshape(operands[0], to: [shape[0], shape.dropFirst().reduce(1, *)])
    case "norm": return map(.length, sum(map(.square, operands[0])))
    case "like": return reshape(operands[0], to: self.shape(operands[1]))
    default:
      guard let operation = Operation(name) else { preconditionFailure("formula: no \(name)") }
      if operation.isComparison, let a = constantValue(operands[0]),
        let b = constantValue(operands[1])
      {
        return constant(operation.evaluate([a, b]))
      }
      return map(operation, spread(operands))
    }
  }

  private func axis(_ number: NodeID, of shape: Shape) -> Int {
    let axis = Int(constantValue(number)!)
    return axis < 0 ? axis + shape.count : axis
  }

  private mutating func mean(_ id: NodeID, over axis: Int) -> NodeID {
    let labels = shape(id).indices.map { UInt8($0) }
    let kept = labels.filter { $0 != UInt8(axis) }
    let total = contract(Contraction(inputs: [labels], output: kept), [id])
    var shape = shape(id)
    let count = constant(Double(shape[axis]))
    shape[axis] = 1
    return map(.div, reshape(total, to: shape), count)
  }

  /// The operands repeated to the shape in which every extent is the greatest of theirs; scalars stay.
  private mutating func spread(_ operands: [NodeID]) -> [NodeID] {
    let shapes = operands.map { shape($0) }
    guard let widest = shapes.max(by: { $0.count < $1.count }), Set(shapes).count > 1 else {
      return operands
    }
    let common = widest.indices.map { axis in
      shapes.filter { $0.count == widest.count }.map { $0[axis] }.max()!
    }
    var result: [NodeID] = []
    for (operand, shape) in zip(operands, shapes) {
      if shape.isEmpty || shape == common {
        result.append(operand)
        continue
      }
      let kept = shape.indices.filter { shape[$0] == common[$0] }
      let core = reshape(operand, to: kept.map { shape[$0] })
      result.append(broadcast(core, to: common, axes: kept))
    }
    return result
  }
}
