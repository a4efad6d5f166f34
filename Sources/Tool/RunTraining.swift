import NNC
import Terminal
import Training

/// Runs `nnc train`.
func runTrain(_ call: Call, _ console: Console) throws -> ExitStatus {
  let compilation = try readNetwork(call, console)
  var network = try compilation.checkedNetwork()
  guard network.loss != nil else {
    throw Failure.input("the network has no `loss`: nothing to make smaller")
  }
  guard let rate = Build.rate(of: network) else {
    throw Failure.input(
      "the network has no `train` rule", hint: "add a line such as `train adam` to it")
  }
  let settings = try TrainingSettings(call, rate: rate, seed: network.seed)
  network.seed = settings.seed
  let data = try TrainingData(call, for: network, settings)
  if call.value("real") == "f32" {
    return try TrainingRun<Float>(call, compilation, network, settings, data).run(console)
  }
  return try TrainingRun<Double>(call, compilation, network, settings, data).run(console)
}

/// One run of `nnc train` in one precision.
private struct TrainingRun<Real: TrainableReal> {
  let call: Call
  let network: Network
  let settings: TrainingSettings
  let data: TrainingData
  let metric: Metric?
  let build: Build
  let options: TrainingOptions

  init(
    _ call: Call, _ compilation: Compilation, _ network: Network, _ settings: TrainingSettings,
    _ data: TrainingData
  ) throws {
    self.call = call
    self.network = network
    self.settings = settings
    self.data = data
    metric = network.target.map { _ in
      Metric(
        losses: compilation.lossNames, outputs: network.outputShape.reduce(1, *),
        areClasses: !data.data.classes.isEmpty)
    }
    let batch = min(settings.batch ?? data.samples.count, data.samples.count)
    options = TrainingOptions(
      epochs: settings.epochs, batch: batch, schedule: settings.schedule,
      shuffles: !call.has("in-order"), seed: settings.seed, patience: settings.patience)
    var compiler = CompilerOptions()
    compiler.precision = Real.precision
    compiler.maximumSamples = max(batch, min(256, data.data.count))
    build = Build(training: network, settings.schedule, clip: settings.clip, compiler)
  }

  func run(_ console: Console) throws -> ExitStatus {
    let (executor, reason) = try settings.choice.executor(
      for: build, operations: operations, as: Real.self)
    let memory = NetworkMemory<Real>(build.program)
    let trainer = Trainer(
      executor, memory, options, samples: data.samples, of: data.data,
      heldOut: data.heldOut.map { ($0.source, $0.samples) }, metric: metric)
    var news = makeNews(console)
    try news.begin(
      TrainingFacts(
        network: network.name, parameters: network.parameterCount, samples: data.samples.count,
        heldOut: data.heldOut?.samples.count ?? 0, epochs: options.epochs, batch: options.batch,
        stepsPerEpoch: trainer.stepsPerEpoch, metric: metric,
        isNative: executor is NativeExecutor<Real>, reason: reason), trainer.progress)
    let interrupt = InterruptFlag()
    let clock = ContinuousClock()
    let start = clock.now
    func seconds() -> Double { (clock.now - start) / .seconds(1) }
    var samples = 0
    let stepsBefore = trainer.progress.step
    let end = try interrupt.whileCatching {
      try trainer.run(
        observe: { event in
          if case .step(let report) = event { samples += report.samples }
          try news.tell(event, seconds: seconds())
        },
        shouldStop: { interrupt.isRaised })
    }
    let taken = seconds()
    let evaluator = Evaluator(executor, memory, metric)
    let scored = data.heldOut ?? (data.data, data.samples)
    let scores = try evaluator.scores(of: scored.samples, in: scored.source)
    let history = trainer.progress.history
    var files: [OutputFile] = []
    if let path = call.value("log") {
      files.append(OutputFile(path: path, text: trainingLog(history, metric)))
    }
    if let path = call.value("plot") {
      let drawing = trainingPlot(history, metric, network: network.name)
      files.append(OutputFile(path: path, text: drawing))
    }
    try writeFiles(files)
    try news.end(
      TrainingSummary(
        end: end, progress: trainer.progress, steps: trainer.progress.step - stepsBefore,
        samples: samples, seconds: taken, scores: scores))
    return .success
  }

  /// About how many machine operations the training takes.
  private var operations: Double {
    let program = build.program
    guard let step = program.entry(.train, many: true) else { return 0 }
    let steps = Double(data.samples.count) / Double(options.batch) * Double(options.epochs)
    let cost = program.cost(of: step, samples: options.batch)
    return Double(cost.expandedCount) * steps
  }

  private func makeNews(_ console: Console) -> any TrainingNews {
    if call.has("quiet") { return QuietNews() }
    if call.has("json") { return JsonNews(console) }
    if Terminal.standardError.allowsEditing, Terminal.standardOutput.isTerminal {
      return LiveNews(console, on: .standardError)
    }
    return PlainNews(console)
  }
}
