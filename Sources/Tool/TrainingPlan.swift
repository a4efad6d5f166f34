import NNC
import NNCTraining

/// A training in one precision, ready to begin: the network compiled for it, and how it is trained.
struct TrainingPlan<Real: TrainableReal> {
  let network: Network
  let settings: TrainingSettings
  private(set) var data: TrainingData
  let metric: Metric?
  let build: Build
  private(set) var options: TrainingOptions

  /// - Parameter sharesRates: whether the code is to be the same for every learning rate.
  init(
    _ call: Call, _ compilation: Compilation, _ network: Network, _ settings: TrainingSettings,
    _ data: TrainingData, sharesRates: Bool = false
  ) throws {
    self.network = network
    self.settings = settings
    self.data = data
    metric = network.target.map { _ in
      Metric(
        losses: compilation.lossNames, outputs: network.outputShape.reduce(1, *),
        areClasses: !data.data.classes.isEmpty)
    }
    let batch = min(settings.batch ?? data.samples.count, data.samples.count)
    var options = TrainingOptions(
      epochs: settings.epochs, batch: batch, schedule: settings.schedule,
      shuffles: !call.has("in-order"), seed: settings.seed, patience: settings.patience,
      stepsBetweenSnapshots: call.number("every"))
    options.steps = settings.steps
    if let steps = settings.steps, !call.has("epochs") {
      let perEpoch = (data.samples.count + batch - 1) / batch
      options.epochs = (steps + perEpoch - 1) / perEpoch
    }
    options.augmentation = try augmentation(call, network, data.data)
    self.options = options
    var compiler = CompilerOptions()
    compiler.precision = Real.precision
    compiler.target = settings.machine
    compiler.threads = settings.threads
    build = try Build(
      training: network, batch: batch, of: data.data.count, settings.schedule,
      clip: settings.clip, sharesRates: sharesRates, compiler)
  }

  /// The same training with other samples of the same data, of which there are no more.
  func over(_ data: TrainingData) -> Self {
    precondition(data.samples.count <= self.data.samples.count)
    var plan = self
    plan.data = data
    plan.options.batch = min(settings.batch ?? data.samples.count, data.samples.count)
    return plan
  }

  /// What runs it, and where it was for the machine to choose, what was chosen and why.
  ///
  /// - Parameter times: how often it is trained.
  func executor(times: Int = 1) throws -> (executor: any Executor<Real>, reason: String?) {
    try settings.choice.executor(
      for: build, operations: operations * Double(times), as: Real.self)
  }

  /// About how many machine operations the training takes.
  private var operations: Double {
    let epochs = Double(data.samples.count) / Double(options.batch) * Double(options.epochs)
    let steps = min(epochs, options.steps.map { Double($0) } ?? epochs)
    return build.operations(of: .train, samples: options.batch) * steps
  }
}
