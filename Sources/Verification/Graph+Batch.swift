import NNCGraph

/// A value of a whole batch written out: every sample has leaves of its own.
struct WrittenBatch {
  /// The value; the mean over the samples where each has its own.
  let root: NodeID
  /// For each sample the leaves that stand for those that differ between samples.
  let leaves: [[NodeID: NodeID]]
}

extension Graph {
  /// Writes a value out for so many samples, from nothing but what the nodes mean: a sum over samples is a sum of as many
  /// terms, their number is a constant, and every turn of a loop stands by itself.
  mutating func writtenOut(_ root: NodeID, samples: Int) -> WrittenBatch {
    let root = unrolling([root])[0]
    let marks = reachable(from: [root])
    var shared = [NodeID?](repeating: nil, count: marks.count)
    var own = [[NodeID?]](repeating: shared, count: samples)
    var leaves = [[NodeID: NodeID]](repeating: [:], count: samples)
    for index in marks.indices where marks[index] {
      let id = NodeID(index)
      let operands = self[id].operands
      if !self[id].isBatched {
        switch self[id].kind {
        case .samples: shared[index] = sum(own.map { $0[Int(operands[0].index)]! })
        case .symbol where symbol(id)?.role == .sampleCount:
          shared[index] = constant(Double(samples))
        default: shared[index] = remake(id, Operands(operands.map { shared[Int($0.index)]! }))
        }
        continue
      }
      for sample in 0..<samples {
        if let leaf = symbol(id) {
          let name = "\(leaf.name) of sample \(sample + 1)"
          own[sample][index] = symbol(Symbol(name: name, shape: leaf.shape, role: .free))
          leaves[sample][id] = own[sample][index]
        } else {
          own[sample][index] = remake(
            id, Operands(operands.map { shared[Int($0.index)] ?? own[sample][Int($0.index)]! }))
        }
      }
    }
    if let whole = shared[Int(root.index)] { return WrittenBatch(root: whole, leaves: leaves) }
    let total = sum(own.map { $0[Int(root.index)]! })
    let mean = map(.div, total, constant(Double(samples)))
    return WrittenBatch(root: mean, leaves: leaves)
  }

  private mutating func sum(_ terms: [NodeID]) -> NodeID {
    var total = terms[0]
    for term in terms.dropFirst() { total = map(.add, total, term) }
    return total
  }
}
