/// The learning-rate range test: what the loss does while the rate rises from almost nothing to far too much.
///
/// The rate is rₖ = r₀ (r₁/r₀)^(k/(N−1)) at step k of N. The losses lₖ of the batches are smoothed by a mean over
/// neighbours, heavier the nearer they are,
///
///     sₖ = Σⱼ (h + 1 − |j|) lₖ₊ⱼ / Σⱼ (h + 1 − |j|),   −h ≤ j ≤ h,   h = ⌈N/12⌉
///
/// h less at both ends, so that the mean lags behind nothing. The test ends where sₖ is above four times the least before
/// it, or lₖ is no finite number. Suggested is the rate at which sₖ falls most steeply over log r, (sₖ₊₁ − sₖ₋₁) being
/// least, as fast.ai does; like there the first tenth of the steps and the last, of
/// which the mean lacks neighbours, do not count. Nor does what comes after the least of the
/// first descent: rates that are too great throw the loss up and down. That descent is over where, after half of the whole
/// fall, the loss is a quarter of it above its least.
///
/// L. N. Smith, "Cyclical Learning Rates for Training Neural Networks" (2017).
public struct RateRangeTest: Hashable, Sendable {
  /// The rates between which it goes.
  public static let rates = 1e-7...10.0

  /// Why it ended.
  public enum End: String, Hashable, Sendable {
    /// The greatest rate was reached.
    case finished
    /// The smoothed loss passed four times its least value.
    case rose
    /// The loss was infinite or no number.
    case diverged
  }

  /// The most steps.
  public let steps: Int
  /// The rates of the steps that were taken.
  public private(set) var rates: [Double] = []
  /// The loss before each of them.
  public private(set) var losses: [Double] = []
  /// Why it ended; nil as long as it goes on.
  public private(set) var end: End?
  private var least = Double.infinity

  /// A test of so many steps, 10 or more.
  public init(steps: Int) {
    precondition(steps >= 10)
    self.steps = steps
  }

  /// The schedule of the rate.
  public var schedule: RateSchedule {
    RateSchedule(
      rate: Self.rates.lowerBound, curve: .geometric(last: Self.rates.upperBound, steps: steps))
  }

  /// Takes in a step; it was the last where there is an end then.
  public mutating func add(rate: Double, loss: Double) {
    precondition(end == nil)
    guard loss.isFinite else {
      end = .diverged
      return
    }
    rates.append(rate)
    losses.append(loss)
    if losses.count == steps { end = .finished }
    // The newest mean that has all its neighbours, once a tenth of the steps is over.
    let place = losses.count - 1 - reach
    guard place >= skipped else { return }
    let mean = smoothed(place)
    least = min(least, mean)
    // Of losses that may be negative the distance from the least is measured by how far they fell.
    let scale = least > 0 ? least : max(-least, smoothed(skipped) - least)
    if mean - least > 3 * scale { end = .rose }
  }

  /// Ends where the loss is infinite or no number.
  public mutating func diverge() { end = .diverged }

  /// How many neighbours on each side are in a mean.
  private var reach: Int { (steps + 11) / 12 }
  /// The steps in the beginning that do not count.
  private var skipped: Int { steps / 10 }

  private func smoothed(_ place: Int) -> Double {
    let reach = min(reach, place, losses.count - 1 - place)
    var (sum, weights) = (0.0, 0.0)
    for offset in -reach...reach {
      let weight = Double(reach + 1 - abs(offset))
      sum += weight * losses[place + offset]
      weights += weight
    }
    return sum / weights
  }

  /// The smoothed losses.
  public var smoothed: [Double] { losses.indices.map { smoothed($0) } }

  /// The place of the least mean of the first descent.
  private func bottom(_ means: [Double]) -> Int {
    // Those that have all their neighbours.
    let complete = skipped..<max(skipped, means.count - reach)
    guard let least = means[complete].min() else { return 0 }
    let whole = means[skipped] - least
    var lowest = skipped
    for place in complete {
      if means[place] < means[lowest] { lowest = place }
      let hasFallen = means[skipped] - means[lowest] >= whole / 2
      if hasFallen, means[place] - means[lowest] > whole / 4 { break }
    }
    return lowest
  }

  /// The step, from 0, at whose rate the smoothed loss falls most steeply; nil where it falls nowhere.
  public var steepest: Int? {
    let means = smoothed
    var (best, fall): (Int?, Double) = (nil, 0)
    for place in max(1, skipped)..<max(1, skipped, bottom(means)) {
      let slope = means[place + 1] - means[place - 1]
      if slope < fall { (best, fall) = (place, slope) }
    }
    return best
  }
}
