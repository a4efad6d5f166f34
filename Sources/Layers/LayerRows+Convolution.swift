import NNCAlgebra
import NNCGraph

/// Convolutions, by PyTorch's names and shapes.
let convolutions: [LayerRow] = [
  LayerRow(
    "conv I->O kernel=K", "the sum over windows times weight, + bias",
    operand: .widths(along: .first),
    parameters: .kernelAndBias(axes: "shape O x I/groups x kernel") {
      [$0.outputs, $0.inputs / $0.groups] + $0.kernel
    },
    keys: [.kernel, .stride, .pad, .dilation, .groups, .padding],
    shape: { (layer) throws(LayerProblem) in
      let windows = try SlidingWindows(layer, size: "kernel")
      try layer.checkGroups()
      try layer.checkBorder(windows)
      return try layer.checked([layer.outputs] + windows.positions)
    },
    formula: { (graph, layer) throws(LayerProblem) in
      try graph.convolution(layer, groups: layer.shapes.groups)
    }),
  LayerRow(
    "depthwise kernel=K", "each channel's windows times a weight of its own, + bias",
    operand: .none(
      hint: "the channels are those of what flows in; `multiplier=` makes several of each"),
    parameters: .kernelAndBias(axes: "shape C*multiplier x 1 x kernel") {
      [$0.channels * $0.multiplier, 1] + $0.kernel
    },
    keys: [
      .kernel, .stride, .pad, .dilation, .init("multiplier", .sizes(standard: 1)), .padding,
    ],
    shape: { (layer) throws(LayerProblem) in
      let windows = try SlidingWindows(layer, size: "kernel")
      _ = try layer.settings.size("multiplier")
      try layer.checkBorder(windows)
      return try layer.checked([layer.channels &* layer.multiplier] + windows.positions)
    },
    formula: { (graph, layer) throws(LayerProblem) in
      try graph.convolution(layer, groups: layer.shapes.channels)
    }),
  LayerRow(
    "deconv I->O kernel=K", "each number times weight, added up where windows lie, + bias",
    operand: .widths(along: .first),
    parameters: .kernelAndBias(axes: "shape I x O/groups x kernel", outputs: 1) {
      [$0.inputs, $0.outputs / $0.groups] + $0.kernel
    },
    keys: [
      .kernel, .stride, .init("pad", .sizes(least: 0, standard: 0)),
      .init("output_pad", .sizes(least: 0, standard: 0)), .dilation, .groups,
    ],
    shape: { (layer) throws(LayerProblem) in
      try layer.checkGroups()
      let windows = try SlidingWindows(transposed: layer)
      return try layer.checked([layer.outputs] + windows.axes.map(\.extent))
    },
    formula: { (graph, layer) throws(LayerProblem) in
      let windows = try SlidingWindows(transposed: layer.shapes)
      let sum = graph.transposedConvolution(
        layer["weight"]!, layer.x, windows, groups: layer.shapes.groups)
      return graph.withBias(sum, layer)
    }),
]

extension Graph {
  fileprivate mutating func convolution(
    _ layer: LayerValues, groups: Int
  ) throws(LayerProblem) -> NodeID {
    let windows = try SlidingWindows(layer.shapes, size: "kernel")
    let sum = convolution(
      layer["weight"]!, layer.x, windows, groups: groups, layer.shapes.border)
    return withBias(sum, layer)
  }

  fileprivate mutating func withBias(_ sum: NodeID, _ layer: LayerValues) -> NodeID {
    guard let bias = layer["bias"] else { return sum }
    return map(.add, sum, broadcast(bias, to: shape(sum), axes: [0]))
  }
}

