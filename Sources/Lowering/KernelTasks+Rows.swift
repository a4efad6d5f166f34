import NNCGraph

extension KernelTasks {
  /// What a sum over samples in the making of a tensor of two axes or more reads along its last axis: the right factor x
  /// of Σ δ ⊗ x. Its elements for one sample are wanted side by side.
  func rowOperands(of root: NodeID) -> [NodeID] {
    let graph = context.graph
    guard entry.many, context.block > 1, !graph[root].isBatched, graph.shape(root).count > 1 else {
      return []
    }
    var result: [NodeID] = []
    var seen: Set<NodeID> = []
    var stack = [root]
    while let id = stack.popLast() {
      guard seen.insert(id).inserted else { continue }
      let node = graph[id]
      if id != root, homes[Int(id.index)] >= 0 {
        if node.isBatched, node.shape.count == 1 { result.append(id) }
        continue
      }
      switch node.kind {
      case .map: stack += node.operands.filter { graph.shape($0) == node.shape }
      case .samples: stack += node.operands
      case .contract(let contraction):
        for (labels, operand) in zip(contraction.inputs, node.operands)
        where labels.last == contraction.output.last { stack.append(operand) }
      default: break
      }
    }
    return result
  }

  /// By node: how many elements of a product's result are made of one element of the node's row for a sample, where the
  /// result's last axis is the row: δ's extent for the x of δ ⊗ x.
  func resultsBesideRows(_ isReachable: [Bool]) -> [NodeID: Int] {
    var result: [NodeID: Int] = [:]
    if !entry.many || context.block == 1 { return result }
    for (index, node) in context.graph.nodes.enumerated() where isReachable[index] {
      guard case .contract(let contraction) = node.kind, node.isBatched, node.shape.count > 1 else {
        continue
      }
      let beside = node.shape.dropLast().reduce(1, *)
      for (labels, operand) in zip(contraction.inputs, node.operands)
      where labels.count == 1 && labels.last == contraction.output.last {
        result[operand] = max(result[operand] ?? 0, beside)
      }
    }
    return result
  }
}
