import NNCGraph

extension Graph {
  /// The roots with some of the nodes they are made from replaced.
  ///
  /// `image` is asked for each node, operands first, with the node's operands already replaced; nil keeps the node.
  /// Names stay with what they named.
  mutating func replacing(
    _ roots: [NodeID], _ image: (inout Graph, NodeID, [NodeID]) -> NodeID?
  ) -> [NodeID] {
    rebuilding(roots) { graph, id, operands in
      image(&graph, id, Array(operands)) ?? graph.remake(id, operands)
    }
  }

  /// The values of a batch of one sample: a sum over the samples is its only term, and their number is 1.
  mutating func forOneSample(_ roots: [NodeID]) -> [NodeID] {
    let count = symbol(.sampleCount)
    return replacing(roots) { graph, id, operands in
      if id == count { return graph.constant(1) }
      switch graph[id].kind {
      case .samples: return operands[0]
      case .map(.mul), .map(.div):
        // By their number: nothing is multiplied or divided.
        guard let place = graph.operands(id).firstIndex(of: count) else { return nil }
        if graph[id].kind == .map(.div), place == 0 { return nil }
        return operands[1 - place]
      default: return nil
      }
    }
  }
}
