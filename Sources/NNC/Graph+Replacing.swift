import NNCGraph

extension Graph {
  /// The roots with some of the nodes they are made from replaced.
  ///
  /// `image` is asked for each node, operands first, with the node's operands already replaced; nil keeps the node.
  /// Names stay with what they named.
  mutating func replacing(
    _ roots: [NodeID], _ image: (inout Graph, NodeID, [NodeID]) -> NodeID?
  ) -> [NodeID] {
    let marks = reachable(from: roots)
    var images = [NodeID](repeating: NodeID(0), count: marks.count)
    for index in marks.indices where marks[index] {
      let id = NodeID(index)
      let operands = nodes[index].operands.map { images[Int($0.index)] }
      var result = id
      if let replaced = image(&self, id, operands) {
        result = replaced
      } else if operands != Array(nodes[index].operands) {
        result = demand(nodes[index].kind, operands, shape: nodes[index].shape)
      }
      images[index] = result
      passNames(of: id, to: result)
    }
    return roots.map { images[Int($0.index)] }
  }

  /// The roots for one sample alone: a sum over the samples is its only term, and their number is 1.
  mutating func forOneSample(_ roots: [NodeID]) -> [NodeID] {
    replacing(roots) { graph, id, operands in
      switch graph[id].kind {
      case .samples: operands[0]
      case .symbol where graph.symbol(id)?.role == .sampleCount: graph.constant(1)
      default: nil
      }
    }
  }

  /// The mean over the samples; of what does not differ between samples, itself.
  mutating func meanOverSamples(_ id: NodeID) -> NodeID {
    guard self[id].isBatched else { return id }
    let sum = samples(id)
    let count = symbol(.sampleCount)
    return map(.div, sum, count)
  }
}
