import NNCAlgebra
import NNCGraph

// Sums of products: along the steps one at a time, and over all steps so far where later ones are no part of them.
extension StreamBuilder {
  mutating func contracted(_ id: NodeID, _ contraction: Contraction, _ axis: Int)
    throws(StreamProblem) -> Part?
  {
    let operands = Array(graph.operands(id))
    let label = contraction.output[axis]
    let along = contraction.inputs.map { $0.firstIndex(of: label) }
    let moving = zip(operands, along).filter { $1 != nil }.map { ($0, $1!) }
    guard let found = try aligned(moving) else { return nil }
    var parts = found[...]
    var lag = 0
    var isSteady = true
    var values: [NodeID] = []
    var inputs = contraction.inputs
    var open: Set<UInt8> = []
    for (place, operand) in operands.enumerated() {
      if along[place] != nil {
        let part = parts.removeFirst()
        values.append(part.node)
        inputs[place].removeAll { $0 == label }
        if !part.isSteady { lag = part.lag }
        isSteady = isSteady && part.isSteady
        open.formUnion(part.open.map { contraction.inputs[place][$0] })
      } else if graph[operand].isBatched {
        guard let (all, axis) = try everything(operand) else { return nil }
        values.append(all)
        isSteady = false
        open.insert(contraction.inputs[place][axis])
      } else {
        values.append(operand)
      }
    }
    let output = contraction.output.filter { $0 != label }
    for label in open where !output.contains(label) {
      // Terms of later steps must be 0, whatever else they are made of.
      let isClosed = zip(operands, contraction.inputs).contains { operand, labels in
        guard let t = labels.firstIndex(of: contraction.output[axis]),
          let u = labels.firstIndex(of: label)
        else { return false }
        return later.value(of: operand, t, u, in: graph) == 0
      }
      if !isClosed { throw looksAhead(id) }
    }
    if lag != 0, !open.isEmpty { throw looksAhead(id) }
    let node = graph.contract(Contraction(inputs: inputs, output: output), values)
    graph.passNames(of: id, to: node)
    return Part(
      node: node, lag: lag, isSteady: isSteady,
      open: Set(open.compactMap { contraction.output.firstIndex(of: $0) }))
  }
}
