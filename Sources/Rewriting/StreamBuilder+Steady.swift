import NNCAlgebra
import NNCGraph

// What does not depend on the input but has a row for each step, such as the positions of a sequence: the present row is
// found by the number of the step.
extension StreamBuilder {
  /// The row of what is the same for every input.
  mutating func steady(_ id: NodeID, _ axis: Int) -> Part? {
    let node = graph[id]
    if case .map(let operation) = node.kind {
      var operands = node.operands
      var part = Part(node: id, isSteady: true)
      for place in operands.indices where !graph.isScalar(operands[place]) {
        guard let x = ask(operands[place], .newest(axis)) else { continue }
        operands[place] = x.node
        part.isSteady = part.isSteady && x.isSteady
      }
      guard operands.indices.allSatisfy({ known(node.operands[$0], axis) }) else { return nil }
      part.node = graph.map(operation, operands)
      let shape = without(axis, node.shape)
      if graph.shape(part.node) != shape {
        part.node = graph.broadcast(part.node, to: shape, axes: [])
      }
      return part
    }
    if case .contract(let contraction) = node.kind {
      return steadySum(node, contraction, axis)
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

  /// A sum of products, of whose factors those with the axis are at the present row.
  private mutating func steadySum(_ node: Node, _ contraction: Contraction, _ axis: Int) -> Part? {
    let label = contraction.output[axis]
    var operands = Array(node.operands)
    var inputs = contraction.inputs
    var isReady = true
    for (place, labels) in contraction.inputs.enumerated() {
      guard let own = labels.firstIndex(of: label) else { continue }
      guard let x = ask(operands[place], .newest(own)) else {
        isReady = false
        continue
      }
      operands[place] = x.node
      inputs[place].remove(at: own)
    }
    if !isReady { return nil }
    let output = contraction.output.filter { $0 != label }
    return Part(node: graph.contract(Contraction(inputs: inputs, output: output), operands))
  }

  private func known(_ id: NodeID, _ axis: Int) -> Bool {
    graph.isScalar(id) || isMade(Wanted(id: id, form: .newest(axis)))
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
