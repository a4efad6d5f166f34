import NNCAlgebra

/// How the learning rate changes in the course of training.
///
/// With r the rule's rate, e the epochs done so far (a fraction in the midst of one), E all of them, w those of a warm-up and
/// p = (e − w) / (E − w), the rate is
///
///     constant            r
///     step N, f           r · f^⌊e / N⌋
///     multistep M…, f     r · f^(how many of the M are at most e)
///     exponential f       r · f^⌊e⌋
///     polynomial k        r · (1 − p)^k
///     cosine, r₀          r₀ + (r − r₀) · (1 + cos πp) / 2
///     restarts T, k, r₀   the same with p = (e − w − s) / T, where s is the last restart: the first cycle is T epochs
///                         long, each k times the one before
///     onecycle            from r/25 by half a cosine up to r, at the step ⌈0.3·S⌉ − 1 or so, then down to r/250000
///     geometric l, N      r · (l/r)^(k/(N − 1)) at step k, up to l at the last of N
///     plateau f, P        r · f^(how often P epochs in a row were no better by 10⁻⁴ of the best loss, and one more)
///
/// times min(1, (k + 1) / K) in a warm-up of w epochs, K steps: k counts the steps done. They are
/// `torch.optim.lr_scheduler`'s `StepLR`, `MultiStepLR`, `ExponentialLR` (stepped once an epoch), `PolynomialLR`,
/// `CosineAnnealingLR`, `CosineAnnealingWarmRestarts`, `OneCycleLR` (at every step, without cycles of the momentum) and
/// `ReduceLROnPlateau` (after every epoch, by the loss of the samples held out, else of those trained with; a change of less
/// than 10⁻⁸ is none). I. Loshchilov and F. Hutter, "SGDR" (2017); P. Goyal et al., "Accurate, Large Minibatch SGD" (2017);
/// L. Smith and N. Topin, "Super-Convergence" (2018).
public struct RateSchedule: Hashable, Sendable {
  /// The curve.
  public enum Curve: Hashable, Sendable {
    /// The same rate throughout.
    case constant
    /// Times `factor` after every `epochs` epochs.
    case step(epochs: Int, factor: Double)
    /// Times `factor` after each of these numbers of epochs.
    case multistep(epochs: [Int], factor: Double)
    /// Times `factor` after every epoch.
    case exponential(factor: Double)
    /// A power of what is left of the training.
    case polynomial(power: Double)
    /// Half a cosine down to `floor`.
    case cosine(floor: Double)
    /// Half cosines down to `floor` again and again, the first `epochs` long, each `growth` times the one before.
    case restarts(epochs: Int, growth: Int, floor: Double)
    /// Up to the rate and down again to almost nothing.
    case onecycle
    /// Rising, or falling, by the same factor at every one of so many steps, up to `last`.
    case geometric(last: Double, steps: Int)
    /// Times `factor` where the loss has got no better for more than `patience` epochs.
    case plateau(factor: Double, patience: Int)
  }

  /// The rate that the curve begins with; of `onecycle` the greatest.
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

  /// Whether the rate depends on how many epochs there are in all.
  public var dependsOnLength: Bool {
    switch curve {
    case .cosine, .polynomial, .onecycle: true
    case .constant, .step, .multistep, .exponential, .restarts, .geometric, .plateau: false
    }
  }

  /// The rate of a step, counted from 0, given the losses by which the epochs before it are judged.
  ///
  /// Computed by operations that give the same bits on every machine.
  public func rate(
    step: Int, stepsPerEpoch: Int, epochs: Int, losses: some Sequence<Double> = []
  ) -> Double {
    let epoch = step / stepsPerEpoch
    let warmUpSteps = (warmUp * Double(stepsPerEpoch)).rounded(.up)
    let passed = Double(step) / Double(stepsPerEpoch) - warmUp
    let length = Double(epochs) - warmUp
    let part = length > 0 ? min(1, max(0, passed / length)) : 1
    var rate = rate
    switch curve {
    case .constant: break
    case .step(let epochs, let factor): rate = Self.times(factor, epoch / epochs, rate)
    case .multistep(let epochs, let factor):
      rate = Self.times(factor, epochs.count { $0 <= epoch }, rate)
    case .exponential(let factor): rate = Self.times(factor, epoch, rate)
    case .polynomial(let power): rate *= Self.power(1 - part, power)
    case .cosine(let floor): rate = Self.between(rate, floor, part)
    case .restarts(let epochs, let growth, let floor):
      rate = Self.between(rate, floor, Self.cycle(max(0, passed), Double(epochs), growth))
    case .onecycle: rate = Self.oneCycle(rate, step, of: stepsPerEpoch * epochs)
    case .geometric(let last, let steps):
      rate *= Self.power(last / rate, Double(step) / Double(max(1, steps - 1)))
    case .plateau(let factor, let patience):
      rate = Self.plateau(rate, factor, patience, losses)
    }
    return Double(step) < warmUpSteps ? rate * (Double(step + 1) / warmUpSteps) : rate
  }

  /// Half a cosine from one rate to another.
  private static func between(_ rate: Double, _ other: Double, _ part: Double) -> Double {
    other + (rate - other) * ((1 + cosine(Double.pi * part)) / 2)
  }

  /// The part of the present cycle that has passed; each is `growth` times as long as the one before.
  private static func cycle(_ passed: Double, _ epochs: Double, _ growth: Int) -> Double {
    var (rest, length) = (passed, epochs)
    if growth == 1 { rest = passed.truncatingRemainder(dividingBy: length) }
    while rest >= length {
      rest -= length
      length *= Double(growth)
    }
    return rest / length
  }

  /// The parts of the rate with which `onecycle` begins and ends, and the part of the steps in which it rises.
  private static let (first, last, rise) = (1.0 / 25, 1.0 / 25 / 10_000, 0.3)

  private static func oneCycle(_ rate: Double, _ step: Int, of steps: Int) -> Double {
    let top = rise * Double(steps) - 1
    let (place, end) = (Double(step), Double(steps - 1))
    if place <= top { return between(rate * first, rate, top > 0 ? place / top : 1) }
    return between(rate, rate * last, end > top ? min(1, (place - top) / (end - top)) : 1)
  }

  /// What a loss must be less by, as a part of the best, to be better; and the least change of a rate.
  private static let (threshold, least) = (1e-4, 1e-8)

  private static func plateau(
    _ rate: Double, _ factor: Double, _ patience: Int, _ losses: some Sequence<Double>
  ) -> Double {
    var (rate, best, bad) = (rate, Double.infinity, 0)
    for loss in losses {
      if loss < best * (1 - threshold) {
        (best, bad) = (loss, 0)
      } else {
        bad += 1
      }
      if bad > patience {
        if rate - rate * factor > least { rate *= factor }
        bad = 0
      }
    }
    return rate
  }

  /// A rate times a factor again and again.
  private static func times(_ factor: Double, _ count: Int, _ rate: Double) -> Double {
    var rate = rate
    for _ in 0..<count where rate != 0 { rate *= factor }
    return rate
  }

  private static func power(_ base: Double, _ exponent: Double) -> Double {
    exponent == 1 ? base : anyPower(base, exponent)
  }

  private static let cosine = FormulaEvaluator(.apply("cos", "x"), of: ["x"], precision: .f64)
  private static let anyPower = FormulaEvaluator(
    .apply("pow", "a", "b"), of: ["a", "b"], precision: .f64)
}
