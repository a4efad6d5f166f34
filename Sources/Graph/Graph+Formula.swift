import NNCAlgebra

extension Graph {
  /// The node that a formula stands for, its symbols bound to nodes.
  ///
  /// A subformula shared inside the formula is visited once. Names of operations are looked up in the table of
  /// operations; `sum` adds all elements, `mean` divides that by their number, `maximum` takes the greatest.
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
    case .apply(let name, let arguments):
      var operands: [NodeID] = []
      for argument in arguments { operands.append(instantiate(argument, bindings, &known)) }
      node = apply(name, operands)
    }
    known[ObjectIdentifier(formula)] = node
    return node
  }

  private mutating func apply(_ name: String, _ operands: [NodeID]) -> NodeID {
    switch name {
    case "sum": return sum(operands[0])
    case "mean":
      let count = constant(Double(self[operands[0]].shape.elementCount))
      return map(.div, sum(operands[0]), count)
    case "maximum":
      return maximum(operands[0], axes: Array(self[operands[0]].shape.indices))
    case "count": return constant(Double(self[operands[0]].shape.elementCount))
    default:
      guard let operation = Operation(name) else { preconditionFailure("formula: no \(name)") }
      return map(operation, operands)
    }
  }
}
