import NNC
import NNCTerminal
import NNCTraining

/// Runs `nnc train`.
func runTrain(_ call: Call, _ console: Console) throws -> ExitStatus {
  let compilation = try readNetwork(call, console)
  var (network, settings) = try trainedNetwork(call, compilation)
  let begun = try savedWeights(call, for: network)
  if let begun { network = network.beginning(with: begun.parameters) }
  if call.has("find-lr") { try checkFindRate(call, network) }
  try checkOutputs(call)
  if call.has("folds") {
    let status = try runFolds(
      call, compilation, network, settings, known: begun?.description, console)
    if status != .success || !call.has("output") { return status }
  }
  var data = try tellingColumnsFromMachines(call) {
    try TrainingData(call, for: network, settings, known: begun?.description, console)
  }
  if let weights = try ClassWeights(call, data) {
    network = try weights.weighing(network, compilation)
    data.classWeights = weights
  }
  if !call.has("quiet") {
    let remarks =
      lossRemarks(losses: compilation.lossNames, last: network.layers.last?.kind)
      + (try dataRemarks(data.data, data.samples))
    for remark in remarks { console.report("nnc: \(remark)\n") }
  }
  let isSingle = call.value("real") == "f32"
  if call.has("find-lr") {
    return isSingle
      ? try findRate(call, network, settings, data, Float.self, console)
      : try findRate(call, network, settings, data, Double.self, console)
  }
  if isSingle {
    return try TrainingRun<Float>(call, compilation, network, settings, data).run(console)
  }
  return try TrainingRun<Double>(call, compilation, network, settings, data).run(console)
}

/// The network of a call that trains it, and how; an error where it cannot be trained so.
func trainedNetwork(
  _ call: Call, _ compilation: Compilation
) throws -> (Network, TrainingSettings) {
  var network = try compilation.checkedNetwork()
  guard network.loss != nil else {
    throw Failure.input("the network has no `loss`: nothing to make smaller")
  }
  guard let rate = Build.rate(of: network) else {
    throw Failure.input(
      "the network has no `train` rule", hint: "add a line such as `train adam` to it")
  }
  let settings = try TrainingSettings(call, rate: rate, seed: network.seed)
  if let rule = network.training?.rule, !rule.readsRate, !settings.schedule.isConstant {
    throw Failure.call(
      "`\(rule.name)` asks for the learning rate only at first, so `--schedule` and `--warm-up` "
        + "have no effect")
  }
  network.seed = settings.seed
  return (network, settings)
}

/// Refuses a call whose results could not be written in the end.
private func checkOutputs(_ call: Call) throws {
  let paths = [call.value("output"), call.value("log"), call.value("plot")].compactMap { $0 }
  for path in paths { try checkWritable(path) }
  if Set(paths).count < paths.count {
    throw Failure.call("two results would go to one file")
  }
}

/// One run of `nnc train` in one precision.
private struct TrainingRun<Real: TrainableReal> {
  let call: Call
  let plan: TrainingPlan<Real>
  let course: [String: String]

  private var network: Network { plan.network }
  private var settings: TrainingSettings { plan.settings }
  private var data: TrainingData { plan.data }
  private var metric: Metric? { plan.metric }
  private var build: Build { plan.build }
  private var options: TrainingOptions { plan.options }

  init(
    _ call: Call, _ compilation: Compilation, _ network: Network, _ settings: TrainingSettings,
    _ data: TrainingData
  ) throws {
    self.call = call
    plan = try TrainingPlan(call, compilation, network, settings, data)
    course = try trainingCourse(call, compilation, settings, data, batch: plan.options.batch)
  }

