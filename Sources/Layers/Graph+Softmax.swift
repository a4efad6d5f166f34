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
