import NNCGraph

extension Graph {
  /// How many products of two tensors' elements are added up in what a value is made of, as far as nodes from number
  /// `first` on make it.
  func multiplyAdds(of root: NodeID, from first: Int) -> Int {
    var total = 0
    var seen: Set<NodeID> = [root]
    var pending = [root]
    while let id = pending.popLast() {
      guard id.index >= first else { continue }
      let node = self[id]
      if case .contract(let contraction) = node.kind, contraction.inputs.count > 1,
        chosen(in: id) == nil
      {
        var extents: [UInt8: Int] = [:]
        for (labels, operand) in zip(contraction.inputs, node.operands) {
          for (label, extent) in zip(labels, shape(operand)) { extents[label] = extent }
        }
        total += extents.values.reduce(1, *) * (turns(of: id)?.count ?? 1)
      }
      for operand in node.operands where seen.insert(operand).inserted { pending.append(operand) }
    }
    return total
  }
}
