/// How a network is trained.
public struct TrainingOptions: Hashable, Sendable {
  /// How often all samples are gone through.
  public var epochs: Int
  /// The steps after which the training ends, in the midst of an epoch if need be; nil for those of the epochs.
  public var steps: Int?
  /// How many samples a step takes, at most; the last batch of an epoch has what is left.
  public var batch: Int
  /// The learning rate.
  public var schedule: RateSchedule
  /// Whether every epoch has an order of its own.
  public var shuffles: Bool
  /// The seed of the orders.
  public var seed: UInt64
  /// How inputs are changed at random; nil for not at all.
  public var augmentation: Augmentation?
  /// Training ends after so many epochs without a better loss; nil for never.
  public var patience: Int?
  /// A snapshot is offered after every so many steps; nil for one after every epoch.
  public var stepsBetweenSnapshots: Int?

  /// The options of their parts.
  public init(
    epochs: Int, batch: Int, schedule: RateSchedule, shuffles: Bool = true, seed: UInt64 = 0,
    patience: Int? = nil, stepsBetweenSnapshots: Int? = nil
  ) {
    self.epochs = epochs
    self.batch = batch
    self.schedule = schedule
    self.shuffles = shuffles
    self.seed = seed
    self.patience = patience
    self.stepsBetweenSnapshots = stepsBetweenSnapshots
  }
}
