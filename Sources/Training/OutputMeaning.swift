#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the outputs of a network that tells classes are, as its loss takes them.
public enum OutputMeaning: String, Hashable, Sendable {
  /// Logits: the loss takes the softmax, or of one output the sigmoid, itself.
  case logit
  /// Logarithms of probabilities.
  case logProbability = "log_probability"
  /// Probabilities.
  case probability
  /// Nothing of the kind.
  case output

  /// What a network's outputs are.
  ///
  /// - Parameter losses: the losses that it names.
  public init(losses: Set<String>) {
    if !losses.isDisjoint(with: ["cross_entropy", "bce_logits"]) {
      self = .logit
    } else if losses.contains("nll") {
      self = .logProbability
    } else if losses.contains("bce") {
      self = .probability
    } else {
      self = .output
    }
  }

  /// The probabilities of the classes; of one output that of the second of two. Outputs that are none stay.
  public func shares(_ outputs: ArraySlice<Double>) -> [Double] {
    switch self {
    case .probability, .output: return Array(outputs)
    case .logProbability: return outputs.map { exp($0) }
    case .logit where outputs.count == 1:
      // σ(x) by e^−|x|, which never overflows.
      let x = outputs.first!
      let e = exp(-abs(x))
      return [x >= 0 ? 1 / (1 + e) : e / (1 + e)]
    case .logit:
      let greatest = outputs.max()!
      let powers = outputs.map { exp($0 - greatest) }
      let sum = powers.reduce(0, +)
      return powers.map { $0 / sum }
    }
  }
}
