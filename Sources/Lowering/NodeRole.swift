import NNCGraph

/// How lowering treats a node.
enum NodeRole {
  /// It is there already, or a constant.
  case leaf
  /// The same numbers in the same order as its operand's.
  case alias
  /// Elements of its operand at other places.
  case view
  /// Made of parts, or of nothing: always kept.
  case block
  /// Each element from one element of each operand.
  case elementwise
  /// Each element from many.
  case reduction

  /// Whether its numbers are made by a kernel of its own where they are a result.
  var isComputed: Bool { self == .block || self == .elementwise || self == .reduction }
}

extension Graph {
  /// How a node is treated. For one sample the sum over samples is its operand.
  func role(of id: NodeID, many: Bool) -> NodeRole {
    let node = self[id]
    switch node.kind {
    case .constant, .literal: return .leaf
    case .symbol(let symbol): return symbols[symbol].role == .noise ? .block : .leaf
    case .map: return .elementwise
    case .contract where chosen(in: id) != nil: return .block
    case .contract(let contraction):
      let isSum = contraction.inputs.contains { $0.contains { !contraction.output.contains($0) } }
      return isSum ? .reduction : .elementwise
    case .maximum: return .reduction
    case .samples:
      if !many { return .alias }
      return chosen(in: node.operands[0], sumsSamples: true)?.isScatter == true
        ? .block : .reduction
    case .reshape: return isUnitReshape(node) ? .view : .alias
    case .broadcast, .permute, .slice, .view, .oneHot: return .view
    case .row, .rows, .recurrence: return .leaf
    case .pad, .concat: return .block
    case .derivative: preconditionFailure("node \(id.index) is a derivative that was not taken")
    }
  }

  /// Whether a reshape only adds and removes axes of extent 1, or repeats one scalar.
  func isUnitReshape(_ node: Node) -> Bool {
    let operand = self[node.operands[0]]
    if isRepeatedScalar(operand) { return true }
    return operand.shape.filter { $0 != 1 } == node.shape.filter { $0 != 1 }
  }

  /// Whether a node is one scalar, repeated.
  func isRepeatedScalar(_ node: Node) -> Bool {
    guard case .broadcast = node.kind else { return false }
    return self[node.operands[0]].shape.isEmpty
  }

  /// The node in whose array a node's numbers lie in row-major order: what it is another shape of.
  func stored(_ id: NodeID) -> NodeID {
    var id = id
    while case .reshape = self[id].kind { id = self[id].operands[0] }
    return id
  }

  /// The extent of each label of a contraction.
  func extents(of node: Node) -> [UInt8: Int] {
    guard case .contract(let contraction) = node.kind else { return [:] }
    var extents: [UInt8: Int] = [:]
    for (labels, operand) in zip(contraction.inputs, node.operands) {
      for (label, extent) in zip(labels, self[operand].shape) { extents[label] = extent }
    }
    return extents
  }
}
