import NNCAlgebra
import NNCGraph

/// The layers for images, `channels x height x width`, and signals, `channels x length`.
let imageLayers: [LayerRow] =
  convolutions + pools + [
    LayerRow(
      "upsample N", "N times as many elements along each axis but the channels",
      operand: .sizes(
        name: "N", meaning: "how many times larger each axis becomes", example: "2", least: 1),
      keys: [.init("mode", .word(["nearest", "bilinear"])), .flag("align_corners")],
      shape: { (layer) throws(LayerProblem) in
        let extents = try layer.spatial
        let factors = try layer.settings.sizes("N", axes: extents.count)
        if layer.settings.words["mode"] == "nearest", layer.settings.isSet("align_corners") {
          throw LayerProblem(
            message: "`align_corners` has no meaning for `mode=nearest`", label: "leave it out",
            key: "align_corners")
        }
        return try layer.checked([layer.channels] + zip(extents, factors).map { $0 &* $1 })
      }
    ) { graph, layer in
      let shape = graph.shape(layer.x)
      let factors = zip(layer.shape.dropFirst(), shape.dropFirst()).map { $0 / $1 }
      let settings = layer.shapes.settings
      if settings.words["mode"] == "nearest" { return graph.repeated(layer.x, factors) }
      return settings.isSet("align_corners")
        ? graph.interpolatedInCorners(layer.x, factors) : graph.interpolated(layer.x, factors)
    },
    // In training each channel is 0 with probability P, else x/(1 − P); the identity outside training.
    LayerRow(
      "dropout2d P", "each channel 0 with probability P in training, else x/(1 - P)",
      operand: .number(name: "P", meaning: "the probability", example: "0.5", domain: .fraction),
      differsInTraining: true,
      shape: { (layer) throws(LayerProblem) in
        _ = try layer.spatial
        return layer.x
      }
    ) { graph, layer in
      graph.dropped(layer, noise: [layer.shapes.channels])
    },
    LayerRow(
      "groupnorm G", "(x - mean)/sqrt(variance + eps)*weight + bias, over groups of channels",
      operand: .sizes(
        name: "G", meaning: "the number of groups of channels", example: "2", least: 1),
      parameters: .scaleAndShift { [$0.channels] }, keys: [.eps],
      shape: { (layer) throws(LayerProblem) in
        let groups = try layer.settings.size("G")
        guard layer.channels % groups == 0 else {
          throw .undivided(layer.channels, by: groups, "in", key: "G")
        }
        return layer.x
      }
    ) { graph, layer in
      let groups = layer.shapes.settings.sizes["G"]![0]
      return graph.normalisedByChannels(layer, groups: groups)
    },
    LayerRow(
      "instancenorm", "(x - mean)/sqrt(variance + eps)*weight + bias, over each channel",
      operand: .none(hint: "the channels are those of what flows in"),
      parameters: .scaleAndShift { [$0.channels] }, keys: [.eps],
      shape: { (layer) throws(LayerProblem) in
        _ = try layer.spatial
        return layer.x
      }
    ) { graph, layer in
      graph.normalisedByChannels(layer, groups: layer.shapes.channels)
    },
  ]

extension LayerRow.Key {
  /// What is added to a variance.
  static let eps = Self("eps", .number(.notNegative, standard: 1e-5))
}

extension [ParameterRow] {
  /// `weight` and `bias`, which begin as 1 and 0.
  static func scaleAndShift(
    _ shape: @escaping @Sendable (LayerShapes) -> Shape
  ) -> [ParameterRow] {
    [
      ParameterRow("weight", .weight, isOptional: true, standard: .fill(1), shape: shape),
      ParameterRow("bias", .bias, isOptional: true, standard: .fill(0), shape: shape),
    ]
  }
}

extension LayerShapes {
  /// A shape, where a tensor of it may be.
  func checked(_ shape: Shape) throws(LayerProblem) -> Shape {
    if shape.allSatisfy({ $0 > 0 }), shape.checkedCount != nil { return shape }
    throw LayerProblem(
      message: "what flows out is too large", label: "a tensor has at most \(maximumCount) numbers")
  }
}

extension LayerProblem {
  /// A number of channels that groups do not divide.
  static func undivided(
    _ count: Int, by groups: Int, _ direction: String, key: String
  ) -> LayerProblem {
    let nearest = (1...min(count, groups)).last { count % $0 == 0 } ?? 1
    return LayerProblem(
      message: count == 1
        ? "\(groups) groups do not divide the one channel that flows \(direction)"
        : "\(groups) groups do not divide the \(count) channels that flow \(direction)",
      label: "expected a divisor of \(count), such as \(nearest)", key: key)
  }
}

extension Graph {
  /// x, or 0 where noise is below the layer's probability, scaled so that its mean stays; the noise belongs to the first
  /// axes of x.
  mutating func dropped(_ layer: LayerValues, noise shape: Shape) -> NodeID {
    let probability = layer.number("P")
    if !layer.isTraining || probability == 0 { return layer.x }
    return dropped(layer.x, probability, layer: layer.name, noise: shape)
  }

  /// A value in training of which elements are 0 with a probability, the others more by as much: one draw for each element
  /// of a shape, the value's first axes.
  mutating func dropped(
    _ x: NodeID, _ probability: Double, layer: String, noise shape: Shape
  ) -> NodeID {
    let name = "\(layer).noise"
    let noise = symbol(Symbol(name: name, shape: shape, role: .noise))
    self.name(noise, name)
    let (bound, zero) = (constant(probability), constant(0))
    let factor = constant(1 / (1 - probability))
    let mask = map(.select, [map(.lt, noise, bound), zero, factor])
    let spread = broadcast(mask, to: self.shape(x), axes: Array(shape.indices))
    return map(.mul, x, spread)
  }

  /// x by the mean and the variance of each group of channels, then by a weight and a bias for each channel.
  mutating func normalisedByChannels(_ layer: LayerValues, groups: Int) -> NodeID {
    let shape = shape(layer.x)
    let rows = reshape(layer.x, to: [groups, shape.elementCount / groups])
    let even = normalised(rows, eps: constant(layer.number("eps")))
    return scaledByChannels(reshape(even, to: shape), layer)
  }

  /// x·weight + bias, of which each channel has one; what the layer goes without is left out.
  mutating func scaledByChannels(_ x: NodeID, _ layer: LayerValues) -> NodeID {
    let shape = shape(x)
    var result = x
    if let weight = layer["weight"] {
      result = map(.mul, result, broadcast(weight, to: shape, axes: [0]))
    }
    if let bias = layer["bias"] {
      result = map(.add, result, broadcast(bias, to: shape, axes: [0]))
    }
    return result
  }
}
