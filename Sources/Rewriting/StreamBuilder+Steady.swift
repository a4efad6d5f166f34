import NNCAlgebra
import NNCGraph

// What does not depend on the input but has a row for each step, such as the positions of a sequence: the present row is
// found by the number of the step.
extension StreamBuilder {
  /// The row of what is the same for every input.
  mutating func steady(_ id: NodeID, _ axis: Int) throws(StreamProblem) -> Part? {
    let node = graph[id]
    switch node.kind {
    case .map: return try elementwise(id, axis)
    case .contract(let contraction): return try contracted(id, contraction, axis)
    default: break
    }
    guard let view = node.kind.view else { return Part(node: row(of: id, axis, offset: 0)) }
    let along = view.indices.indices.filter { place in
      view.indices[place].terms.contains { $0.axis == axis }
    }
    var indices = view.indices
    if along.isEmpty {
      let rest = shown(node.operands[0], View(indices), without: axis, node.shape)
      if let rest { return Part(node: rest, isSteady: true) }
    } else if along.count == 1, indices[along[0]].terms.count == 1,
      indices[along[0]].terms[0].step == 1
    {
      let place = along[0]
      let own = row(of: node.operands[0], place, offset: indices[place].offset)
      let source = graph.reshape(own, to: inserted(1, at: place, graph.shape(own)))
      indices[place] = View.Index(0)
      if let part = shown(source, View(indices), without: axis, node.shape) {
        return Part(node: part)
      }
    }
    return Part(node: row(of: id, axis, offset: 0))
  }

  /// The row at the number of the step and `offset`. Of the numbers 0, 1, 2 … that is its own index.
  private mutating func row(of id: NodeID, _ axis: Int, offset: Int) -> NodeID {
    let shape = graph.shape(id)
    if case .literal(let number) = graph[id].kind, shape.count == 1,
      graph.literals[number].enumerated().allSatisfy({ Double($0) == $1 })
    {
      let own = count()
      return offset == 0 ? own : graph.map(.add, own, graph.constant(Double(offset)))
    }
    let here = isHere(shape, axis, offset: -offset)
    let zero = graph.constant(0)
    let chosen = graph.map(.select, here, id, zero)
    let labels = shape.indices.map { UInt8($0) }
    return graph.contract(
      Contraction(inputs: [labels], output: labels.filter { $0 != UInt8(axis) }), [chosen])
  }
}
