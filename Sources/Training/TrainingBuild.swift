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
  ///   - clip: how the gradient is bounded.
  ///   - takesBlocks: whether batches may be larger than the options' most samples at once.
  ///   - options: what is wanted of the code.
  public init(
    training network: Network, _ schedule: RateSchedule, clip: GradientClip? = nil,
    takesBlocks: Bool = false, _ options: CompilerOptions
  ) {
    var network = network
    if let given = network.training {
      var values = given.values
      values[TrainingRule.rate] = schedule.rate
      var rule = TrainingRule(given.rule, values: values)
      rule.keepsRate = !schedule.isConstant
      rule.clip = clip
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
  /// network, the precision and the target alone, so that bits do not depend on the machine's memory.
  ///
  /// - Parameters:
  ///   - network: a network with an update rule.
  ///   - batch: the samples of a batch.
  ///   - count: how many samples there are; as many as 256 of them are scored at once.
  ///   - schedule: the learning rate; it takes the place of the rule's.
  ///   - clip: how the gradient is bounded.
  ///   - batchBytes: the most bytes that the arrays of a batch take.
  ///   - options: what is wanted of the code.
  public init(
    training network: Network, batch: Int, of count: Int, _ schedule: RateSchedule,
    clip: GradientClip? = nil, batchBytes: Int = Self.batchBytes, _ options: CompilerOptions
  ) {
    var options = options
    options.maximumSamples = min(256, count)
    self.init(training: network, schedule, clip: clip, options)
    if batch <= options.maximumSamples { return }
    let most = batchBytes / bytesPerSample / 256 * 256
    options.maximumSamples = min(batch, max(256, most))
    let takesBlocks = options.maximumSamples < batch
    self.init(training: network, schedule, clip: clip, takesBlocks: takesBlocks, options)
  }

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

  /// The rate that the network's update rule states; nil where it has no rule.
  public static func rate(of network: Network) -> Double? {
    network.training?.values[TrainingRule.rate]
  }
}

/// A precision that networks are trained in: `Float` or `Double`.
public typealias TrainableReal = ProgramReal
