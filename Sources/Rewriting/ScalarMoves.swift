import NNCAlgebra
import NNCGraph

// A sum of multiples is the multiple of the sum: scalar factors and signs move through the linear operations on
// tensors, to the side where there is less to multiply.
extension Graph {
  /// The node, which ``mayMoveScalar(at:)``, with a scalar factor moved out of it or into it, where that saves work; nil where there is none.
  mutating func movingScalar(
    at id: NodeID, _ live: inout LiveUses, isCounted: Bool
  ) -> NodeID? {
    let node = self[id]
    switch node.kind {
    case .contract, .broadcast, .permute, .reshape, .slice, .view, .pad:
      for place in node.operands.indices {
        let operand = node.operands[place]
        guard let (factor, rest) = scalarFactor(of: operand) else { continue }
        var operands = node.operands
        operands[place] = rest
        let inner = folded(node.kind, operands, shape: node.shape)
        let after =
          factor.map { folded(.mul, Operands($0, inner), shapeNumber(inner)) }
          ?? folded(.neg, Operands(inner), shapeNumber(inner))
        let gain = live.gain(
          freeing: NodeList(id, operand), adding: after, isCounted: isCounted, in: self)
        if gain >= 0 { return after }
      }
      return nil
    case .map(.mul):
      guard case (let factor?, let rest)? = scalarFactor(of: id), case .contract = self[rest].kind,
        operands(rest).count == 2
      else { return nil }
      var scaled = operands(rest)
      let place = elementCount(scaled[0]) <= elementCount(scaled[1]) ? 0 : 1
      scaled[place] = folded(.mul, Operands(factor, scaled[place]), shapeNumber(scaled[place]))
      let after = refolded(rest, scaled)
      let gain = live.gain(
        freeing: NodeList(id, rest), adding: after, isCounted: isCounted, in: self)
      return gain > 0 ? after : nil
    default: return nil
    }
  }

  /// Whether the kinds of a node and its operands allow a move: a quick look.
  func mayMoveScalar(at id: NodeID) -> Bool {
    let (tag, mul, neg) = (tag(id), Operation.mul.tag, Operation.neg.tag)
    let operands = operands(id)
    if tag == mul { return operands.contains { self.tag($0) == Node.Kind.contractTag } }
    guard tag == Node.Kind.contractTag || tag == Node.Kind.viewTag else { return false }
    return operands.contains { self.tag($0) == mul || self.tag($0) == neg }
  }

  /// Reads a tensor as a scalar times a tensor, or as a negative (no factor).
  private func scalarFactor(of id: NodeID) -> (NodeID?, NodeID)? {
    let operands = operands(id)
    if tag(id) == Operation.neg.tag { return (nil, operands[0]) }
    guard tag(id) == Operation.mul.tag, !isScalar(id) else { return nil }
    for place in 0..<2 where isScalar(operands[place]) {
      return (operands[place], operands[1 - place])
    }
    return nil
  }
}
