import Algebra
import Graph

// A sum of multiples is the multiple of the sum: scalar factors and signs move through the linear operations on
// tensors, to the side where there is less to multiply.
extension Graph {
  /// The node with a scalar factor moved out of it or into it, where that saves work; nil where there is none.
  mutating func movingScalar(at id: NodeID, _ live: LiveUses, isCounted: Bool) -> NodeID? {
    guard mayMoveScalar(at: id) else { return nil }
    let node = self[id]
    switch node.kind {
    case .contract, .broadcast, .permute, .reshape, .slice, .pad:
      for place in node.operands.indices {
        let operand = node.operands[place]
        guard let (factor, rest) = scalarFactor(of: operand) else { continue }
        var operands = Array(node.operands)
        operands[place] = rest
        let inner = folded(node.kind, operands, shape: node.shape)
        let after =
          factor.map { folded(.map(.mul), [$0, inner], shape: node.shape) }
          ?? folded(.map(.neg), [inner], shape: node.shape)
        if isWorth(after, freeing: [id, operand], live, isCounted, atNoGain: true) { return after }
      }
      return nil
    case .map(.mul):
      guard case (let factor?, let rest)? = scalarFactor(of: id), case .contract = self[rest].kind,
        self[rest].operands.count == 2
      else { return nil }
      let operands = self[rest].operands
      let place =
        self[operands[0]].shape.elementCount <= self[operands[1]].shape.elementCount ? 0 : 1
      var scaled = Array(operands)
      scaled[place] = folded(.map(.mul), [factor, scaled[place]], shape: self[scaled[place]].shape)
      let after = folded(self[rest].kind, scaled, shape: node.shape)
      return isWorth(after, freeing: [id, rest], live, isCounted, atNoGain: false) ? after : nil
    default: return nil
    }
  }

  /// Whether the kinds of a node and its operands allow a move: a quick look.
  private func mayMoveScalar(at id: NodeID) -> Bool {
    let tag = tag(id)
    let operands = nodes[Int(id.index)].operands
    if tag == Int16(Operation.mul.index) {
      return operands.contains { self.tag($0) == Node.Kind.contractTag }
    }
    guard tag == Node.Kind.contractTag || tag == Node.Kind.viewTag else { return false }
    return operands.contains {
      self.tag($0) == Int16(Operation.mul.index) || self.tag($0) == Int16(Operation.neg.index)
    }
  }

  /// Reads a tensor as a scalar times a tensor, or as a negative (no factor).
  private func scalarFactor(of id: NodeID) -> (NodeID?, NodeID)? {
    let node = self[id]
    if case .map(.neg) = node.kind { return (nil, node.operands[0]) }
    guard case .map(.mul) = node.kind, !node.shape.isEmpty else { return nil }
    for place in 0..<2 where self[node.operands[place]].shape.isEmpty {
      return (node.operands[place], node.operands[1 - place])
    }
    return nil
  }

  private func isWorth(
    _ after: NodeID, freeing passed: [NodeID], _ live: LiveUses, _ isCounted: Bool,
    atNoGain: Bool
  ) -> Bool {
    let gain = gain(freeing: passed, adding: after, live, isCounted: isCounted)
    return gain > 0 || atNoGain && gain == 0
  }
}
