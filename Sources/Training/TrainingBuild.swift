import NNCExecution
import NNCLayers
import NNC
import NNCProgram

extension Build {
  /// Compiles what training a network takes: its step, and the functions that score it.
  ///
  /// - Parameters:
  ///   - network: a network with an update rule.
  ///   - schedule: the learning rate; it takes the place of the rule's. A constant one stays a constant of the code.
  ///   - clip: how the gradient is bounded; nil for what the rule itself says.
  ///   - takesBlocks: whether batches may be larger than the options' most samples at once; not where the training
  ///     depends on the batch as a whole.
  ///   - sharesRates: whether a constant rate too is a number of the state, so that the code is the same for every rate.
  ///   - options: what is wanted of the code.
  public init(
    training network: Network, _ schedule: RateSchedule, clip: GradientClip? = nil,
    takesBlocks: Bool = false, sharesRates: Bool = false, _ options: CompilerOptions
  ) {
    var network = network
    precondition(!takesBlocks || !network.trainingDependsOnBatch, "such a batch cannot be cut")
    if let given = network.training {
      var values = given.values
      let isShared = sharesRates && given.rule.readsRate
      // A training sets it before every step.
      values[TrainingRule.rate] = isShared ? 1 : schedule.rate
      var rule = TrainingRule(given.rule, values: values)
      rule.keepsRate = isShared || !schedule.isConstant
      if let clip { rule.clip = clip }
      rule.takesBlocks = takesBlocks
      network.training = rule
    }
    self.init(
      network, options,
      only: [
        Function(.train, many: false), Function(.train, many: true), Function(.loss, many: true),
        Function(.predict, many: true),
      ])
  }

  /// Compiles what training with batches of so many samples takes, in bounded memory.
  ///
  /// A batch whose arrays take more than ``batchBytes`` is taken in blocks that take less. Where it is cut depends on the
  /// network, the precision and the target alone, so that bits do not depend on the machine's memory. A batch on which the
  /// training depends as a whole, as with `batchnorm`, is not cut, and refused where it takes more than
  /// ``wholeBatchBytes``.
  ///
  /// - Parameters:
  ///   - network: a network with an update rule.
  ///   - batch: the samples of a batch.
  ///   - count: how many samples there are; as many as 256 of them are scored at once.
  ///   - schedule: the learning rate; it takes the place of the rule's.
  ///   - clip: how the gradient is bounded; nil for what the rule itself says.
  ///   - batchBytes: the most bytes that the arrays of a batch take.
  ///   - wholeBatchBytes: the same of one that cannot be cut.
  ///   - sharesRates: whether a constant rate too is a number of the state, so that the code is the same for every rate.
  ///   - options: what is wanted of the code.
  /// - Throws: `WholeBatchError` where the batch cannot be cut and is too large.
  public init(
    training network: Network, batch: Int, of count: Int, _ schedule: RateSchedule,
    clip: GradientClip? = nil, batchBytes: Int = Self.batchBytes,
    wholeBatchBytes: Int = Self.wholeBatchBytes, sharesRates: Bool = false,
    _ options: CompilerOptions
  ) throws(WholeBatchError) {
    var options = options
    let scored = Self.samplesScoredAtOnce(by: network, of: count)
    options.maximumSamples = scored
    self.init(training: network, schedule, clip: clip, sharesRates: sharesRates, options)
    if batch <= scored { return }
    let isWhole = network.trainingDependsOnBatch
    if isWhole, batch > wholeBatchBytes / bytesPerSample {
      throw WholeBatchError(
        "the training depends on its batch as a whole, which therefore cannot be taken in blocks, and "
          + "\(batch) samples take \(batch * bytesPerSample >> 20) MB: a batch of at most "
          + "\(wholeBatchBytes / bytesPerSample) fits")
    }
    let most = isWhole ? batch : batchBytes / bytesPerSample / 256 * 256
    options.maximumSamples = max(min(batch, max(256, most)), isWhole ? scored : 0)
    let takesBlocks = options.maximumSamples < batch
    self.init(
      training: network, schedule, clip: clip, takesBlocks: takesBlocks, sharesRates: sharesRates,
      options)
  }

  /// How many samples are scored in one call: all, where what a sample comes to depends on the others.
  public static func samplesScoredAtOnce(by network: Network, of count: Int) -> Int {
    network.dependsOnBatch ? count : min(256, count)
  }

  /// The most bytes that the arrays of a batch may take which cannot be cut.
  public static var wholeBatchBytes: Int { 1 << 30 }

  /// The most bytes that the arrays of one batch may take, if it has more than 256 samples: few enough for caches, since
  /// every weight's gradient goes through all samples of a block.
  public static var batchBytes: Int { 4 << 20 }

  /// About how many bytes each sample of a batch takes: in the caller's arrays, in the workspace, and as it is read.
  private var bytesPerSample: Int {
    let data = program.inputCount + program.targetCount
    let kept = data + program.outputCount + program.workspaceCount / program.maximumSamples
    return max(1, kept * program.precision.bytes + data * MemoryLayout<Double>.stride)
  }

  /// Compiles what scoring a network takes.
  public init(scoring network: Network, _ options: CompilerOptions) {
    self.init(
      network, options, only: [Function(.loss, many: true), Function(.predict, many: true)])
  }

  /// The machine operations of one call of a function for many samples; 0 where it is missing.
  public func operations(of kind: Entry.Kind, samples: Int) -> Double {
    guard let entry = program.entry(kind, many: true) else { return 0 }
    return Double(program.cost(of: entry, samples: samples).expandedCount)
  }

  /// The key of every update rule that is its learning rate.
  public static var rateKey: String { TrainingRule.rate }

  /// The rate that the network's update rule states; nil where it has no rule.
  public static func rate(of network: Network) -> Double? {
    network.training?.values[TrainingRule.rate]
  }
}

/// A precision that networks are trained in: `Float` or `Double`.
public typealias TrainableReal = ProgramReal

/// A batch that would have to be cut, and cannot be.
public struct WholeBatchError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public let description: String

  init(_ description: String) { self.description = description }
}
