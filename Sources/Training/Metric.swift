#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What is measured beside the loss.
public enum Metric: Hashable, Sendable {
  /// The share of samples whose greatest output stands where the greatest target does.
  case argmax
  /// The share of outputs that lie on the same side of this bound as their target lies of ½.
  case threshold(Double)
  /// The share of the targets' variance that the outputs explain, R², the mean over the outputs.
  case determination

  /// The measure that suits a network.
  ///
  /// - Parameters:
  ///   - losses: the losses that it names.
  ///   - outputs: how many numbers it gives.
  ///   - areClasses: whether the data's target is a class.
  ///   - threshold: the probability from which on the second of two classes is told.
  public init(losses: Set<String>, outputs: Int, areClasses: Bool, threshold: Double = 0.5) {
    let classifies = !losses.isDisjoint(with: ["cross_entropy", "nll"])
    let isBinary = !losses.isDisjoint(with: ["bce", "bce_logits"])
    if outputs > 1, classifies || areClasses {
      self = .argmax
    } else if isBinary || areClasses {
      // A probability p is the sigmoid of log(p/(1 − p)).
      self = .threshold(
        losses.contains("bce_logits") ? log(threshold / (1 - threshold)) : threshold)
    } else {
      self = .determination
    }
  }

  /// Its name: `accuracy` or `r2`.
  public var name: String { self == .determination ? "r2" : "accuracy" }

  /// The class that outputs tell; nil where they tell none.
  public func classNumber(_ outputs: some Collection<Double>) -> Int? {
    switch self {
    case .argmax:
      // The first of equals, as everyone counts; no comparison with NaN holds.
      var best = 0
      var greatest = -Double.infinity
      for (place, output) in outputs.enumerated() where output > greatest {
        (best, greatest) = (place, output)
      }
      return best
    case .threshold(let bound): return outputs.count == 1 ? (outputs.first! > bound ? 1 : 0) : nil
    case .determination: return nil
    }
  }
}

/// How well a network does on a set of samples.
public struct Scores: Hashable, Sendable {
  /// The samples.
  public let count: Int
  /// The mean loss; nil where there is none.
  public let loss: Double?
  /// The metric's value, NaN for R² of targets that do not vary; nil where there is no target.
  public let metric: Double?
  /// How often a class (row) was taken for another (column); empty where the outputs are no classes.
  public let confusion: [[Int]]
  /// What more there is to say, where it was asked for.
  public let details: ScoreDetails?

  /// The scores of their parts.
  public init(
    count: Int, loss: Double?, metric: Double?, confusion: [[Int]] = [],
    details: ScoreDetails? = nil
  ) {
    self.details = details
    self.count = count
    self.loss = loss
    self.metric = metric
    self.confusion = confusion
  }
}

/// Adds up how well outputs meet their targets.
struct Scorer {
  private let metric: Metric?
  private let width: Int
  private let meaning: OutputMeaning?
  /// All outputs and targets, where details are wanted.
  private var outputs: [Double] = []
  private var targets: [Double] = []
  private var count = 0
  private var right = 0
  private var confusion: [[Int]] = []
  /// Of each output the targets' mean and sum of squared distances from it, by B. Welford's recurrence (1962), and the
  /// sum of squared errors.
  private var means: [Double]
  private var spreads: [Double]
  private var errors: [Double]

  /// Scores for `width` outputs.
  ///
  /// - Parameter meaning: what the outputs are, where details are wanted.
  init(_ metric: Metric?, width: Int, detailed meaning: OutputMeaning? = nil) {
    self.metric = metric
    self.width = width
    self.meaning = meaning
    means = Array(repeating: 0, count: width)
    spreads = means
    errors = means
    let classes =
      switch metric {
      case .argmax: width <= Self.mostClasses ? width : 0
      case .threshold: width == 1 ? 2 : 0
      case .determination, nil: 0
      }
    confusion = Array(repeating: Array(repeating: 0, count: classes), count: classes)
  }

  /// The most classes of which it is counted how often each was taken for each: a larger table is read by nobody.
  private static let mostClasses = 1000

  /// Takes in a row of outputs for classes, and the number of the class that it should tell.
  mutating func add(_ outputs: ArraySlice<Double>, class wanted: Int) {
    count += 1
    guard let given = Metric.argmax.classNumber(outputs) else { return }
    if !confusion.isEmpty { confusion[wanted][given] += 1 }
    if given == wanted { right += 1 }
  }

  /// Takes in one sample.
  mutating func add(_ outputs: ArraySlice<Double>, _ targets: ArraySlice<Double>) {
    count += 1
    if meaning != nil {
      self.outputs += outputs
      self.targets += targets
    }
    switch metric {
    case .argmax:
      let given = Metric.argmax.classNumber(outputs)!
      let wanted = Metric.argmax.classNumber(targets)!
      if !confusion.isEmpty { confusion[wanted][given] += 1 }
      if given == wanted { right += 1 }
    case .threshold(let bound):
      for (output, target) in zip(outputs, targets) {
        let (given, wanted) = (output > bound, target > 0.5)
        if width == 1 { confusion[wanted ? 1 : 0][given ? 1 : 0] += 1 }
        if given == wanted { right += 1 }
      }
    case .determination:
      for (place, (output, target)) in zip(outputs, targets).enumerated() {
        let distance = target - means[place]
        means[place] += distance / Double(count)
        spreads[place] += distance * (target - means[place])
        errors[place] += (target - output) * (target - output)
      }
    case nil: break
    }
  }

  /// The scores so far, with this mean loss.
  ///
  /// - Parameter samples: how many samples there were, where each has several rows of outputs.
  func scores(of samples: Int? = nil, loss: Double?) -> Scores {
    let value: Double? =
      switch metric {
      case .argmax: Double(right) / Double(count)
      case .threshold: Double(right) / Double(count * width)
      case .determination:
        zip(errors, spreads).reduce(0) { $0 + (1 - $1.0 / $1.1) } / Double(width)
      case nil: nil
      }
    var details: ScoreDetails?
    if let meaning, let metric {
      details = ScoreDetails(
        metric, meaning, outputs: outputs, targets: targets, width: width, confusion: confusion)
    }
    return Scores(
      count: samples ?? count, loss: loss, metric: value, confusion: confusion, details: details)
  }
}
