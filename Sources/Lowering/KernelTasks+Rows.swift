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
}
