import NNCExecution
import NNCLayers
import NNCProgram

/// Trains a network: goes through the samples epoch by epoch, batch by batch.
///
/// The same options, samples and initial numbers give the same bits, whatever executor runs the steps and however often
/// the training is cut in two by a snapshot.
public final class Trainer<Real: ProgramReal> {
  /// How it is trained.
  public let options: TrainingOptions
  /// How far it has come.
  public private(set) var progress = TrainingProgress()

  private let executor: any Executor<Real>
  private let memory: NetworkMemory<Real>
  private let samples: [Int]
  private let source: any SampleSource
  private let heldOut: (source: any SampleSource, samples: [Int])?
  private let evaluator: Evaluator<Real>
  private let reader: BatchReader<Real>
  private var bestParameters: [Real] = []
  /// Where the learning rate lies in the state; nil where it is a constant of the code.
  private let ratePlace: Int?
  /// Where the state lies that tells a step of its blocks; nil where a batch is one.
  private let blocks: BlockStates?
  /// Where averages of the parameters lie; nil where there are none.
  private let averages: AveragedParameters?

  /// A training that begins with the numbers in the memory.
  ///
  /// - Parameters:
  ///   - executor: runs a Program with `train`, and for the samples held out `predict` and `loss` for many samples.
  ///   - memory: room for a batch, or if the Program takes blocks, for some of it.
  ///   - options: how it is trained.
  ///   - samples: the samples that are trained with, in the order of an epoch without shuffling; at least one.
  ///   - source: where the samples are read.
  ///   - heldOut: the samples that are scored after every epoch.
  ///   - metric: what is measured there beside the loss.
  public init(
    _ executor: any Executor<Real>, _ memory: NetworkMemory<Real>, _ options: TrainingOptions,
    samples: [Int], of source: any SampleSource,
    heldOut: (source: any SampleSource, samples: [Int])? = nil, metric: Metric? = nil
  ) {
    precondition(!samples.isEmpty && options.batch >= 1)
    self.executor = executor
    self.memory = memory
    self.options = options
    self.samples = samples
    self.source = source
    self.heldOut = heldOut
    let program = executor.program
    evaluator = Evaluator(executor, memory, metric)
    reader = BatchReader(
      source, into: memory, input: program.inputCount, target: program.targetCount,
      again: options.epochs > 1,
      change: options.augmentation.map { augmentation in
        { augmentation.apply(to: $0, of: $1, epoch: $2, seed: options.seed) }
      })
    ratePlace = program.state.first { $0.name == TrainingRule.rate }?.offset
    precondition(ratePlace != nil || options.schedule.isConstant)
    blocks = BlockStates(program)
    averages = AveragedParameters(program)
    precondition(blocks != nil || options.batch <= memory.capacity)
  }

  /// The steps of an epoch: the number of batches, rounded up.
  public var stepsPerEpoch: Int { (samples.count + options.batch - 1) / options.batch }

  /// Trains until the end, or until `shouldStop` says so after a step.
  ///
  /// - Parameters:
  ///   - observe: is told what happens.
  ///   - keep: is offered a snapshot as often as the options say, and after the last step.
  ///   - shouldStop: is asked after every step.
  /// - Throws: ``TrainingError`` where the loss is no longer finite, and what the samples, `observe` or `keep` throw.
  public func run(
    observe: (TrainingEvent) throws -> Void = { _ in },
    keep: (TrainingSnapshot<Real>) throws -> Void = { _ in },
    shouldStop: () -> Bool = { false }
  ) throws -> TrainingEnd {
    while !isDone {
      if isOutOfPatience { return end(.outOfPatience) }
      let order =
        options.shuffles && options.batch < samples.count
        ? Shuffle(seed: options.seed).order(samples, epoch: progress.epoch) : samples
      while progress.position < order.count {
        try observe(.step(try step(order)))
        let isOver = progress.position == order.count || progress.step == options.steps
        if isOver { try observe(.epoch(try endEpoch())) }
        if isSnapshotDue(atEndOfEpoch: isOver) { try keep(snapshot) }
        if shouldStop(), !isDone { return .interrupted }
        if isOver { break }
      }
    }
    return end(isOutOfPatience ? .outOfPatience : .finished)
  }

  /// Whether all epochs are over, or all steps.
  private var isDone: Bool {
    progress.epoch >= options.epochs || options.steps.map { progress.step >= $0 } ?? false
  }

  /// All that is needed to go on from here.
  public var snapshot: TrainingSnapshot<Real> {
    TrainingSnapshot(
      progress: progress, parameters: Array(memory[.parameters]), state: Array(memory[.state]),
      bestParameters: bestParameters)
  }

