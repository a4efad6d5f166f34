import NNC
import NNCPlotting
import NNCTerminal
import NNCTraining

/// Refuses what has no meaning beside `--find-lr`, which writes nothing but its plot.
func checkFindRate(_ call: Call, _ network: Network) throws(Failure) {
  let others = [
    "output", "checkpoint", "resume", "log", "lr", "schedule", "warm-up", "patience", "epochs",
    "test", "folds",
  ]
  if let other = others.first(where: { call.has($0) }) {
    throw .call(
      "`--find-lr` and `--\(other)` exclude each other",
      hint: "`--find-lr` tries rates for some steps and keeps nothing of what it trained")
  }
  if let steps = call.number("steps"), steps < 10 {
    throw .call("`--find-lr` takes 10 steps or more, not `--steps \(steps)`")
  }
  if let rule = network.training?.rule, !rule.readsRate {
    throw .call(
      "`\(rule.name)` asks for the learning rate only at first, so what a rising rate does tells "
        + "nothing of it")
  }
}

/// Runs `nnc train --find-lr`: the range test, from the network's first parameters.
func findRate<Real: TrainableReal>(
  _ call: Call, _ network: Network, _ settings: TrainingSettings, _ data: TrainingData,
  _: Real.Type,
  _ console: Console
) throws -> ExitStatus {
  var test = RateRangeTest(steps: settings.steps ?? 100)
  let batch = min(settings.batch ?? data.samples.count, data.samples.count)
  var options = TrainingOptions(
    epochs: test.steps, batch: batch, schedule: test.schedule, shuffles: !call.has("in-order"),
    seed: settings.seed)
  options.steps = test.steps
  options.augmentation = try augmentation(call, network, data.data)
  var compiler = CompilerOptions()
  compiler.precision = Real.precision
  compiler.target = settings.machine
  compiler.threads = settings.threads
  let build = try Build(
    training: network, batch: batch, of: data.data.count, test.schedule, clip: settings.clip,
    compiler)
  let (executor, _) = try settings.choice.executor(
    for: build,
    operations: build.operations(of: .train, samples: batch) * Double(test.steps), as: Real.self)
  let memory = NetworkMemory<Real>(build.program)
  let trainer = Trainer(executor, memory, options, samples: data.samples, of: data.data)
  let interrupt = InterruptFlag()
  do {
    let end = try interrupt.whileCatching {
      try trainer.run(
        observe: { event in
          if case .step(let step) = event { test.add(rate: step.rate, loss: step.loss) }
        }, shouldStop: { interrupt.isRaised || test.end != nil })
    }
    if end == .interrupted, test.end == nil { return .interrupted }
  } catch is TrainingError {
    test.diverge()
  }
  if let path = call.value("plot") {
    try writeFiles([OutputFile(path: path, text: rangePlot(test, network: network.name))])
  }
  if call.has("json") {
    try console.write(rangeObject(test))
  } else if !call.has("quiet") {
    let opening =
      "\(network.name): \(counted(data.samples.count, "sample")) in batches of \(batch), the rate from "
      + "\(shortest(RateRangeTest.rates.lowerBound)) to "
      + "\(shortest(RateRangeTest.rates.upperBound)) in \(counted(test.steps, "step"))\n"
    try console.write(opening + rangeText(test))
  }
  return .success
}

/// The test as a table, some rows of it, and what it suggests.
func rangeText(_ test: RateRangeTest) -> String {
  func four(_ value: Double) -> String { Digits.significant(4).text(value) }
  let means = test.smoothed
  let stride = max(1, means.count / 16)
  var rows = [["rate", "loss", "smoothed", ""]]
  for place in means.indices where place % stride == 0 || place == test.steepest {
    rows.append([
      Digits.significant(2).text(test.rates[place]), four(test.losses[place]), four(means[place]),
      place == test.steepest ? "falls most steeply" : "",
    ])
  }
  var text = "\n" + alignedTable(rows) + "\n"
  switch test.end {
  case .finished, nil: text += "\(counted(means.count, "step"))\n"
  case .rose:
    text +=
      "ended after \(counted(means.count, "step")): the smoothed loss passed four times its least\n"
  case .diverged:
    text += "ended after \(counted(means.count, "step")): the loss was no finite number any more\n"
  }
  guard let place = test.steepest else {
    return text + "the loss falls nowhere: no rate is suggested\n"
  }
  let rate = Digits.significant(2).text(test.rates[place])
  return text + "suggested, where the smoothed loss falls most steeply: `--lr \(rate)`\n"
}

/// The test as a line of JSON.
func rangeObject(_ test: RateRangeTest) -> String {
  func list(_ numbers: [Double]) -> String {
    "[\(numbers.map(jsonNumber).joined(separator: ","))]"
  }
  return jsonObject([
    ("event", jsonString("find_lr")), ("steps", "\(test.rates.count)"),
    ("reason", jsonString((test.end ?? .finished).rawValue)), ("rates", list(test.rates)),
    ("losses", list(test.losses)), ("smoothed", list(test.smoothed)),
    ("suggestion", test.steepest.map { jsonNumber(test.rates[$0]) } ?? "null"),
  ])
}

/// The test as a drawing: the loss over the rate, and the rate that is suggested.
func rangePlot(_ test: RateRangeTest, network: String) -> String {
  let means = test.smoothed
  func curve(_ name: String, _ values: [Double], colour: Int) -> Chart.Curve {
    let points = zip(test.rates, values).map { Chart.Point($0, $1) }
    return Chart.Curve(name: name, points: points, colour: colour)
  }
  var curves = [curve("batch", test.losses, colour: 3), curve("smoothed", means, colour: 0)]
  if let place = test.steepest {
    let rate = Digits.significant(2).text(test.rates[place])
    curves.append(
      .init(name: "lr \(rate)", points: [.init(test.rates[place], means[place])], colour: 1))
  }
  // What diverged in the end would press all else flat.
  let top = (means.first ?? 0) * 2
  if top > 0 {
    for place in curves.indices {
      let last = curves[place].points.lastIndex { $0.y <= top } ?? curves[place].points.count - 1
      curves[place].points.removeSubrange((last + 1)...)
    }
  }
  var chart = Chart(
    title: "\(network): learning-rate range test", horizontal: "learning rate (logarithmic)",
    panels: [.init(vertical: "loss", curves: curves)])
  chart.isHorizontalLogarithmic = true
  return chart.svg
}
