import NNCAlgebra
import NNCGraph

extension Graph {
  /// z − m and m, with m the greatest element along the last axis. What is made of them does not depend on m, so m counts
  /// as a constant in derivatives: it is `held`.
  private mutating func shifted(
    _ z: NodeID, _ held: Operation
  ) -> (difference: NodeID, greatest: NodeID) {
    let shape = shape(z)
    if shape.isEmpty { return (map(.sub, z, z), z) }
    let greatest = map(held, maximum(z, axes: [shape.count - 1]))
    return (map(.sub, z, alongLast(greatest, of: shape)), greatest)
  }

  private mutating func sumOfExponentials(_ z: NodeID) -> NodeID {
    let powers = map(Operation("exp")!, z)
    return shape(z).isEmpty ? powers : sum(powers, over: [shape(z).count - 1])
  }

  /// softmax(z) = e^(z − m) / Σ e^(z − m) along the last axis, m = max z.
  public mutating func softmax(_ z: NodeID) -> NodeID {
    let difference = shifted(z, .detach).difference
    let total = sumOfExponentials(difference)
    let powers = map(Operation("exp")!, difference)
    return map(.div, powers, alongLast(total, of: shape(z)))
  }

  /// logsoftmax(z) = (z − m) − ln Σ e^(z − m) along the last axis, m = max z.
  public mutating func logsoftmax(_ z: NodeID) -> NodeID {
    let difference = shifted(z, .detach).difference
    let logarithm = map(Operation("log")!, sumOfExponentials(difference))
    return map(.sub, difference, alongLast(logarithm, of: shape(z)))
  }

  /// logsumexp(z) = m + ln Σ e^(z − m) along the last axis, m = max z, or 0 where that is infinite: where all z are −∞,
  /// so is the value.
  mutating func logsumexp(_ z: NodeID) -> NodeID {
    let (difference, greatest) = shifted(z, .shift)
    let logarithm = map(Operation("log")!, sumOfExponentials(difference))
    return map(.add, greatest, logarithm)
  }

  /// layernorm(x) = (x − μ) / √(σ² + ε) along the last axis: μ the mean, σ² the mean squared
  /// difference from it. J. L. Ba et al., Layer Normalization (2016).
  mutating func normalised(_ x: NodeID, eps: NodeID) -> NodeID {
    let shape = shape(x)
    let axis = shape.count - 1
    let count = constant(Double(shape[axis]))
    let mean = map(.div, sum(x, over: [axis]), count)
    let centred = map(.sub, x, alongLast(mean, of: shape))
    let squares = map(.square, centred)
    let variance = map(.div, sum(squares, over: [axis]), count)
    let one = constant(1)
    let scale = map(.div, one, map(.sqrt, map(.add, variance, eps)))
    return map(.mul, centred, alongLast(scale, of: shape))
  }
}

extension Graph {
  /// x / √(mean of x² + ε) along the last axis.
  mutating func scaledByRoot(_ x: NodeID, eps: NodeID) -> NodeID {
    let shape = shape(x)
    let axis = shape.count - 1
    let mean = map(.div, sum(map(.square, x), over: [axis]), constant(Double(shape[axis])))
    let scale = map(.div, constant(1), map(.sqrt, map(.add, mean, eps)))
    return map(.mul, x, alongLast(scale, of: shape))
  }

  /// What is done along the last axis, along another: it is brought there and back.
  mutating func along(
    _ axis: Int, _ x: NodeID, _ make: (inout Graph, NodeID) -> NodeID
  ) -> NodeID {
    let count = shape(x).count
    if axis == max(0, count - 1) { return make(&self, x) }
    // An exchange is its own inverse.
    var order = Array(0..<count)
    order.swapAt(axis, count - 1)
    return permute(make(&self, permute(x, order)), order)
  }

  /// What is done along the last axis, along the layer's last axes as if they were one, then by a weight and a bias.
  mutating func overLastAxes(
    _ layer: LayerValues, _ make: (inout Graph, NodeID, NodeID) -> NodeID
  ) -> NodeID {
    let shape = shape(layer.x)
    let count = layer.shapes.lastAxes.count
    let rows = Array(shape.dropLast(count)) + [shape.suffix(count).reduce(1, *)]
    let x = count == 1 ? layer.x : reshape(layer.x, to: rows)
    let even = make(&self, x, constant(layer.number("eps")))
    var result = count == 1 ? even : reshape(even, to: shape)
    if let weight = layer["weight"] { result = map(.mul, result, spread(weight, to: shape)) }
    guard let bias = layer["bias"] else { return result }
    return map(.add, result, spread(bias, to: shape))
  }
}

extension LayerShapes {
  /// The extents of so many last axes as `axes` says, one where it does not.
  var lastAxes: Shape { Array(x.suffix(settings.sizes["axes"]?.first ?? 1)) }
}

extension LayerRow.Key {
  /// Over how many last axes.
  static let axes = Self("axes", .sizes(standard: 1))
}

extension LayerRow {
  /// The rule of layers that keep the shape and work along one axis.
  static let alongAxis: ShapeRule = { (layer) throws(LayerProblem) in
    _ = try layer.chosenAxis()
    return layer.x
  }

  /// That of those that work over some last axes.
  static let overLastAxes: ShapeRule = { (layer) throws(LayerProblem) in
    let count = try layer.settings.size("axes")
    if layer.x.count >= count { return layer.x }
    throw LayerProblem(
      message: "\(layer.x.extents) has no \(count) axes", label: "at most \(layer.x.count)",
      key: "axes")
  }
}
