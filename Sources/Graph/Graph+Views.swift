import NNCAlgebra

// Tensors that show elements of others. What a simpler primitive says becomes that one, and a view of a view one view.
extension Graph {
  /// What `view` shows of a tensor, as a tensor of this shape. Every index must lie inside.
  public mutating func view(_ id: NodeID, _ view: View, shape: Shape) -> NodeID {
    let operand = self[id].shape
    precondition(view.fits(operand, shape), "a view reaches beyond its tensor")
    if let inner = self[id].kind.view {
      let joined = view.of(inner)
      let source = self[id].operands[0]
      if joined.inverse(of: self[source].shape, shape) != nil {
        return self.view(source, joined, shape: shape)
      }
    }
    precondition(view.inverse(of: operand, shape) != nil, "no view leads back from this one")
    let axes = view.indices.compactMap(\.axis)
    if axes.count == operand.count, Set(axes).count == axes.count,
      axes.enumerated().allSatisfy({ shape[$1] == operand[$0] })
    {
      if axes.count == shape.count {
        return permute(id, axes.indices.map { axes.firstIndex(of: $0)! })
      }
      if axes == axes.sorted() { return broadcast(id, to: shape, axes: axes) }
    }
    if let steps = view.steps, shape.count == operand.count, steps.allSatisfy({ $0 == 1 }) {
      return slice(id, from: view.indices.map(\.offset), shape: shape)
    }
    return demand(.view(view), [id], shape: shape)
  }

  /// Every `steps`-th element of a box that begins at `start`: element i along an axis is `start` + `step` · i.
  public mutating func slice(
    _ id: NodeID, from start: [Int], steps: [Int], shape: Shape
  ) -> NodeID {
    let indices = start.indices.map {
      View.Index(axis: $0, step: steps[$0], offset: start[$0])
    }
    return view(id, View(indices), shape: shape)
  }

  /// The elements along these axes in the opposite order.
  public mutating func reverse(_ id: NodeID, axes: [Int]) -> NodeID {
    let shape = self[id].shape
    return slice(
      id, from: shape.indices.map { axes.contains($0) ? shape[$0] - 1 : 0 },
      steps: shape.indices.map { axes.contains($0) ? -1 : 1 }, shape: shape)
  }

  /// Sliding windows along axes: an axis of extent n becomes one of ⌊(before + n + after − reach) / stride⌋ + 1
  /// positions, where reach = dilation · (size − 1) + 1, and behind all axes stands an axis of `size` places for each
  /// window. Element (i, k) is number stride · i + dilation · k − before of the axis, and 0 beside it.
  public mutating func windows(_ id: NodeID, _ windows: [Window]) -> NodeID {
    var operand = self[id].shape
    var start = operand.map { _ in 0 }
    for window in windows {
      start[window.axis] = window.before
      operand[window.axis] += window.before + window.after
    }
    var shape = operand
    var indices = shape.indices.map { View.Index(axis: $0) }
    for window in windows {
      let reach = window.dilation * (window.size - 1) + 1
      precondition(reach <= operand[window.axis], "a window is larger than its axis")
      shape[window.axis] = (operand[window.axis] - reach) / window.stride + 1
      indices[window.axis] = .init(axis: window.axis, step: window.stride)
      indices[window.axis].add(axis: shape.count, step: window.dilation)
      shape.append(window.size)
    }
    let framed = pad(id, at: start, to: operand)
    return view(framed, View(indices), shape: shape)
  }

  /// The numbers 0, 1, 2 … along an axis.
  public mutating func iota(_ shape: Shape, axis: Int) -> NodeID {
    let numbers = literal((0..<shape[axis]).map(Double.init), shape: [shape[axis]])
    return broadcast(numbers, to: shape, axes: [axis])
  }

  /// For each whole number k of the operand a row along a new last axis of extent `count`: 1 at place k, 0 elsewhere;
  /// nothing but 0 for a number that is no index.
  public mutating func oneHot(_ numbers: NodeID, count: Int) -> NodeID {
    demand(.oneHot(count), [numbers], shape: self[numbers].shape + [count])
  }

  /// The rows of a table (its elements along the first axis) that whole numbers say, as the product of a one-hot tensor
  /// and the table. Its derivative by the table, which adds to each row what its uses bring, in the order of the numbers,
  /// is such a product too.
  public mutating func gather(_ table: NodeID, rows numbers: NodeID) -> NodeID {
    let shape = self[table].shape
    let own = (0..<UInt8(self[numbers].shape.count)).map { $0 }
    let row = UInt8(own.count)
    let rest = (0..<UInt8(shape.count - 1)).map { row + 1 + $0 }
    let chosen = oneHot(numbers, count: shape[0])
    return contract(
      Contraction(inputs: [own + [row], [row] + rest], output: own + rest), [chosen, table])
  }

  /// Of each row along the last axis the element that a whole number says.
  public mutating func pick(_ rows: NodeID, _ numbers: NodeID) -> NodeID {
    let own = (0..<UInt8(self[numbers].shape.count)).map { $0 }
    let place = UInt8(own.count)
    let chosen = oneHot(numbers, count: self[rows].shape.last!)
    return contract(
      Contraction(inputs: [own + [place], own + [place]], output: own), [chosen, rows])
  }

  /// The sum of the values that go to each row of a table of so many rows: what ``gather(_:rows:)`` undoes.
  public mutating func scatter(_ values: NodeID, rows numbers: NodeID, count: Int) -> NodeID {
    let shape = self[values].shape
    let own = (0..<UInt8(self[numbers].shape.count)).map { $0 }
    let row = UInt8(own.count)
    let rest = (0..<UInt8(shape.count - own.count)).map { row + 1 + $0 }
    let chosen = oneHot(numbers, count: count)
    return contract(
      Contraction(inputs: [own + [row], own + rest], output: [row] + rest), [chosen, values])
  }
}

/// A window that slides along an axis.
public struct Window: Hashable, Sendable {
  /// The axis.
  public var axis: Int
  /// How many places it has.
  public var size: Int
  /// How far it moves from one position to the next.
  public var stride: Int
  /// How far its places are apart.
  public var dilation: Int
  /// How many zeros stand before the axis.
  public var before: Int
  /// How many behind it.
  public var after: Int

  /// Makes a window.
  public init(
    axis: Int, size: Int, stride: Int = 1, dilation: Int = 1, before: Int = 0, after: Int = 0
  ) {
    self.axis = axis
    self.size = size
    self.stride = stride
    self.dilation = dilation
    self.before = before
    self.after = after
  }
}