  func run(_ console: Console) throws -> ExitStatus {
    let (executor, reason) = try plan.executor()
    let memory = NetworkMemory<Real>(build.program)
    let trainer = Trainer(
      executor, memory, options, samples: data.samples, of: data.data,
      heldOut: data.heldOut.map { ($0.source, $0.samples) }, metric: metric)
    let checkpoint = try openCheckpoint()
    if let checkpoint, checkpoint.exists {
      let snapshot = try checkpoint.read(of: build.program, as: Real.self)
      if let problem = trainer.problem(in: snapshot) {
        throw Failure.input("`\(checkpoint.path)` is no sound checkpoint: \(problem)")
      }
      trainer.restore(snapshot)
    }
    var news = makeNews(console)
    try news.begin(
      TrainingFacts(
        network: network.name, parameters: network.parameterCount,
        columns: columnNews(of: data.data), classWeights: data.classWeights,
        samples: data.samples.count,
        heldOut: data.heldOut?.samples.count ?? 0, epochs: options.epochs,
        steps: options.steps ?? options.epochs * trainer.stepsPerEpoch, batch: options.batch,
        block: min(options.batch, memory.capacity), stepsPerEpoch: trainer.stepsPerEpoch,
        metric: metric, machine: settings.machine.name, namesMachine: call.has("machine"),
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
        keep: { snapshot in
          guard let checkpoint, let folder = call.value("checkpoint") else { return }
          try save(snapshot, in: folder)
          try news.tellSaved(checkpoint.path, step: snapshot.progress.step)
        },
        shouldStop: { interrupt.isRaised })
    }
    let taken = seconds()
    let scores = end == .interrupted ? nil : try scores(executor, memory)
    let testScores =
      end == .interrupted
      ? nil
      : try data.test.map { source, samples in
        try Evaluator(executor, memory, metric).scores(of: samples, in: source)
      }
    let history = trainer.progress.history
    var files: [OutputFile] = []
    if let path = call.value("log") {
      files.append(OutputFile(path: path, text: trainingLog(history, metric)))
    }
    if let path = call.value("plot"), !history.isEmpty {
      let drawing = trainingPlot(history, metric, network: network.name)
      files.append(OutputFile(path: path, text: drawing))
    }
    // What fails keeps nothing else from being written.
    let summary = TrainingSummary(
      end: end, progress: trainer.progress, steps: trainer.progress.step - stepsBefore,
      samples: samples, seconds: taken, scores: scores, testScores: testScores)
    let endings: [() throws -> Void] = [
      { if end != .interrupted { try save(memory) } }, { try writeFiles(files) },
      { try news.end(summary) },
      { if end == .interrupted { try saveInterrupted(trainer, in: checkpoint, console) } },
    ]
    let failures = endings.compactMap { ending in
      do { try ending() } catch { return error }
      return nil as (any Error)?
    }
    if let failure = failures.first { throw failure }
    return end == .interrupted ? .interrupted : .success
  }

  /// Saves the parameters where the call says.
  private func save(_ memory: NetworkMemory<Real>) throws {
    guard let path = call.value("output") else { return }
    try writeOrRescue(to: path) { path in
      try network.writeWeights(
        memory[.parameters].map { Double($0) }, description: data.description,
        precision: Real.precision, to: path)
    }
  }

  /// The scores of the samples held out, or where there are none of those trained with.
  private func scores(
    _ executor: any Executor<Real>, _ memory: NetworkMemory<Real>
  ) throws -> Scores {
    let scored = data.heldOut ?? (data.data, data.samples)
    return try Evaluator(executor, memory, metric).scores(of: scored.samples, in: scored.source)
  }

  /// The checkpoint that the call names, in a folder that there is; one from before is there only if it is to go on.
  private func openCheckpoint() throws -> Checkpoint? {
    guard let folder = call.value("checkpoint") else { return nil }
    try makeFolder(folder)
    let checkpoint = Checkpoint(folder: folder, course: course)
    if checkpoint.exists, !call.has("resume") {
      throw Failure.input(
        "`\(folder)` holds the checkpoint of a training already",
        hint: "`--resume` goes on from it; or choose another folder")
    }
    checkpoint.removeLeftovers()
    return checkpoint
  }

  /// Saves a training that was interrupted, and says how to go on.
  private func saveInterrupted(
    _ trainer: Trainer<Real>, in checkpoint: Checkpoint?, _ console: Console
  ) throws {
    var folder = call.value("checkpoint") ?? "\(network.name).checkpoint"
    if checkpoint == nil {
      var number = 2
      while Checkpoint(folder: folder, course: course).exists {
        folder = "\(network.name).checkpoint-\(number)"
        number += 1
      }
    }
    try save(trainer.snapshot, in: folder)
    var how = "the same call again"
    if checkpoint == nil {
      how = "the same call with `--checkpoint \(folder) --resume`"
    } else if !call.has("resume") {
      how = "the same call with `--resume`"
    }
    console.report(
      "nnc: interrupted after step \(trainer.progress.step); saved in `\(folder)`\n"
        + "     to go on: \(how)\n")
  }

  /// Saves where the training stands.
  private func save(_ snapshot: TrainingSnapshot<Real>, in folder: String) throws {
    try writeOrRescue(to: folder) { folder in
      try makeFolder(folder)
      try Checkpoint(folder: folder, course: course).write(snapshot, of: build.program)
    }
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
