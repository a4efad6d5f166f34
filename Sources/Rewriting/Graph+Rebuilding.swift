import Algebra
import Graph

extension Graph {
  /// Rebuilds what the roots are made from, operands first: `make` gives each node's image from its operands' images.
  mutating func rebuilding(
    _ roots: [NodeID], _ make: (inout Graph, NodeID, [NodeID]) -> NodeID
  ) -> [NodeID] {
    let marks = reachable(from: roots)
    var images = [NodeID?](repeating: nil, count: marks.count)
    for index in marks.indices where marks[index] {
      let id = NodeID(index)
      let image = make(&self, id, nodes[index].operands.map { images[Int($0.index)]! })
      images[index] = image
      if image != id, let name = names[id], !self[image].operands.isEmpty { self.name(image, name) }
    }
    return roots.map { images[Int($0.index)]! }
  }

  /// The node with other operands.
  mutating func remade(_ id: NodeID, _ operands: [NodeID]) -> NodeID {
    operands == Array(self[id].operands)
      ? id : folded(self[id].kind, operands, shape: self[id].shape)
  }

  /// Writes out the operations that have a definition, or an arithmetic made of operations on numbers, so that their
  /// parts can be shared.
  mutating func inliningDefinitions(of roots: [NodeID]) -> [NodeID] {
    var current = roots
    for _ in 0..<4 {
      let next = rebuilding(current) { graph, id, operands in
        guard case .map(let operation) = graph[id].kind, let formula = operation.graphFormula else {
          return graph.remade(id, operands)
        }
        var bindings: [String: NodeID] = [:]
        for (argument, operand) in zip(operation.row.arguments, operands) {
          bindings[argument.name] = operand
        }
        var known: [ObjectIdentifier: NodeID] = [:]
        let image = graph.foldedInstance(formula, bindings, &known)
        let shape = graph[id].shape
        return graph[image].shape == shape ? image : graph.broadcast(image, to: shape, axes: [])
      }
      if next == current { break }
      current = next
    }
    return current
  }

  /// Where several numbers are divided by the same one, its reciprocal is taken once.
  mutating func sharingReciprocals(of roots: [NodeID]) -> [NodeID] {
    let marks = reachable(from: roots)
    var divisions: [NodeID: Int] = [:]
    for index in marks.indices where marks[index] {
      guard case .map(.div) = nodes[index].kind else { continue }
      let divisor = nodes[index].operands[1]
      let repeats = nodes[index].shape.elementCount / max(1, self[divisor].shape.elementCount)
      divisions[divisor, default: 0] += max(1, repeats)
    }
    return rebuilding(roots) { graph, id, operands in
      guard case .map(.div) = graph[id].kind, divisions[graph[id].operands[1]]! > 1,
        graph.constantValue(operands[0]) != 1, graph.constantValue(operands[1]) == nil
      else { return graph.remade(id, operands) }
      let one = graph.constant(1)
      let reciprocal = graph.map(.div, one, operands[1])
      return graph.map(.mul, operands[0], reciprocal)
    }
  }
}

extension Operation {
  /// What the operation is made of, where that can stand in a graph: the form whose parts can be shared, if it has one,
  /// else its arithmetic, else its definition.
  fileprivate var graphFormula: Formula? { Self.graphFormulas[Int(index)] }

  private static let graphFormulas: [Formula?] = Operation.all.map { operation in
    if Primitive(named: operation.name) != nil { return nil }
    if let form = sharedForms[operation.name] { return form }
    guard let formula = operation.row.arithmetic?(.f64) ?? operation.row.definition else {
      return nil
    }
    return formula.isOverOperations ? formula : nil
  }
}

extension Formula {
  /// Whether it is made of graph operations alone, without machine operations on bits.
  fileprivate var isOverOperations: Bool {
    switch kind {
    case .symbol, .number: true
    case .bits: false
    case .apply(let name, let arguments):
      Operation(name) != nil && arguments.allSatisfy(\.isOverOperations)
    }
  }
}
