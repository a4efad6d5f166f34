import NNCAlgebra
import NNCGraph

extension Graph {
  /// A sum of tensors that are each 0 outside of a box, as one tensor made of what is in the boxes, where those lie one
  /// behind the other along an axis and nowhere else: the adjoint of what was cut into parts.
  mutating func joiningBoxes(_ sum: NodeID) -> NodeID {
    guard self[sum].kind == .map(.add) else { return sum }
    var boxes: [(start: [Int], core: NodeID)] = []
    var pending = [sum]
    while let id = pending.popLast() {
      switch self[id].kind {
      case .map(.add) where self[id].shape == self[sum].shape: pending += operands(id)
      case .pad(let start, let steps) where steps.allSatisfy({ $0 == 1 }):
        boxes.append((start, operands(id)[0]))
      default: return sum
      }
      if boxes.count > Self.mostBoxes { return sum }
    }
    let whole = self[sum].shape
    let axes = whole.indices.filter { axis in
      boxes.contains { $0.start[axis] != 0 || self[$0.core].shape[axis] != whole[axis] }
    }
    guard axes.count == 1 else { return sum }
    let axis = axes[0]
    boxes.sort { $0.start[axis] < $1.start[axis] }
    for (box, next) in zip(boxes, boxes.dropFirst())
    where box.start[axis] + self[box.core].shape[axis] != next.start[axis] { return sum }
    var joined = boxes[0].core
    for box in boxes.dropFirst() { joined = concat(joined, box.core, axis: axis) }
    return pad(joined, at: boxes[0].start, to: whole)
  }

  /// Into as many parts a value is cut, at most, for their adjoints to be joined: the gates of a unit, heads of attention.
  private static var mostBoxes: Int { 64 }
}
