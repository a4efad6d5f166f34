import NNCAlgebra
import NNCGraph

extension Graph {
  /// The elements of each root in row-major order, as expressions of scalars alone.
  ///
  /// Sums go in the order of their indices. Leaves that are tensors are read element by element; an element is named
  /// after its tensor and its place counted from 1 (`h1`, or `h1_2` where the tensor's name ends in a digit), unless
  /// it has a name already.
  public mutating func expanded(_ roots: [NodeID]) -> [[NodeID]] {
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
      return (0..<count).map { element(id, at: place($0, in: node.shape)) }
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
        let place = place(k, in: shapes[0])
        let target = self.index(kept.map { place[$0] }, in: node.shape)
        result[target] =
          result[target].map {
            folded(Operation.max, Operands($0, operand), 0)
          } ?? operand
      }
      return result.map { $0! }
    case .broadcast(let axes):
      return (0..<count).map { k in
        let place = place(k, in: node.shape)
        return operands[0][self.index(axes.map { place[$0] }, in: shapes[0])]
      }
    case .permute(let axes):
      return (0..<count).map { k in
        let place = place(k, in: node.shape)
        var source = place
        for (axis, from) in axes.enumerated() { source[from] = place[axis] }
        return operands[0][self.index(source, in: shapes[0])]
      }
    case .reshape: return operands[0]
    case .slice(let start):
      return (0..<count).map { k in
        operands[0][self.index(zip(place(k, in: node.shape), start).map { $0 + $1 }, in: shapes[0])]
      }
    case .pad(let start):
      let zero = constant(0)
      return (0..<count).map { k in
        let source = zip(place(k, in: node.shape), start).map { $0 - $1 }
        let isInside = zip(source, shapes[0]).allSatisfy { $0 >= 0 && $0 < $1 }
        return isInside ? operands[0][self.index(source, in: shapes[0])] : zero
      }
    case .concat(let axis):
      return (0..<count).map { k in
        var place = place(k, in: node.shape)
        if place[axis] < shapes[0][axis] { return operands[0][self.index(place, in: shapes[0])] }
        place[axis] -= shapes[0][axis]
        return operands[1][self.index(place, in: shapes[1])]
      }
    case .samples: return operands[0].map { samples($0) }
    case .derivative: preconditionFailure("derivatives are taken before expansion")
    }
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
      for (label, place) in zip(contraction.output, place(k, in: node.shape)) {
        places[label] = place
      }
      var total: NodeID?
      for term in 0..<inner.elementCount {
        for (label, place) in zip(summed, place(term, in: inner)) { places[label] = place }
        let factors = operands.indices.map { which in
          operands[which][index(contraction.inputs[which].map { places[$0]! }, in: shapes[which])]
        }
        let value =
          factors.count == 1 ? factors[0] : folded(.mul, Operands(factors), 0)
        total = total.map { folded(.add, Operands($0, value), 0) } ?? value
      }
      return total ?? constant(0)
    }
  }

  private func place(_ index: Int, in shape: Shape) -> [Int] {
    var rest = index
    var place = shape
    for axis in shape.indices.reversed() {
      place[axis] = rest % shape[axis]
      rest /= shape[axis]
    }
    return place
  }

  private func index(_ place: [Int], in shape: Shape) -> Int {
    zip(place, shape).reduce(0) { $0 * $1.1 + $1.0 }
  }
}
