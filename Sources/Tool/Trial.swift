import NNC
import NNCTerminal
import NNCTraining

/// What came of training a network once for each fold.
struct Trial {
  /// What came of one fold.
  struct Fold {
    /// The scores of what was held out; nil where the training diverged.
    let scores: Scores?
    /// The epochs whose parameters were scored.
    let epochs: Int
  }

  let metric: Metric?
  let folds: [Fold]
  let seconds: Double

  /// The mean over the folds; nil where there is none, or where one of them diverged.
  func mean(_ value: (Scores) -> Double?) -> Double? {
    let values = folds.compactMap { $0.scores.flatMap(value) }
    return values.count == folds.count ? values.reduce(0, +) / Double(values.count) : nil
  }

  /// The root of the mean square of the folds' distances from their mean, as scikit-learn states it.
  func deviation(_ value: (Scores) -> Double?) -> Double? {
    guard let mean = mean(value) else { return nil }
    return self.mean { value($0).map { ($0 - mean) * ($0 - mean) } }?.squareRoot()
  }

  /// Whether it is better than another: by the metric, then by the loss; what diverged is worse than anything.
  func isBetter(than other: Trial) -> Bool {
    func known(_ value: Double?) -> Double? { value.flatMap { $0.isNaN ? nil : $0 } }
    let (own, others) = (known(mean(\.metric)), known(other.mean(\.metric)))
    if own != others { return (own ?? -.infinity) > (others ?? -.infinity) }
    return (known(mean(\.loss)) ?? .infinity) < (known(other.mean(\.loss)) ?? .infinity)
  }
}

/// Trains a network once for each fold, always from the same first values, and scores what was held out; nil where an
/// interrupt came.
///
/// The network is compiled once, unless the folds have class weights of their own. With `--patience` what is held out also
/// decides when a training ends.
///
/// - Parameter rates: how many learning rates are tried, for which the code is to be the same; 0 where there is but the
///   network's.
func trial(
  _ call: Call, _ compilation: Compilation, _ network: Network, _ data: Dataset, _ folds: Folds,
  rates: Int = 0, _ interrupt: InterruptFlag
) throws -> Trial? {
  call.value("real") == "f32"
    ? try trial(call, compilation, network, data, folds, rates, interrupt, as: Float.self)
    : try trial(call, compilation, network, data, folds, rates, interrupt, as: Double.self)
}

private func trial<Real: TrainableReal>(
  _ call: Call, _ compilation: Compilation, _ network: Network, _ data: Dataset, _ folds: Folds,
  _ rates: Int, _ interrupt: InterruptFlag, as _: Real.Type
) throws -> Trial? {
  let clock = ContinuousClock()
  let start = clock.now
  let settings = try trainedNetwork(call, compilation).1
  func samples(_ fold: (training: [Int], heldOut: [Int])) throws -> TrainingData {
    try TrainingData(data, training: fold.training, heldOut: fold.heldOut, call, settings)
  }
  func plan(_ data: TrainingData, times: Int) throws -> (TrainingPlan<Real>, any Executor<Real>) {
    let own = try ClassWeights(call, data)?.weighing(network, compilation) ?? network
    let plan = try TrainingPlan<Real>(
      call, compilation, own, settings, data, sharesRates: rates > 0)
    return (plan, try plan.executor(times: times).executor)
  }
  let largest = folds.parts.max { $0.training.count < $1.training.count }!
  let common =
    call.has("class-weight")
    ? nil : try plan(samples(largest), times: folds.parts.count * max(1, rates))
  var results: [Trial.Fold] = []
  var metric: Metric?
  for fold in folds.parts {
    let data = try samples(fold)
    let (plan, executor) =
      try common.map { ($0.0.over(data), $0.1) } ?? plan(data, times: 1)
    metric = plan.metric
    guard let result = try result(of: plan, executor, interrupt) else { return nil }
    results.append(result)
  }
  return Trial(metric: metric, folds: results, seconds: (clock.now - start) / .seconds(1))
}

/// What comes of training once; nil where an interrupt came.
private func result<Real: TrainableReal>(
  of plan: TrainingPlan<Real>, _ executor: any Executor<Real>, _ interrupt: InterruptFlag
) throws -> Trial.Fold? {
  let memory = NetworkMemory<Real>(plan.build.program)
  let heldOut = plan.data.heldOut!
  let trainer = Trainer(
    executor, memory, plan.options, samples: plan.data.samples, of: plan.data.data,
    heldOut: plan.settings.patience == nil ? nil : (heldOut.source, heldOut.samples))
  do {
    let end = try trainer.run(
      observe: { _ in }, keep: { _ in }, shouldStop: { interrupt.isRaised })
    if end == .interrupted { return nil }
    let scores = try Evaluator(executor, memory, plan.metric).scores(
      of: heldOut.samples, in: heldOut.source)
    let isEarly = end == .outOfPatience
    return .init(
      scores: scores, epochs: isEarly ? trainer.progress.bestEpoch : trainer.progress.epoch)
  } catch is TrainingError {
    return .init(scores: nil, epochs: trainer.progress.epoch)
  }
}
