/// How far a training has come.
public struct TrainingProgress: Hashable, Sendable {
  /// The steps that were taken.
  public var step = 0
  /// The epochs that are over.
  public var epoch = 0
  /// The samples of the present epoch that were seen.
  public var position = 0
  /// The sum of the losses of those samples.
  public var lossSum = 0.0
  /// What came of each epoch that is over.
  public var history: [EpochRecord] = []
  /// The epoch with the least loss so far, counted from 1; 0 before the first is over.
  public var bestEpoch = 0

  /// Nothing done yet.
  public init() {}
}

/// What came of an epoch.
public struct EpochRecord: Hashable, Sendable {
  /// Its number, from 1.
  public var epoch: Int
  /// The steps taken until its end.
  public var step: Int
  /// The rate of its last step.
  public var rate: Double
  /// The mean over its samples of the loss that each had just before its step.
  public var loss: Double
  /// The loss of the samples that were held out; nil where there are none.
  public var heldOutLoss: Double?
  /// The metric of the samples that were held out.
  public var heldOutMetric: Double?

  /// The loss by which epochs are compared: of the samples that were held out, else of those trained with.
  public var judgedLoss: Double { heldOutLoss ?? loss }

  /// A record of its parts.
  public init(
    epoch: Int, step: Int, rate: Double, loss: Double, heldOutLoss: Double? = nil,
    heldOutMetric: Double? = nil
  ) {
    self.epoch = epoch
    self.step = step
    self.rate = rate
    self.loss = loss
    self.heldOutLoss = heldOutLoss
    self.heldOutMetric = heldOutMetric
  }
}

/// All that a training needs to go on from where it is.
public struct TrainingSnapshot<Real: Hashable & Sendable>: Hashable, Sendable {
  /// How far it has come.
  public var progress: TrainingProgress
  /// The parameters.
  public var parameters: [Real]
  /// What the update rule keeps.
  public var state: [Real]
  /// The parameters after the best epoch, where they are to be taken in the end; else empty.
  public var bestParameters: [Real]

  /// A snapshot of its parts.
  public init(
    progress: TrainingProgress, parameters: [Real], state: [Real], bestParameters: [Real]
  ) {
    self.progress = progress
    self.parameters = parameters
    self.state = state
    self.bestParameters = bestParameters
  }
}

/// What happens in a training, told as it happens.
public enum TrainingEvent: Sendable {
  /// A step was taken.
  case step(StepReport)
  /// An epoch is over.
  case epoch(EpochRecord)
}

/// What came of a step.
public struct StepReport: Hashable, Sendable {
  /// Its number, from 1.
  public var step: Int
  /// The epoch that it belongs to, from 1.
  public var epoch: Int
  /// The samples of the epoch that were seen with it.
  public var position: Int
  /// Its samples.
  public var samples: Int
  /// The mean loss of its samples before it.
  public var loss: Double
  /// The mean loss of the epoch so far.
  public var meanLoss: Double
  /// Its learning rate.
  public var rate: Double

  /// A report of its parts.
  public init(
    step: Int, epoch: Int, position: Int, samples: Int, loss: Double, meanLoss: Double, rate: Double
  ) {
    self.step = step
    self.epoch = epoch
    self.position = position
    self.samples = samples
    self.loss = loss
    self.meanLoss = meanLoss
    self.rate = rate
  }
}

/// How a training ended.
public enum TrainingEnd: Hashable, Sendable {
  /// All epochs are over.
  case finished
  /// No epoch was better than the best for so long as the patience lasts.
  case outOfPatience
  /// It was asked to stop.
  case interrupted
}

/// Training that cannot go on.
public enum TrainingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The loss is infinite or no number.
  case diverged(loss: Double, step: Int, epoch: Int, rate: Double)

  /// What happened and what may help.
  public var description: String {
    switch self {
    case .diverged(let loss, let step, let epoch, _):
      "the loss became \(loss.isNaN ? "NaN" : "infinite") in step \(step) (epoch \(epoch))"
    }
  }
}
