import NNCAlgebra
import NNCGraph

extension LayerRow {
  /// Along the first axis, the channels: y = (x − μ)/√(σ² + ε)·weight + bias, in training with the mean and variance of
  /// the batch, and outside with those that training kept:
  ///
  ///     m = n · elements of a channel,  μ = Σ x/m,  σ² = Σ (x − μ)²/m,  sums over samples and elements
  ///     running_mean ← (1 − momentum)·running_mean + momentum·μ
  ///     running_var  ← (1 − momentum)·running_var  + momentum·Σ (x − μ)²/max(m − 1, 1)
  ///
  /// S. Ioffe and C. Szegedy, Batch Normalization (2015); the second variance is without bias, as PyTorch's is.
  static let batchnorm = LayerRow(
    "batchnorm", "(x - mean)/sqrt(variance + eps)*weight + bias over the batch",
    operand: .none(hint: "the channels are the first axis of what flows in"),
    parameters: [
      ParameterRow("weight", .weight, group: "affine", standard: .fill(1)) { [$0.channels] },
      ParameterRow("bias", .bias, group: "affine", standard: .fill(0)) { [$0.channels] },
    ],
    buffers: [
      BufferRow("running_mean", from: 0) {
        [$0.channels]
      } assigned: { graph, layer in
        let mean = graph.batchMoments(layer.x).mean
        return graph.moved(layer["running_mean"]!, to: mean, by: layer.number("momentum"))
      },
      BufferRow("running_var", from: 1) {
        [$0.channels]
      } assigned: { graph, layer in
        let moments = graph.batchMoments(layer.x)
        let one = graph.constant(1)
        let divisor = graph.map(.max, graph.map(.sub, moments.count, one), one)
        let variance = graph.map(.div, moments.squares, divisor)
        return graph.moved(layer["running_var"]!, to: variance, by: layer.number("momentum"))
      },
      BufferRow("num_batches_tracked", from: 0) { _ in
        []
      } assigned: { graph, layer in
        graph.map(.add, layer["num_batches_tracked"]!, graph.constant(1))
      },
    ],
    keys: [
      .eps, .init("momentum", .number(.fraction, standard: 0.1)), .flag("affine", isSet: true),
    ],
    differsInTraining: true,
    shape: { (layer) throws(LayerProblem) in
      if layer.x.isEmpty {
        throw LayerProblem(
          message: "a single number has no channels", label: "expected a list, or more axes")
      }
      return layer.x
    }
  ) { graph, layer in
    let shape = graph.shape(layer.x)
    let eps = graph.constant(layer.number("eps"))
    let (centred, variance): (NodeID, NodeID)
    if layer.isTraining {
      let moments = graph.batchMoments(layer.x)
      centred = moments.centred
      variance = graph.map(.div, moments.squares, moments.count)
    } else {
      centred = graph.map(
        .sub, layer.x, graph.alongChannels(layer["running_mean"]!, of: shape))
      variance = layer["running_var"]!
    }
    let scale = graph.map(.div, graph.constant(1), graph.map(.sqrt, graph.map(.add, variance, eps)))
    let normalised = graph.map(.mul, centred, graph.alongChannels(scale, of: shape))
    return graph.scaledByChannels(normalised, layer)
  }
}

extension Graph {
  /// The mean of each channel over the batch, what differs from it, the sum of its squares, and of how many numbers each
  /// channel is.
  fileprivate mutating func batchMoments(
    _ x: NodeID
  ) -> (mean: NodeID, centred: NodeID, squares: NodeID, count: NodeID) {
    let shape = shape(x)
    let own = constant(Double(shape.dropFirst().reduce(1, *)))
    let count = map(.mul, symbol(.sampleCount), own)
    let mean = map(.div, samples(sumOfChannels(x)), count)
    let centred = map(.sub, x, alongChannels(mean, of: shape))
    let squares = samples(sumOfChannels(map(.square, centred)))
    return (mean, centred, squares, count)
  }

  /// The sum over all axes but the first.
  private mutating func sumOfChannels(_ x: NodeID) -> NodeID {
    sum(x, over: Array(1..<shape(x).count))
  }

  /// A number for each channel, repeated along the other axes.
  fileprivate mutating func alongChannels(_ id: NodeID, of shape: Shape) -> NodeID {
    broadcast(id, to: shape, axes: [0])
  }

  /// (1 − m)·old + m·new.
  fileprivate mutating func moved(_ old: NodeID, to new: NodeID, by m: Double) -> NodeID {
    let (kept, taken) = (constant(1 - m), constant(m))
    return map(.add, map(.mul, kept, old), map(.mul, taken, new))
  }
}
