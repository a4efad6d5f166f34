import NNCAlgebra
import NNCGraph

extension Graph {
  /// Writes each chain of products that nothing else shares in one order: numbers, then parameters and the user's own
  /// variables, then the rest as it stands, grouped from the left.
  mutating func arrangingProducts(of roots: [NodeID]) -> [NodeID] {
    let uses = useCounts(of: roots)
    let isRoot = Set(roots)
    var factors: [NodeID: [NodeID]] = [:]
    var inner: Set<NodeID> = []
    for index in uses.indices.reversed() where uses[index] > 0 {
      let id = NodeID(index)
      guard case .map(.mul) = nodes[index].kind, nodes[index].shape.isEmpty, !inner.contains(id)
      else { continue }
      var list: [NodeID] = []
      var pending: [NodeID] = [id]
      while let next = pending.popLast() {
        if next != id {
          guard case .map(.mul) = self[next].kind, uses[Int(next.index)] == 1,
            !isRoot.contains(next), names[next] == nil
          else {
            list.append(next)
            continue
          }
          inner.insert(next)
        }
        pending.append(self[next].operands[1])
        pending.append(self[next].operands[0])
      }
      if list.count > 2 { factors[id] = list }
    }
    if factors.isEmpty { return roots }
    var images: [NodeID: NodeID] = [:]
    return rebuilding(roots) { graph, id, operands in
      let image: NodeID
      if let list = factors[id] {
        let arranged = list.enumerated().sorted {
          (graph.rank($0.element), $0.offset) < (graph.rank($1.element), $1.offset)
        }.map { images[$0.element]! }
        image = arranged.dropFirst().reduce(arranged[0]) { graph.map(.mul, $0, $1) }
      } else {
        image = graph.remade(id, operands)
      }
      images[id] = image
      return image
    }
  }

  private func rank(_ id: NodeID) -> Int {
    if constantValue(id) != nil { return 0 }
    if let symbol = symbol(id) { return symbol.role == .free || symbol.role == .parameter ? 1 : 2 }
    return 2
  }
}
