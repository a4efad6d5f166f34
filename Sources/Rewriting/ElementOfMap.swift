import NNCAlgebra
import NNCGraph

extension Graph {
  /// log of an element of exp(z), or of exp(z) / s, as the log of the exponential of z's element: what the rules about
  /// logarithms of exponentials then see. nil where the node is no such logarithm.
  mutating func logarithmOfElement(at id: NodeID) -> NodeID? {
    guard tag(id) == Self.log.tag, tag(operands(id)[0]) == Node.Kind.viewTag else { return nil }
    let (tensor, views) = viewed(self[id].operands[0])
    if views.isEmpty { return nil }
    let (log, exp) = (Self.log, Self.exp)
    switch self[tensor].kind {
    case .map(exp):
      return map(log, map(exp, apply(views, to: self[tensor].operands[0])))
    case .map(.div):
      let numerator = self[tensor].operands[0]
      let divisor = self[tensor].operands[1]
      guard case .map(exp) = self[numerator].kind, !self[numerator].shape.isEmpty else {
        return nil
      }
      let above = map(exp, apply(views, to: self[numerator].operands[0]))
      let below = self[divisor].shape.isEmpty ? divisor : apply(views, to: divisor)
      return map(log, map(.div, above, below))
    default: return nil
    }
  }

  private static let log = Operation("log")!
  private static let exp = Operation("exp")!

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
