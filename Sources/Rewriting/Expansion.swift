import NNCAlgebra
import NNCGraph

extension Graph {
  /// The elements of each root in row-major order, as expressions of scalars alone.
  ///
  /// Loops are written out turn by turn. Sums go in the order of their indices. Leaves that are tensors are read element by element; an element is named
  /// after its tensor and its place counted from 1 (`h1`, or `h1_2` where the tensor's name ends in a digit), unless
  /// it has a name already.
  public mutating func expanded(_ roots: [NodeID]) -> [[NodeID]] {
    let roots = unrolling(roots)
    let marks = reachable(from: roots)
    var elements = [[NodeID]](repeating: [], count: marks.count)
    for index in marks.indices where marks[index] {
      let id = NodeID(index)
      let result = expand(id, nodes[index].operands.map { elements[Int($0.index)] })
      if let name = names[id] { nameElements(result, name, of: id) }
      noteElements(result, of: id)
      elements[index] = result
    }
    return roots.map { elements[Int($0.index)] }
  }

  private mutating func nameElements(_ elements: [NodeID], _ name: String, of id: NodeID) {
    if self[id].shape.isEmpty {
      if elements[0] != id { self.name(elements[0], name) }
      return
    }
    let stem = name.last!.isNumber ? name + "_" : name
    for (place, element) in elements.enumerated() where constantValue(element) == nil {
      self.name(element, stem + String(place + 1))
    }
  }

  private mutating func expand(_ id: NodeID, _ operands: [[NodeID]]) -> [NodeID] {
    let node = self[id]
    let count = node.shape.elementCount
    let shapes = node.operands.map { self[$0].shape }
    switch node.kind {
    case .constant: return [id]
    case .literal(let index): return literals[index].map { constant($0) }
    case .symbol:
      return (0..<count).map { element(id, at: node.shape.place(of: $0)) }
    case .map(let operation):
      return (0..<count).map { k in
        folded(
          operation, Operands(operands.lazy.map { $0.count == 1 ? $0[0] : $0[k] }), 0)
      }
    case .contract(let contraction): return expand(contraction, node, operands, shapes)
    case .maximum(let axes):
      let kept = shapes[0].indices.filter { !axes.contains($0) }
      var result = [NodeID?](repeating: nil, count: count)
      for (k, operand) in operands[0].enumerated() {
        let place = shapes[0].place(of: k)
        let target = node.shape.number(of: kept.map { place[$0] })
        result[target] =
          result[target].map {
            folded(Operation.max, Operands($0, operand), 0)
          } ?? operand
      }
      return result.map { $0! }
    case .broadcast, .permute, .slice, .view:
      let view = node.kind.view!
      return (0..<count).map { k in
        operands[0][shapes[0].number(of: view.source(of: node.shape.place(of: k)))]
      }
    case .reshape: return operands[0]
    case .pad(let start, let steps):
      var result = [NodeID](repeating: constant(0), count: count)
      for (k, operand) in operands[0].enumerated() {
        let place = shapes[0].place(of: k).enumerated().map { start[$0] + steps[$0] * $1 }
        result[node.shape.number(of: place)] = operand
      }
      return result
    case .concat(let axis):
      return (0..<count).map { k in
        var place = node.shape.place(of: k)
        if place[axis] < shapes[0][axis] { return operands[0][shapes[0].number(of: place)] }
        place[axis] -= shapes[0][axis]
        return operands[1][shapes[1].number(of: place)]
      }
    case .oneHot(let extent):
      return operands[0].flatMap { whole in
        (0..<extent).map { k in
          let place = constant(Double(k))
          return folded(.eq, Operands(whole, place), 0)
        }
      }
    case .samples: return operands[0].map { samples($0) }
    case .row, .rows, .recurrence, .derivative:
      preconditionFailure("loops are unrolled and derivatives taken before expansion")
    }
  }

  /// The product of a contraction's factors; an element of a one-hot row chooses, so that what it leaves out may be infinite.
  private mutating func product(_ factors: [NodeID], of node: Node) -> NodeID {
    if factors.count == 1 { return factors[0] }
    guard let choice = node.operands.indices.first(where: { self[node.operands[$0]].isOneHot })
    else { return folded(.mul, Operands(factors), 0) }
    let zero = constant(0)
    return folded(.select, Operands(factors[choice], factors[1 - choice], zero), 0)
  }

  private mutating func expand(
    _ contraction: Contraction, _ node: Node, _ operands: [[NodeID]], _ shapes: [Shape]
  ) -> [NodeID] {
    var extents: [UInt8: Int] = [:]
    for (labels, shape) in zip(contraction.inputs, shapes) {
      for (label, extent) in zip(labels, shape) { extents[label] = extent }
    }
    let summed = extents.keys.filter { !contraction.output.contains($0) }.sorted()
    let inner = summed.map { extents[$0]! }
    return (0..<node.shape.elementCount).map { k in
      var places = [UInt8: Int]()
      for (label, place) in zip(contraction.output, node.shape.place(of: k)) {
        places[label] = place
      }
      var total: NodeID?
      for term in 0..<inner.elementCount {
        for (label, place) in zip(summed, inner.place(of: term)) { places[label] = place }
        let factors = operands.indices.map { which in
          operands[which][shapes[which].number(of: contraction.inputs[which].map { places[$0]! })]
        }
        let value = product(factors, of: node)
        total = total.map { folded(.add, Operands($0, value), 0) } ?? value
      }
      return total ?? constant(0)
    }
  }
}
