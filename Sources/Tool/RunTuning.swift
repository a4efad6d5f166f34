import NNC
import NNCTerminal
import NNCTraining

/// Runs `nnc tune`.
func runTune(_ call: Call, _ console: Console) throws -> ExitStatus {
  let path = call.operands[0]
  if try onnxFile(path) != nil {
    throw Failure.input(
      "`\(path)` is an ONNX file, in whose text nothing can be tried",
      hint: "`nnc import \(path) -o net.nn` writes it as a network's text")
  }
  let compilation = try readNetwork(call, console)
  if !call.has("try") {
    throw Failure.call("tune needs `--try NAME=V,V…`", hint: "for example `--try lr=0.1,0.01`")
  }
  let candidates = try Candidates(call, compilation)
  if let path = call.value("output") { try checkWritable(path) }
  let plain = try trainCall(call, [])
  let (network, settings) = try trainedNetwork(plain, compilation)
  let data = try tellingColumnsFromMachines(call) {
    try openData(try dataRequest(plain, for: network), call, console)
  }
  let folds = try Folds(plain, settings, data)
  // All that is wrong with a candidate is said before the first one is trained.
  let all = try (0..<candidates.count).map {
    try candidate(candidates, $0, call, compilation, network, console)
  }
  let news = TuningNews(call, console, candidates)
  try news.begin(network.name, samples: data.count, folds: folds.parts)
  let rates = candidates.axes.first { $0.name == Build.rateKey }?.values.count ?? 0
  let interrupt = InterruptFlag()
  var best: (number: Int, trial: Trial)?
  var (count, seconds) = (0, 0.0)
  let isDone = try interrupt.whileCatching {
    for (number, candidate) in all.enumerated() {
      guard
        let trial = try trial(
          candidate.call, candidate.compilation, candidate.network, data, folds,
          rates: rates, interrupt)
      else { return false }
      count += trial.folds.count
      seconds += trial.seconds
      try news.tell(candidates[number], trial)
      if best.map({ trial.isBetter(than: $0.trial) }) ?? true { best = (number, trial) }
    }
    return true
  }
  guard let best, best.trial.mean(\.loss) != nil else {
    if !isDone { return .interrupted }
    throw Failure.input(
      "every training diverged", hint: "try lower rates, a `--warm-up` or a bound (`--clip-norm`)")
  }
  let winner = all[best.number]
  if let path = call.value("output") {
    let text = String(decoding: winner.compilation.source.bytes, as: UTF8.self)
    try writeFiles([OutputFile(path: path, text: text)])
  }
  try news.end(
    candidates[best.number], best.trial, winner.call, count: count, seconds: seconds)
  return isDone ? .success : .interrupted
}

/// Scores the network of `nnc train --folds K`.
func runFolds(
  _ call: Call, _ compilation: Compilation, _ network: Network, _ settings: TrainingSettings,
  known: DataDescription?, _ console: Console
) throws -> ExitStatus {
  let data = try tellingColumnsFromMachines(call) {
    try openData(try dataRequest(call, for: network, known: known), call, console)
  }
  let folds = try Folds(call, settings, data)
  let interrupt = InterruptFlag()
  let trial = try interrupt.whileCatching {
    try NNCTool.trial(call, compilation, network, data, folds, interrupt)
  }
  guard let trial else { return .interrupted }
  try FoldNews(call, console).tell(trial, folds, of: network.name)
  return .success
}

/// A candidate as a call of `nnc train` and the network of that text.
private func candidate(
  _ candidates: Candidates, _ number: Int, _ call: Call, _ compilation: Compilation,
  _ base: Network, _ console: Console
) throws -> (call: Call, compilation: Compilation, network: Network) {
  let values = Array(zip(candidates.axes, candidates[number]))
  let own = compilation.with(values.filter { !$0.0.isOption }.map { ($0.0.name, $0.1) })
  let words = values.map { "\($0.0.name)=\($0.1)" }.joined(separator: " ")
  guard let network = own.network else {
    console.report("nnc: with \(words):\n")
    console.report(own.diagnostics, in: own.source, call)
    throw Failure.reported
  }
  guard network.inputShape == base.inputShape, network.targetShape == base.targetShape else {
    throw Failure.input(
      "with \(words) the network takes other samples than before",
      hint: "what is tried may change neither its inputs nor its targets")
  }
  let options = values.filter(\.0.isOption).map { "--\($0.0.name)=\($0.1)" }
  let train = try trainCall(call, options)
  return (train, own, try trainedNetwork(train, own).0)
}

/// The call of `nnc train` that trains as a call of `nnc tune` says, with further options.
private func trainCall(_ call: Call, _ further: [String]) throws(Failure) -> Call {
  var words: [String] = []
  for option in call.command.options where option.name != "output" && option.name != "help" {
    guard trainCommand.option(option.name) != nil else { continue }
    for value in call.values(option.name) {
      words.append(option.value == nil ? "--\(option.name)" : "--\(option.name)=\(value)")
    }
  }
  if !call.has("folds"), !call.has("split") { words.append("--folds=\(Folds.usual)") }
  return try Call(trainCommand, words + further + ["--", call.operands[0]])
}
