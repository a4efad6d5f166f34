import NNCGraph

extension Graph {
  /// By node: the axes along which its elements come from different steps of an input.
  func times(of roots: [NodeID], input: NodeID, axis: Int) -> [UInt32] {
    let marks = reachable(from: roots)
    var times = [UInt32](repeating: 0, count: marks.count)
    for index in marks.indices where marks[index] {
      let id = NodeID(index)
      let operands = operands(id)
      let bits = operands.first.map { times[Int($0.index)] } ?? 0
      if id == input {
        times[index] = 1 << UInt32(axis)
        continue
      }
      let node = nodes[index]
      if bits == 0, operands.allSatisfy({ times[Int($0.index)] == 0 }), !isRows(node) { continue }
      switch node.kind {
      case .map, .concat:
        for operand in operands where shape(operand).count == node.shape.count {
          times[index] |= times[Int(operand.index)]
        }
      case .contract(let contraction):
        for (labels, operand) in zip(contraction.inputs, operands) {
          for (place, label) in labels.enumerated()
          where times[Int(operand.index)] & 1 << UInt32(place) != 0 {
            if let axis = contraction.output.firstIndex(of: label) {
              times[index] |= 1 << UInt32(axis)
            }
          }
        }
      case .maximum(let axes):
        var result = 0
        for axis in shape(operands[0]).indices where !axes.contains(axis) {
          if bits & 1 << UInt32(axis) != 0 { times[index] |= 1 << UInt32(result) }
          result += 1
        }
      case .reshape:
        for (from, to) in kept(through: id) where bits & 1 << UInt32(from) != 0 {
          times[index] |= 1 << UInt32(to)
        }
      case .pad, .oneHot: times[index] = bits
      case .row(_, _): times[index] = bits >> 1
      case .rows: times[index] = bits << 1 | 1
      default:
        guard let view = node.kind.view else { continue }
        for (axis, place) in view.indices.enumerated() where bits & 1 << UInt32(axis) != 0 {
          // A window has a place for each step of which it is the first, and places inside.
          guard let along = place.terms.max(by: { node.shape[$0.axis] < node.shape[$1.axis] })
          else {
            continue
          }
          times[index] |= 1 << UInt32(along.axis)
        }
      }
    }
    return times
  }

  private func isRows(_ node: Node) -> Bool { if case .rows = node.kind { true } else { false } }

  /// The axes that a change of shape leaves as they are: of the operand and of the result.
  func kept(through id: NodeID) -> [(from: Int, to: Int)] {
    let (before, after) = (shape(operands(id)[0]), shape(id))
    let (own, new) = (before.rowMajorSteps, after.rowMajorSteps)
    return before.indices.compactMap { from in
      after.indices.first { after[$0] == before[from] && new[$0] == own[from] && after[$0] > 1 }
        .map { (from, $0) }
    }
  }
}
