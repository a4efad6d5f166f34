import NNCAlgebra
import NNCGraph

/// Layers that make one number of each window.
let pools: [LayerRow] = [
  LayerRow(
    "maxpool K", "the greatest number of each window", operand: .window,
    keys: [.stride, .pad, .init("dilation", .sizes(standard: 1)), .flag("ceil")], shape: poolShape,
    formula: { (graph, layer) throws(LayerProblem) in
      graph.maximumPool(layer.x, try SlidingWindows(layer.shapes, size: "K"))
    }),
  LayerRow(
    "avgpool K", "the mean of each window", operand: .window,
    keys: [.stride, .pad, .flag("ceil"), .flag("count_pad", isSet: true)], shape: poolShape,
    formula: { (graph, layer) throws(LayerProblem) in
      graph.averagePool(
        layer.x, try SlidingWindows(layer.shapes, size: "K"),
        countsPadding: layer.shapes.settings.isSet("count_pad"))
    }),
  LayerRow(
    "globalavgpool", "the mean of each channel", shape: globalShape,
    formula: { graph, layer in graph.globalAverage(layer.x) }),
  LayerRow(
    "globalmaxpool", "the greatest number of each channel", shape: globalShape,
    formula: { graph, layer in graph.globalMaximum(layer.x) }),
  LayerRow(
    "adaptive_avgpool N", "the means of N equal parts of each axis but the channels",
    operand: .sizes(name: "N", meaning: "the size of what flows out", example: "1", least: 1),
    shape: { (layer) throws(LayerProblem) in
      let extents = try layer.spatial
      return try layer.checked([layer.channels] + layer.settings.sizes("N", axes: extents.count))
    },
    formula: { graph, layer in graph.adaptiveAverage(layer.x, Array(layer.shape.dropFirst())) }),
]

private let poolShape: LayerRow.ShapeRule = { (layer) throws(LayerProblem) in
  let windows = try SlidingWindows(layer, size: "K")
  for axis in windows.axes where max(axis.before, axis.after) > axis.size / 2 {
    throw LayerProblem(
      message: "the padding of a pool is at most half of its window",
      label: "expected at most \(axis.size / 2)", key: "pad",
      notes: ["else a window would lie beside what flows in"])
  }
  return try layer.checked([layer.channels] + windows.positions)
}

private let globalShape: LayerRow.ShapeRule = { (layer) throws(LayerProblem) in
  _ = try layer.spatial
  return [layer.channels]
}

extension LayerRow.Operand {
  /// The size of a pool's window.
  fileprivate static let window = Self.sizes(
    name: "K", meaning: "the size of its window", example: "2", least: 1)
}

extension LayerRow.Key {
  /// By default that of the window.
  fileprivate static let stride = Self("stride", .sizes(standard: nil))
  fileprivate static let pad = Self("pad", .sizes(least: 0, standard: 0, words: ["same"]))
}