extension [ParameterRow] {
  /// `weight` and `bias`; the fans are those of PyTorch, which counts the weight's second axis and its window as inputs of
  /// one unit, and its first and the window as outputs.
  ///
  /// - Parameter outputs: which axis of the weight is made of outputs.
  fileprivate static func kernelAndBias(
    axes: String, outputs: Int = 0, _ shape: @escaping @Sendable (LayerShapes) -> Shape
  ) -> [ParameterRow] {
    let fans: @Sendable (LayerShapes) -> (Double, Double) = { layer in
      let shape = shape(layer)
      let window = Double(shape.dropFirst(2).reduce(1, *))
      return (Double(shape[1]) * window, Double(shape[0]) * window)
    }
    return [
      ParameterRow("weight", .weight, axes: axes, fans: fans, shape: shape),
      ParameterRow("bias", .bias, isOptional: true, fans: fans) {
        [outputs == 0 ? shape($0)[0] : $0.outputs]
      },
    ]
  }
}

extension LayerRow.Key {
  fileprivate static let kernel = Self("kernel", .sizes(standard: nil), isRequired: true)
  fileprivate static let stride = Self("stride", .sizes(standard: 1))
  fileprivate static let pad = Self(
    "pad", .sizes(least: 0, standard: 0, words: ["same", "causal"]))
  fileprivate static let dilation = Self("dilation", .sizes(standard: 1))
  fileprivate static let groups = Self("groups", .sizes(standard: 1))
  fileprivate static let padding = Self("padding", .word(Border.allCases.map(\.rawValue)))
}

extension LayerShapes {
  fileprivate var groups: Int { settings.sizes["groups"]?.first ?? 1 }
  fileprivate var multiplier: Int { settings.sizes["multiplier"]?.first ?? 1 }
  fileprivate var border: Border {
    settings.words["padding"].flatMap { Border(rawValue: $0) } ?? .zeros
  }
  /// The extents of the window.
  fileprivate var kernel: Shape { (try? settings.sizes("kernel", axes: x.count - 1)) ?? [] }

  /// Throws where groups do not divide the channels.
  fileprivate func checkGroups() throws(LayerProblem) {
    let groups = try settings.size("groups")
    if inputs % groups != 0 {
      throw .undivided(inputs, by: groups, "in", key: "groups")
    }
    if outputs % groups != 0 {
      throw .undivided(outputs, by: groups, "out", key: "groups")
    }
  }

  /// Throws where an axis is too short for its border.
  fileprivate func checkBorder(_ windows: SlidingWindows) throws(LayerProblem) {
    for axis in windows.axes {
      let most = border.most(axis.extent)
      if max(axis.before, axis.after) <= most { continue }
      throw LayerProblem(
        message:
          "`padding=\(border.rawValue)` makes at most \(most) places of \(axis.extent) on each side",
        label: "expected at most \(most)", key: settings.sizes["pad"] == nil ? "padding" : "pad")
    }
  }
}

extension SlidingWindows {
  /// How the windows of a transposed convolution slide over what flows out: each number that flows in has a position.
  init(transposed layer: LayerShapes) throws(LayerProblem) {
    let extents = try layer.spatial
    let settings = layer.settings
    let sizes = try settings.sizes("kernel", axes: extents.count)
    let strides = try settings.sizes("stride", axes: extents.count)
    let dilations = try settings.sizes("dilation", axes: extents.count)
    let pads = try settings.sizes("pad", axes: extents.count)
    let further = try settings.sizes("output_pad", axes: extents.count)
    axes = []
    for index in extents.indices {
      var axis = Axis(
        extent: 0, size: sizes[index], stride: strides[index], dilation: dilations[index],
        before: pads[index], after: pads[index])
      guard further[index] < max(axis.stride, axis.dilation) else {
        throw LayerProblem(
          message: "`output_pad` must be below `stride` or `dilation`",
          label: "expected at most \(max(axis.stride, axis.dilation) - 1)", key: "output_pad")
      }
      let room = (extents[index] - 1) * axis.stride + axis.reach + further[index]
      axis.extent = room - 2 * pads[index]
      guard axis.extent >= 1 else {
        throw LayerProblem(
          message: "nothing is left of \(room) places",
          label: "expected at most \((room - 1) / 2)", key: "pad")
      }
      axes.append(axis)
    }
  }
}
