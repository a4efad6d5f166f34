import Algebra
import Graph

extension Graph {
  /// What a node is made from, itself included, operands first; `isLeaf` ends the search.
  func subgraph(of root: NodeID, endingAt isLeaf: (NodeID) -> Bool = { _ in false }) -> [NodeID] {
    var seen: Set<NodeID> = [root]
    var pending = [root]
    while let id = pending.popLast() {
      if isLeaf(id) { continue }
      for operand in self[id].operands where seen.insert(operand).inserted {
        pending.append(operand)
      }
    }
    return seen.sorted()
  }

  /// The same expression in this graph. `known` maps nodes of the other graph, and learns those that are copied.
  mutating func copy(_ root: NodeID, of other: Graph, _ known: inout [NodeID: NodeID]) -> NodeID {
    for id in other.subgraph(of: root, endingAt: { known[$0] != nil }) where known[id] == nil {
      let node = other[id]
      switch node.kind {
      case .symbol(let index): known[id] = symbol(other.symbols[index])
      case .literal(let index): known[id] = literal(other.literals[index], shape: node.shape)
      default:
        known[id] = demand(node.kind, node.operands.map { known[$0]! }, shape: node.shape)
      }
    }
    return known[root]!
  }

  /// The leaves that an expression is made from, in the order of the graph.
  func leaves(of root: NodeID) -> [NodeID] {
    subgraph(of: root).filter { symbol($0) != nil }
  }
}
