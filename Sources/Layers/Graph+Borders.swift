import NNCAlgebra
import NNCGraph

/// What stands beside an axis that windows reach beyond.
enum Border: String, CaseIterable {
  case zeros, reflect, replicate, circular

  /// The most places that an axis of this extent can be extended by on each side.
  func most(_ extent: Int) -> Int {
    switch self {
    case .zeros, .replicate: maximumCount
    case .reflect: extent - 1
    case .circular: extent
    }
  }
}

extension Graph {
  /// A tensor whose axis is extended by so many places before and behind it.
  mutating func bordered(
    _ id: NodeID, axis: Int, before: Int, after: Int, _ border: Border
  ) -> NodeID {
    let extent = shape(id)[axis]
    if before == 0, after == 0 { return id }
    if border == .zeros {
      var (start, shape) = (shape(id).map { _ in 0 }, shape(id))
      start[axis] = before
      shape[axis] += before + after
      return pad(id, at: start, to: shape)
    }
    // The places of the axis that the new ones show: `count` of them from `start`, by steps of `step`.
    func copy(_ count: Int, from start: Int, step: Int) -> NodeID? {
      if count == 0 { return nil }
      var shape = shape(id)
      shape[axis] = count
      var indices = shape.indices.map { View.Index(axis: $0) }
      indices[axis] = View.Index(axis: axis, step: step, offset: start)
      return view(id, View(indices), shape: shape)
    }
    let first: NodeID?
    let last: NodeID?
    switch border {
    case .zeros, .replicate:
      (first, last) = (copy(before, from: 0, step: 0), copy(after, from: extent - 1, step: 0))
    case .reflect:
      (first, last) = (
        copy(before, from: before, step: -1), copy(after, from: extent - 2, step: -1)
      )
    case .circular:
      (first, last) = (copy(before, from: extent - before, step: 1), copy(after, from: 0, step: 1))
    }
    var result = first.map { concat($0, id, axis: axis) } ?? id
    if let last { result = concat(result, last, axis: axis) }
    return result
  }

  /// The same with one number in all new places.
  mutating func bordered(
    _ id: NodeID, axis: Int, before: Int, after: Int, filledWith value: Double
  ) -> NodeID {
    func places(_ count: Int) -> NodeID {
      var shape = shape(id)
      shape[axis] = count
      return broadcast(constant(value), to: shape, axes: [])
    }
    var result = id
    if before > 0 { result = concat(places(before), result, axis: axis) }
    if after > 0 { result = concat(result, places(after), axis: axis) }
    return result
  }
}
