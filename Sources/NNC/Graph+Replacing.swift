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
    replacing(roots) { graph, id, operands in
      switch graph[id].kind {
      case .samples: operands[0]
      case .symbol where graph.symbol(id)?.role == .sampleCount: graph.constant(1)
      default: nil
      }
    }
  }
}
