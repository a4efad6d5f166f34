import NNCAlgebra
import NNCGraph

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

extension Graph {
  /// The same to the last bit, with no sign in front of another: a for −−a, −a for −1 · a.
  mutating func withSignsJoined(_ root: NodeID) -> NodeID {
    var known: [NodeID: NodeID] = [:]
    for id in subgraph(of: root) {
      let node = self[id]
      let operands = node.operands.map { known[$0]! }
      if node.operands.isEmpty {
        known[id] = id
      } else if node.kind == .map(.neg) {
        known[id] = negated(operands[0])
      } else if node.kind == .map(.mul), constantValue(operands[0]) == -1,
        shape(operands[1]) == node.shape
      {
        known[id] = negated(operands[1])
      } else {
        known[id] = demand(node.kind, operands, shape: node.shape)
      }
    }
    return known[root]!
  }

  private mutating func negated(_ id: NodeID) -> NodeID {
    if let value = constantValue(id) { return constant(-value) }
    return self[id].kind == .map(.neg) ? self[id].operands[0] : map(.neg, id)
  }
}