  /// Why a snapshot cannot be one of this training; nil where it can.
  ///
  /// The step follows from the epochs that are over and the place in the one under way, which lies between two batches.
  public func problem(in snapshot: TrainingSnapshot<Real>) -> String? {
    let progress = snapshot.progress
    if progress.position < 0 || progress.position >= samples.count
      || !progress.position.isMultiple(of: options.batch)
    {
      return "its place, \(progress.position), is at the end of no batch of an epoch of "
        + "\(samples.count) samples"
    }
    // The last epoch may have been cut short.
    if progress.step == options.steps, progress.position == 0 { return nil }
    let (steps, overflow) = progress.epoch.multipliedReportingOverflow(by: stepsPerEpoch)
    let (step, further) = steps.addingReportingOverflow(progress.position / options.batch)
    if overflow || further || step != progress.step {
      return "its step, \(progress.step), is not that of epoch \(progress.epoch) and place "
        + "\(progress.position)"
    }
    return nil
  }

  /// Goes back, or on, to a snapshot of a training with the same options and samples, in which there is no problem.
  public func restore(_ snapshot: TrainingSnapshot<Real>) {
    precondition(problem(in: snapshot) == nil)
    progress = snapshot.progress
    bestParameters = snapshot.bestParameters
    _ = memory[.parameters].update(from: snapshot.parameters)
    _ = memory[.state].update(from: snapshot.state)
  }

  /// One step with the samples that come next in the order of the epoch.
  private func step(_ order: [Int]) throws -> StepReport {
    let end = min(order.count, progress.position + options.batch)
    let batch = order[progress.position..<end]
    let rate = rate(of: progress.step)
    if let ratePlace { memory[.state][ratePlace] = Real(rate) }
    var loss = 0.0
    var block = self.block(from: batch.startIndex, of: order)
    while !block.isEmpty {
      let share = Double(block.count) / Double(batch.count)
      blocks?.set(
        share, isFirst: block.startIndex == batch.startIndex, isLast: block.endIndex == end,
        in: memory)
      try reader.read(block, epoch: progress.epoch)
      let following = self.block(from: block.endIndex, of: order)
      if !following.isEmpty { reader.prepare(following, epoch: progress.epoch) }
      try executor.run(.train, samples: block.count, over: memory)
      loss += Double(memory[.loss][0]) * share
      block = block.endIndex < end ? following : order[end..<end]
    }
    guard loss.isFinite else {
      throw TrainingError.diverged(
        loss: loss, step: progress.step + 1, epoch: progress.epoch + 1, rate: rate)
    }
    progress.step += 1
    progress.position = end
    progress.lossSum += loss * Double(batch.count)
    return StepReport(
      step: progress.step, epoch: progress.epoch + 1, position: end, samples: batch.count,
      loss: loss, meanLoss: progress.lossSum / Double(end), rate: rate)
  }

  /// The samples that are taken at once from a place on: the rest of a batch, or as many as there is room for.
  private func block(from begin: Int, of order: [Int]) -> ArraySlice<Int> {
    let end = min(order.count, (begin / options.batch + 1) * options.batch)
    return order[begin..<min(end, begin + memory.capacity)]
  }

  private func endEpoch() throws -> EpochRecord {
    var record = EpochRecord(
      epoch: progress.epoch + 1, step: progress.step, rate: rate(of: progress.step - 1),
      loss: progress.lossSum / Double(progress.position))
    if let heldOut {
      averages?.exchange(in: memory)
      defer { averages?.exchange(in: memory) }
      let scores = try evaluator.scores(of: heldOut.samples, in: heldOut.source)
      record.heldOutLoss = scores.loss
      record.heldOutMetric = scores.metric
      reader.forget()
    }
    progress.epoch += 1
    progress.position = 0
    progress.lossSum = 0
    progress.history.append(record)
    let best = progress.bestEpoch > 0 ? progress.history[progress.bestEpoch - 1] : nil
    if best.map({ record.judgedLoss < $0.judgedLoss }) ?? true {
      progress.bestEpoch = record.epoch
      if options.patience != nil {
        averages?.exchange(in: memory)
        bestParameters = Array(memory[.parameters])
        averages?.exchange(in: memory)
      }
    }
    return record
  }

  /// Training that may end early ends with the parameters of its best epoch; where averages are kept, they are those
  /// with which a trained network predicts.
  private func end(_ end: TrainingEnd) -> TrainingEnd {
    averages?.take(in: memory)
    if !bestParameters.isEmpty { _ = memory[.parameters].update(from: bestParameters) }
    return end
  }

  private var isOutOfPatience: Bool {
    options.patience.map { progress.epoch - progress.bestEpoch >= $0 && progress.epoch > 0 }
      ?? false
  }

  private func isSnapshotDue(atEndOfEpoch: Bool) -> Bool {
    let isLast = isDone || atEndOfEpoch && isOutOfPatience
    return isLast
      || options.stepsBetweenSnapshots.map { progress.step.isMultiple(of: $0) } ?? atEndOfEpoch
  }

  private func rate(of step: Int) -> Double {
    options.schedule.rate(
      step: step, stepsPerEpoch: stepsPerEpoch, epochs: options.epochs,
      losses: progress.history.prefix(step / stepsPerEpoch).lazy.map(\.judgedLoss))
  }
}
