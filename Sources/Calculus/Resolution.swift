import NNCGraph

extension Graph {
  /// Takes the derivatives that `root` still asks for, innermost first, and gives `root` without them.
  ///
  /// - Parameter simplify: rewrites an expression before it is differentiated by a leaf, so that a naive but harmless
  ///   formula (`log(1 + exp(x))`) is differentiated in its stable form.
  public mutating func resolvingDerivatives(
    in root: NodeID, simplify: (inout Graph, NodeID) -> NodeID
  ) -> NodeID {
    let marks = reachable(from: [root])
    var replacement: [NodeID: NodeID] = [:]
    for index in 0...Int(root.index) where marks[index] {
      let id = NodeID(index)
      let node = self[id]
      let operands = node.operands.map { replacement[$0] ?? $0 }
      if case .derivative(let derivative) = node.kind {
        var value = operands[0]
        if isPartOfLeaf(operands[1]) { value = simplify(&self, value) }
        replacement[id] = take(derivative, of: value, by: operands[1], operands.dropFirst(2).first)
      } else if operands != Array(node.operands) {
        let rebuilt = demand(node.kind, operands, shape: node.shape)
        replacement[id] = rebuilt
        passNames(of: id, to: rebuilt)
      }
    }
    return replacement[root] ?? root
  }

  private mutating func take(
    _ derivative: Derivative, of e: NodeID, by v: NodeID, _ direction: NodeID?
  ) -> NodeID {
    switch derivative {
    case .diff: diff(e, by: v)
    case .hessian: hessian(e, by: v)
    case .jvp: jvp(e, by: v, direction!)
    case .vjp: vjp(e, by: v, direction!)
    case .hvp: hvp(e, by: v, direction!)
    }
  }

  private func isPartOfLeaf(_ id: NodeID) -> Bool {
    var id = id
    while true {
      switch self[id].kind {
      case .symbol: return true
      case .slice, .reshape, .permute: id = self[id].operands[0]
      default: return false
      }
    }
  }
}
