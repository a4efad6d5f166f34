import NNCAlgebra
import NNCGraph

extension Graph {
  /// f of an element of g(z), or of g(z) / s, where f undoes g as log does exp: as f of g of z's element, which the rules
  /// about logarithms of exponentials then see. nil where the node is no such thing.
  mutating func inverseOfElement(at id: NodeID) -> NodeID? {
    let tag = tag(id)
    guard tag >= 0, let inner = Operation.undone(by: tag),
      self.tag(operands(id)[0]) == Node.Kind.viewTag
    else { return nil }
    let outer = Operation.all[Int(tag)]
    let (tensor, views) = viewed(self[id].operands[0])
    if views.isEmpty { return nil }
    switch self[tensor].kind {
    case .map(inner):
      return map(outer, map(inner, apply(views, to: self[tensor].operands[0])))
    case .map(.div):
      let numerator = self[tensor].operands[0]
      let divisor = self[tensor].operands[1]
      guard case .map(inner) = self[numerator].kind, !self[numerator].shape.isEmpty else {
        return nil
      }
      let above = map(inner, apply(views, to: self[numerator].operands[0]))
      let below = self[divisor].shape.isEmpty ? divisor : apply(views, to: divisor)
      return map(outer, map(.div, above, below))
    default: return nil
    }
  }

  /// The tensor under a chain of slices, reshapes and permutations, and the chain from the inside out.
  private func viewed(_ id: NodeID) -> (NodeID, [Node]) {
    var views: [Node] = []
    var id = id
    while true {
      switch self[id].kind {
      case .slice, .reshape, .permute:
        views.append(self[id])
        id = self[id].operands[0]
      default: return (id, views.reversed())
      }
    }
  }

  private mutating func apply(_ views: [Node], to id: NodeID) -> NodeID {
    views.reduce(id) { folded($1.kind, Operands($0), shape: $1.shape) }
  }
}

extension Operation {
  /// What the operation of this tag undoes, or nil.
  fileprivate static func undone(by tag: Int16) -> Self? { undone[Int(tag)] }

  private static let undone: [Self?] = all.map { operation in
    operation.row.inverse.map { Self($0)! }
  }
}
