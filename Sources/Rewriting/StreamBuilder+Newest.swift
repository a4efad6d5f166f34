import NNCAlgebra
import NNCGraph

// The newest part of what differs from step to step, primitive by primitive: the axis of the steps goes, and what stood at
// several steps is kept.
extension StreamBuilder {
  mutating func newest(_ id: NodeID, _ axis: Int) throws(StreamProblem) -> Part? {
    let node = graph[id]
    switch node.kind {
    case .symbol:
      guard id == input, axis == self.axis else {
        throw StreamProblem(
          reason: "goes along another axis than that of the steps", layer: layer(id))
      }
      return Part(node: frame)
    case .map: return try elementwise(id, axis)
    case .contract(let contraction): return try contracted(id, contraction, axis)
    case .maximum(let axes):
      guard let x = ask(node.operands[0], .newest(behind(axis, axes))) else { return nil }
      let own = behind(axis, axes)
      let closed = try open(x.open, without: axes, of: node.operands[0], axis: own, -.infinity, id)
      // The axis of the steps is gone, and those of the maximum go.
      let places = axes.map { $0 > own ? $0 - 1 : $0 }
      var part = x
      part.node = graph.maximum(x.node, axes: places)
      part.open = Set(closed.map { before($0, axes) })
      return part
    case .reshape:
      guard let from = graph.kept(through: id).first(where: { $0.to == axis })?.from else {
        throw mixes(id)
      }
      guard let x = ask(node.operands[0], .newest(from)) else { return nil }
      var part = x
      part.node = graph.reshape(x.node, to: without(axis, node.shape))
      part.open = []
      for open in x.open {
        guard let to = graph.kept(through: id).first(where: { $0.from == open })?.to else {
          throw mixes(id)
        }
        part.open.insert(to)
      }
      return part
    case .oneHot(let count):
      guard let x = ask(node.operands[0], .newest(axis)) else { return nil }
      var part = x
      part.node = graph.oneHot(x.node, count: count)
      return part
    case .concat(let along):
      if along == axis { throw mixes(id) }
      guard let parts = try aligned(Array(node.operands), axis) else { return nil }
      if parts.contains(where: { $0.open.contains(along) }) { throw mixes(id) }
      var part = parts[0]
      part.node = graph.concat(parts[0].node, parts[1].node, axis: along > axis ? along - 1 : along)
      part.open.formUnion(parts[1].open)
      part.isSteady = parts.allSatisfy(\.isSteady)
      return part
    case .pad(let start, _):
      guard let x = ask(node.operands[0], .newest(axis)) else { return nil }
      let lag = x.lag - start[axis]
      guard let row = try paddedWindow(id, axis, lag...lag) else { return nil }
      var part = x
      part.lag = lag
      part.node = graph.reshape(row, to: without(axis, node.shape))
      return part
    case .rows(let turns, let isReversed): return try gathered(id, turns, isReversed, axis)
    default:
      guard let view = node.kind.view else { throw mixes(id) }
      return try viewed(id, view, axis)
    }
  }

  mutating func elementwise(_ id: NodeID, _ axis: Int) throws(StreamProblem) -> Part? {
    let node = graph[id]
    let tensors = node.operands.filter { !graph.isScalar($0) }
    guard let parts = try aligned(Array(tensors), axis) else { return nil }
    var operands = node.operands
    var part = Part(node: id, lag: parts[0].lag, isSteady: parts.allSatisfy(\.isSteady))
    var place = 0
    for index in operands.indices {
      if graph.isScalar(operands[index]) {
        if graph[operands[index]].isBatched { throw mixes(operands[index]) }
        continue
      }
      operands[index] = parts[place].node
      part.open.formUnion(parts[place].open)
      place += 1
    }
    // What all steps have is one number where the axis of the steps was the only one.
    guard case .map(let operation) = node.kind else { return nil }
    part.node = graph.map(operation, operands)
    let shape = without(axis, node.shape)
    if graph.shape(part.node) != shape {
      part.node = graph.broadcast(part.node, to: shape, axes: [])
    }
    graph.passNames(of: id, to: part.node)
    return part
  }

  /// The newest parts of operands along one axis, all as far behind as the one that is farthest.
  private mutating func aligned(_ operands: [NodeID], _ axis: Int) throws(StreamProblem) -> [Part]?
  {
    try aligned(operands.map { ($0, axis) })
  }

  mutating func aligned(_ operands: [(NodeID, Int)]) throws(StreamProblem) -> [Part]? {
    var parts: [Part] = []
    for (id, axis) in operands {
      if let part = ask(id, .newest(axis)) { parts.append(part) }
    }
    guard parts.count == operands.count else { return nil }
    guard let lag = parts.filter({ !$0.isSteady }).map(\.lag).max() else { return parts }
    for (place, (id, axis)) in operands.enumerated() where !parts[place].isSteady {
      if parts[place].lag == lag { continue }
      guard graph[id].isBatched else { throw mixes(id) }
      let row = try window(id, axis, lag...lag, of: parts[place])
      parts[place].node = graph.reshape(row, to: graph.shape(parts[place].node))
      parts[place].lag = lag
    }
    return parts.map {
      var part = $0
      part.lag = lag
      return part
    }
  }

  /// The open axes that are left when others are summed or compared away, each of which must have this value at later steps.
  private mutating func open(
    _ open: Set<Int>, without axes: [Int], of operand: NodeID, axis: Int, _ neutral: Double,
    _ id: NodeID
  ) throws(StreamProblem) -> Set<Int> {
    for gone in open where axes.contains(gone) {
      if later.value(of: operand, axis, gone, in: graph) != neutral { throw looksAhead(id) }
    }
    return open.subtracting(axes)
  }

  func without(_ axis: Int, _ shape: Shape) -> Shape {
    var shape = shape
    shape.remove(at: axis)
    return shape
  }

  /// The operand's axis that is the result's, where the operand has `axes` besides.
  private func behind(_ axis: Int, _ axes: [Int]) -> Int {
    var result = axis
    for other in axes.sorted() where other <= result { result += 1 }
    return result
  }

  /// The result's axis that is the operand's, where the operand has `axes` besides.
  private func before(_ axis: Int, _ axes: [Int]) -> Int { axis - axes.count { $0 < axis } }

  func mixes(_ id: NodeID) -> StreamProblem {
    StreamProblem(reason: "mixes all steps of the sequence", layer: layer(id))
  }

  func looksAhead(_ id: NodeID) -> StreamProblem {
    StreamProblem(reason: "looks at later steps", layer: layer(id))
  }
}
