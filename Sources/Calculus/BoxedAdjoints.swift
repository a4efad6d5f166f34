import NNCAlgebra
import NNCGraph

// The adjoint of a part of a tensor is 0 in the rest of it. Such an adjoint is kept as a box, what is in it and where
// it begins, and each primitive hands on a box: the zeros around it are multiplied with nothing, so that an infinite
// slope there does no harm, and Jacobians and Hessians are as sparse as the mathematics.
extension Graph {
  /// What operand `place` of `id` gets where the adjoint is `core` in the box that begins at `start`, and 0 elsewhere;
  /// the outer nil where the primitive does not keep boxes, the inner where nothing is left.
  mutating func boxContribution(
    of id: NodeID, core: NodeID, at start: [Int], to place: Int
  ) -> NodeID?? {
    let node = self[id]
    let operand = node.operands[place]
    let shape = self[operand].shape
    let extents = self[core].shape
    switch node.kind {
    case .map(let operation):
      var inner = node.operands
      for index in inner.indices where self[inner[index]].shape == node.shape {
        inner[index] = slice(inner[index], from: start, shape: extents)
      }
      let value = slice(id, from: start, shape: extents)
      guard
        let part = mapContribution(operation, value, of: inner, adjoint: core, to: place)
      else { return .some(nil) }
      if shape.isEmpty { return total(part, over: extents) }
      return pad(spread(part, to: extents), at: start, to: shape)
    case .broadcast(let axes):
      let all = node.shape.indices.map { UInt8($0) }
      let sum = contract(Contraction(inputs: [all], output: axes.map { UInt8($0) }), [core])
      return pad(sum, at: axes.map { start[$0] }, to: shape)
    case .permute(let axes):
      let inverse = axes.indices.map { axes.firstIndex(of: $0)! }
      return pad(permute(core, inverse), at: inverse.map { start[$0] }, to: shape)
    case .reshape:
      guard let (begin, box) = reshaped(start, extents, from: node.shape, to: shape) else {
        return nil
      }
      return pad(reshape(core, to: box), at: begin, to: shape)
    case .slice(let begin):
      return pad(core, at: zip(begin, start).map { $0 + $1 }, to: shape)
    case .pad(let begin, let steps) where steps.allSatisfy({ $0 == 1 }):
      return .some(overlap(core, at: start, begin, shape))
    case .concat(let axis):
      var begin = shape.map { _ in 0 }
      if place == 1 { begin[axis] = self[node.operands[0]].shape[axis] }
      return .some(overlap(core, at: start, begin, shape))
    case .contract(let contraction):
      return contractBox(contraction, node, core: core, at: start, to: place)
    case .maximum(let axes):
      let kept = shape.indices.filter { !axes.contains($0) }
      var (begin, box) = (shape.map { _ in 0 }, shape)
      for (axis, to) in kept.enumerated() { (begin[to], box[to]) = (start[axis], extents[axis]) }
      let part = maximumContribution(
        axes, of: slice(operand, from: begin, shape: box),
        greatest: slice(id, from: start, shape: extents), adjoint: core)
      return pad(part, at: begin, to: shape)
    default: return nil
    }
  }

  /// What a box has in common with another of extents `shape` that begins at `begin`, within the other.
  private mutating func overlap(
    _ core: NodeID, at start: [Int], _ begin: [Int], _ shape: Shape
  ) -> NodeID? {
    let box = self[core].shape
    let low = zip(start, begin).map { max($0, $1) }
    let high = shape.indices.map { min(start[$0] + box[$0], begin[$0] + shape[$0]) }
    let common = zip(high, low).map { $0 - $1 }
    if common.contains(where: { $0 <= 0 }) { return nil }
    let part = slice(core, from: zip(low, start).map { $0 - $1 }, shape: common)
    return pad(part, at: zip(low, begin).map { $0 - $1 }, to: shape)
  }

  /// A box under another shape of the same elements: of one element, or where the shapes differ in axes of extent 1.
  private func reshaped(
    _ start: [Int], _ extents: Shape, from shape: Shape, to other: Shape
  ) -> (start: [Int], extents: Shape)? {
    if extents.elementCount == 1 {
      var index = zip(start, shape).reduce(0) { $0 * $1.1 + $1.0 }
      var begin = other
      for axis in other.indices.reversed() {
        begin[axis] = index % other[axis]
        index /= other[axis]
      }
      return (begin, other.map { _ in 1 })
    }
    let long = shape.indices.filter { shape[$0] > 1 }
    guard long.map({ shape[$0] }) == other.filter({ $0 > 1 }) else { return nil }
    var next = long.makeIterator()
    var (begin, box) = (other.map { _ in 0 }, other)
    for axis in other.indices where other[axis] > 1 {
      let from = next.next()!
      (begin[axis], box[axis]) = (start[from], extents[from])
    }
    return (begin, box)
  }

  private mutating func contractBox(
    _ contraction: Contraction, _ node: Node, core: NodeID, at start: [Int], to place: Int
  ) -> NodeID {
    let wanted = contraction.inputs[place]
    let shape = self[node.operands[place]].shape
    var box: [UInt8: (start: Int, extent: Int)] = [:]
    for (axis, label) in contraction.output.enumerated() {
      box[label] = (start[axis], self[core].shape[axis])
    }
    let begin = wanted.map { box[$0]?.start ?? 0 }
    let inner = zip(wanted, shape).map { box[$0]?.extent ?? $1 }
    guard node.operands.count == 2 else {
      let axes = contraction.output.map { wanted.firstIndex(of: $0)! }
      let order = axes.indices.sorted { axes[$0] < axes[$1] }
      let part = broadcast(permute(core, order), to: inner, axes: order.map { axes[$0] })
      return pad(part, at: begin, to: shape)
    }
    let labels = contraction.inputs[1 - place]
    let whole = self[node.operands[1 - place]].shape
    let other = slice(
      node.operands[1 - place], from: labels.map { box[$0]?.start ?? 0 },
      shape: zip(labels, whole).map { box[$0]?.extent ?? $1 })
    let output = wanted.filter { labels.contains($0) || box[$0] != nil }
    let parts = [(contraction.output, core), (labels, other)]
    let ordered = place == 0 ? parts : parts.reversed()
    let part = contract(
      Contraction(inputs: ordered.map(\.0), output: output), ordered.map(\.1))
    let full = broadcast(part, to: inner, axes: output.map { wanted.firstIndex(of: $0)! })
    return pad(full, at: begin, to: shape)
  }
}
