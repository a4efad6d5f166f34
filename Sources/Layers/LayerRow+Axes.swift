import NNCAlgebra
import NNCGraph

// Layers that work along one axis, or over some last axes as if they were one.
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
