import NNCAlgebra

/// How the learning rate changes in the course of training.
///
/// With r the rule's rate, e the epochs done so far (a fraction in the midst of one) and E all of them, the rate is
///
///     constant       r
///     step N, f      r · f^⌊e / N⌋
///     cosine, r₀     r₀ + (r − r₀) · (1 + cos(π (e − w) / (E − w))) / 2
///
/// times min(1, (k + 1) / K) in a warm-up of w epochs, K steps: k counts the steps done. In epochs it is
/// `torch.optim.lr_scheduler`'s `StepLR` and `CosineAnnealingLR`, the cosine taken at every step. I. Loshchilov and F.
/// Hutter, "SGDR" (2017); P. Goyal et al., "Accurate, Large Minibatch SGD" (2017).
public struct RateSchedule: Hashable, Sendable {
  /// The curve.
  public enum Curve: Hashable, Sendable {
    /// The same rate throughout.
    case constant
    /// Times `factor` after every `epochs` epochs.
    case step(epochs: Int, factor: Double)
    /// Half a cosine down to `floor`.
    case cosine(floor: Double)
  }

  /// The rate that the curve begins with.
  public var rate: Double
  /// The curve.
  public var curve: Curve
  /// The epochs in which the rate rises to the curve.
  public var warmUp: Double

  /// A schedule of its parts.
  public init(rate: Double, curve: Curve = .constant, warmUp: Double = 0) {
    self.rate = rate
    self.curve = curve
    self.warmUp = warmUp
  }

  /// Whether the rate never changes, so that it can be a constant of the code.
  public var isConstant: Bool { curve == .constant && warmUp == 0 }

  /// The rate of a step, counted from 0.
  ///
  /// Computed by operations that give the same bits on every machine.
  public func rate(step: Int, stepsPerEpoch: Int, epochs: Int) -> Double {
    let done = Double(step) / Double(stepsPerEpoch)
    let warmUpSteps = (warmUp * Double(stepsPerEpoch)).rounded(.up)
    var rate = rate
    switch curve {
    case .constant: break
    case .step(let epochs, let factor):
      for _ in 0..<(step / stepsPerEpoch / epochs) where rate != 0 { rate *= factor }
    case .cosine(let floor):
      let length = Double(epochs) - warmUp
      let passed = length > 0 ? min(1, max(0, (done - warmUp) / length)) : 1
      rate = floor + (rate - floor) * ((1 + Self.cosine(Double.pi * passed)) / 2)
    }
    return Double(step) < warmUpSteps ? rate * (Double(step + 1) / warmUpSteps) : rate
  }

  private static let cosine = FormulaEvaluator(.apply("cos", "x"), of: ["x"], precision: .f64)
}
