import NNCGraph

/// What an element of a node is, seen through views: an element of a leaf, a scalar node, or 0.
enum Element {
  case leaf(NodeID, Int)
  case scalar(NodeID)
  case zero
}

/// Whether every value is a scalar: then nothing but leaves and views of them and of scalars has axes, and what is
/// copied whole is small.
func isStraightLine(_ graph: Graph, _ entry: EntryRequest, _ isReachable: [Bool]) -> Bool {
  let copied = entry.results.map { graph.shape($0.node) }.filter { !$0.isEmpty }
  if copied.reduce(0, { $0 + $1.elementCount }) > 256 { return false }
  for (index, node) in graph.nodes.enumerated() where isReachable[index] {
    switch node.kind {
    case .constant, .literal, .symbol: break
    case .broadcast, .permute, .reshape, .slice, .view, .pad, .concat: break
    case .map, .samples: if !node.shape.isEmpty { return false }
    case .contract, .maximum, .oneHot, .row, .rows, .recurrence, .derivative: return false
    }
  }
  return true
}

extension Graph {
  /// What the element at a place of a node is, where that is a leaf, a scalar, or a view of such.
  func element(of node: NodeID, at flat: Int) -> Element {
    var node = node
    var place = self[node].shape.place(of: flat)
    while true {
      if self[node].shape.isEmpty, !isView(node) { return .scalar(node) }
      let operands = self[node].operands
      switch self[node].kind {
      case .symbol, .literal:
        return .leaf(node, self[node].shape.number(of: place))
      case .broadcast, .permute, .slice, .view:
        place = self[node].kind.view!.source(of: place)
        node = operands[0]
      case .reshape:
        let flat = self[node].shape.number(of: place)
        node = operands[0]
        place = self[node].shape.place(of: flat)
      case .pad(let start, let steps):
        node = operands[0]
        let extents = self[node].shape
        let isBetween = place.indices.contains { (place[$0] - start[$0]) % steps[$0] != 0 }
        place = place.indices.map { (place[$0] - start[$0]) / steps[$0] }
        if isBetween || zip(place, extents).contains(where: { $0 < 0 || $0 >= $1 }) {
          return .zero
        }
      case .concat(let axis):
        let extent = self[operands[0]].shape[axis]
        let isFirst = place[axis] < extent
        if !isFirst { place[axis] -= extent }
        node = operands[isFirst ? 0 : 1]
      case .constant, .map, .contract, .maximum, .oneHot, .samples, .row, .rows, .recurrence,
        .derivative:
        preconditionFailure("a value with axes among scalars")
      }
    }
  }

  private func isView(_ node: NodeID) -> Bool {
    switch self[node].kind {
    case .broadcast, .permute, .reshape, .slice, .view, .pad, .concat: true
    default: false
    }
  }
}
