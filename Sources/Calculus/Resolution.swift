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
        if operands.count > 1, isPartOfLeaf(operands[1]) { value = simplify(&self, value) }
        replacement[id] = take(derivative, of: value, Array(operands.dropFirst()), simplify)
      } else if operands != Array(node.operands) {
        let rebuilt = demand(node.kind, operands, shape: node.shape)
        replacement[id] = rebuilt
        passNames(of: id, to: rebuilt)
      }
    }
    return replacement[root] ?? root
  }

  private mutating func take(
    _ derivative: Derivative, of e: NodeID, _ further: [NodeID],
    _ simplify: (inout Graph, NodeID) -> NodeID
  ) -> NodeID {
    switch derivative {
    case .diff: diff(e, by: further[0])
    case .hessian: hessian(e, by: further[0])
    case .jvp: jvp(e, by: further[0], further[1])
    case .vjp: vjp(e, by: further[0], further[1])
    case .hvp: hvp(e, by: further[0], further[1])
    case .substitute: substitute(further[0], by: further[1], in: e)
    case .taylor(let order): taylor(e, by: further[0], around: further[1], order, simplify)
    case .expand: multipliedOut(e)
    case .factor: factored(e, by: further.first)
    }
  }

  func isPartOfLeaf(_ id: NodeID) -> Bool {
    var id = id
    while true {
      switch self[id].kind {
      case .symbol: return true
      case .slice, .reshape, .permute, .view: id = self[id].operands[0]
      default: return false
      }
    }
  }
}
