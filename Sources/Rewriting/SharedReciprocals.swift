import NNCAlgebra
import NNCGraph

extension Graph {
  /// Where several numbers are divided by the same one, its reciprocal is taken once; not where that might be infinite
  /// while the quotients are not.
  mutating func sharingReciprocals(of roots: [NodeID], _ ranges: inout Ranges) -> [NodeID] {
    let marks = reachable(from: roots)
    var divisions: [NodeID: Int] = [:]
    for index in marks.indices where marks[index] {
      guard tag(NodeID(index)) == Operation.div.tag else { continue }
      let divisor = nodes[index].operands[1]
      let repeats = nodes[index].shape.elementCount / max(1, self[divisor].shape.elementCount)
      divisions[divisor, default: 0] += max(1, repeats)
    }
    var isShared: Set<NodeID> = []
    for (divisor, count) in divisions where count > 1 && constantValue(divisor) == nil {
      if hasReciprocal(divisor, &ranges) { isShared.insert(divisor) }
    }
    if isShared.isEmpty { return roots }
    return rebuilding(roots) { graph, id, operands in
      guard graph.tag(id) == Operation.div.tag, isShared.contains(graph[id].operands[1]),
        graph.constantValue(operands[0]) != 1
      else { return graph.remade(id, operands) }
      let one = graph.constant(1)
      let reciprocal = graph.map(.div, one, operands[1])
      return graph.map(.mul, operands[0], reciprocal)
    }
  }

  /// The least number of f32 with all digits; its reciprocal is finite.
  private static var least: Double { 0x1p-126 }

  private func hasReciprocal(_ id: NodeID, _ ranges: inout Ranges) -> Bool {
    var id = id
    while case .broadcast = self[id].kind { id = operands(id)[0] }
    let range = ranges.range(of: id, in: self)
    return range.low >= Self.least || range.high <= -Self.least || isShiftedSum(id)
  }

  /// Whether a value is Σ e^(zᵢ − m) with m the greatest zᵢ: one of the terms is 1, and so the sum is 1 or more.
  private func isShiftedSum(_ id: NodeID) -> Bool {
    if case .contract(let contraction) = self[id].kind, operands(id).count == 1 {
      guard let (z, m) = shifted(operands(id)[0]), case .maximum(let axes) = self[m].kind else {
        return false
      }
      let summed = contraction.inputs[0].indices.filter {
        !contraction.output.contains(contraction.inputs[0][$0])
      }
      return operands(m)[0] == z && axes == summed
    }
    var terms: Set<NodeID> = []
    var shift: NodeID?
    var pending = [id]
    while let next = pending.popLast() {
      if self[next].kind == .map(.add) {
        pending += self[next].operands
        continue
      }
      guard let (z, m) = shifted(next), shift == nil || shift == m else { return false }
      shift = m
      terms.insert(z)
    }
    pending = [shift!]
    while let next = pending.popLast() {
      if self[next].kind == .map(.max) {
        pending += self[next].operands
      } else if !terms.contains(next) {
        return false
      }
    }
    return true
  }

  /// Reads a value as e^(z − m), of which m may be held fixed or repeated.
  private func shifted(_ id: NodeID) -> (NodeID, NodeID)? {
    guard case .map(let function) = self[id].kind, function.row.isExponential,
      case .map(.sub) = self[operands(id)[0]].kind
    else { return nil }
    let difference = operands(operands(id)[0])
    var shift = difference[1]
    while true {
      switch self[shift].kind {
      case .broadcast: shift = operands(shift)[0]
      case .map(let operation) where operation.row.holdsFixed: shift = operands(shift)[0]
      default: return (difference[0], shift)
      }
    }
  }
}
