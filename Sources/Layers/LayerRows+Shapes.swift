import NNCAlgebra
import NNCGraph

/// The layers that move numbers, leave some out or put others beside them.
let shapeLayers: [LayerRow] = [
  LayerRow(
    "concat LABEL", "an earlier layer's output behind this one", operand: .layer(.butOne),
    keys: [.axis],
    shape: { (layer) throws(LayerProblem) in
      let other = layer.other ?? layer.x
      let axis = try layer.chosenAxis()
      var shape = layer.x
      shape[axis] += other[axis]
      let rest = layer.x.indices.first { $0 != axis && layer.x[$0] != other[$0] }
      guard let rest else { return try layer.checked(shape) }
      throw LayerProblem(
        message:
          "\(layer.x.extents) and \(other.extents) do not go behind one another along axis \(axis)",
        label: "the other axes must be equal; axes are counted from 0", key: "axis",
        notes: ["along `axis=\(rest)` they do"])
    }
  ) { graph, layer throws(LayerProblem) in
    graph.concat(layer.x, layer.other!, axis: try layer.shapes.chosenAxis())
  },
  LayerRow(
    "reshape SHAPE", "the same numbers in another shape", inflow: .any,
    operand: .sizes(name: "SHAPE", meaning: "a shape", example: "1x28x28", least: 1),
    shape: { (layer) throws(LayerProblem) in
      let shape = layer.settings.sizes["SHAPE"]!
      let count = shape.checkedCount
      guard count == layer.x.elementCount else {
        let given = count.map { "\($0)" } ?? "too many"
        throw LayerProblem(
          message: "\(layer.x.elementCount) numbers flow in, and \(shape.extents) are \(given)",
          label: "expected a shape of \(layer.x.elementCount)", key: "SHAPE")
      }
      return shape
    }
  ) { graph, layer in graph.reshape(layer.x, to: layer.shape) },
  LayerRow(
    "permute AXES", "the axes in another order", inflow: .any,
    operand: .sizes(
      name: "AXES", meaning: "the axes in their new order", example: "1,0,2", least: 0),
    shape: { (layer) throws(LayerProblem) in
      let axes = layer.settings.sizes["AXES"]!
      guard axes.sorted() == Array(layer.x.indices) else {
        let all = layer.x.indices.map(String.init).joined(separator: ",")
        throw LayerProblem(
          message:
            "\(axes.map(String.init).joined(separator: ",")) is no order of the axes of \(layer.x.extents)",
          label: "expected each of \(all) once", key: "AXES")
      }
      return axes.map { layer.x[$0] }
    }
  ) { graph, layer in graph.permute(layer.x, layer.shapes.settings.sizes["AXES"]!) },
  LayerRow(
    "transpose", "the last two axes exchanged", inflow: .any,
    shape: { (layer) throws(LayerProblem) in
      try layer.needs(axes: 2)
      return layer.x.dropLast(2) + [layer.x.last!, layer.x.dropLast().last!]
    }
  ) { graph, layer in
    let count = layer.shape.count
    return graph.permute(layer.x, Array(0..<count - 2) + [count - 1, count - 2])
  },
  LayerRow(
    "slice FROM,END", "the elements from one place on and before another, counted from 0",
    inflow: .any,
    operand: .sizes(
      name: "FROM,END", meaning: "the first place and the one behind the last", example: "2,5",
      least: 0),
    keys: [.axis],
    shape: { (layer) throws(LayerProblem) in
      let axis = try layer.chosenAxis()
      let places = layer.settings.sizes["FROM,END"]!
      guard places.count == 2, places[0] < places[1], places[1] <= layer.x[axis] else {
        throw LayerProblem(
          message:
            "axis \(axis) of \(layer.x.extents) has no places \(places.map(String.init).joined(separator: ","))",
          label: "expected two places from 0 to \(layer.x[axis]), the smaller first",
          key: "FROM,END")
      }
      var shape = layer.x
      shape[axis] = places[1] - places[0]
      return shape
    }
  ) { graph, layer throws(LayerProblem) in
    var start = layer.shape.map { _ in 0 }
    start[try layer.shapes.chosenAxis()] = layer.shapes.settings.sizes["FROM,END"]![0]
    return graph.slice(layer.x, from: start, shape: layer.shape)
  },
  LayerRow(
    "last", "the last of the steps of a sequence", inflow: .any,
    shape: { (layer) throws(LayerProblem) in
      try layer.needs(axes: 2)
      return Array(layer.x.dropFirst())
    }
  ) { graph, layer in
    let steps = graph.shape(layer.x)[0]
    let one = graph.slice(
      layer.x, from: [steps - 1] + layer.shape.map { _ in 0 }, shape: [1] + layer.shape)
    return graph.reshape(one, to: layer.shape)
  },
  LayerRow(
    "pad N", "more places beside those of each axis but the channels",
    operand: .sizes(name: "N", meaning: "how many places on each side", example: "1", least: 0),
    keys: [.init("padding", .word(Border.allCases.map(\.rawValue)))],
    shape: { (layer) throws(LayerProblem) in
      let sides = try layer.sides()
      let spatial = zip(try layer.spatial, sides).map { $0 + $1.before + $1.after }
      return try layer.checked([layer.channels] + spatial)
    }
  ) { graph, layer throws(LayerProblem) in
    let border = Border(rawValue: layer.shapes.settings.words["padding"]!)!
    var result = layer.x
    for (place, side) in try layer.shapes.sides().enumerated() {
      result = graph.bordered(
        result, axis: place + 1, before: side.before, after: side.after, border)
    }
    return result
  },
]

extension LayerRow.Key {
  /// Along which axis, counted from 0; the last where it is not given.
  static let axis = Self("axis", .sizes(least: 0, standard: nil))
}

extension LayerShapes {
  /// The axis that the key `axis` says, or the last.
  func chosenAxis() throws(LayerProblem) -> Int {
    guard settings.sizes["axis"] != nil else { return max(0, x.count - 1) }
    let axis = try settings.size("axis")
    if x.indices.contains(axis) { return axis }
    throw LayerProblem(
      message: "\(x.extents) has no axis \(axis)",
      label: "expected a number below \(x.count)", key: "axis")
  }

  /// Refuses what has fewer axes.
  func needs(axes: Int) throws(LayerProblem) {
    if x.count >= axes { return }
    throw LayerProblem(
      message: "it takes at least \(axes) axes, but \(x.extents) flows in",
      label: "`reshape` gives it more")
  }

  /// Refuses what is no sequence, steps x features.
  func needsSequence() throws(LayerProblem) {
    try needs(axes: 2)
    if x.count == 2 { return }
    throw LayerProblem(
      message: "\(x.extents) numbers are no sequence", label: "expected steps x features")
  }

  /// By spatial axis: how many places come before and behind it.
  func sides() throws(LayerProblem) -> [(before: Int, after: Int)] {
    let extents = try spatial
    let border = Border(rawValue: settings.words["padding"]!)!
    let sides = try settings.sides("N", axes: extents.count)
    for (extent, side) in zip(extents, sides) {
      let (most, wanted) = (border.most(extent), max(side.before, side.after))
      guard wanted > most else { continue }
      throw LayerProblem(
        message:
          "an axis of \(extent) cannot be extended by \(wanted) with `padding=\(border.rawValue)`",
        label: "at most by \(most)", key: "N")
    }
    return sides
  }
}
