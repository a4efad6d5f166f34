import NNC
import NNCTraining

/// What `evaluate` and `predict` offer besides the data.
let scoringOptions: [CommandOption] =
  weightsOptions + [
    .init("real", "r", .choice(["f32", "f64"]), help: "the precision (default f64)"),
    .init(
      "run", nil, .choice(ExecutorChoice.allCases.map(\.rawValue)),
      help: "interpret, compile to native code, or whichever is sooner done (default auto)"),
    machineOption,
    .init(
      "threshold", nil, .text("P"),
      help: "of two classes tell the second from this probability on (default 0.5)"),
  ]

/// The machine whose abilities the arithmetic of training and scoring uses.
let machineOption = CommandOption(
  "machine", nil, .text("NAME", .targets),
  help: "use the instructions of this machine: a name of `nnc help targets` (default native); "
    + "`generic` gives the same bits everywhere")

/// A trained network that is to be given data.
struct Scoring {
  let network: Network
  /// What is known of the data that it was trained with.
  let description: DataDescription?
  /// Whether it computes in binary32.
  let isSingle: Bool
  /// The losses that the network names.
  let lossNames: Set<String>
  private let parameters: [Double]
  private let choice: ExecutorChoice
  private let machine: Target
  private let threshold: Double

  /// Reads the network and the weights that a call names.
  init(_ call: Call, _ console: Console) throws {
    let compilation = try readNetwork(call, console)
    network = try compilation.checkedNetwork()
    lossNames = compilation.lossNames
    isSingle = call.value("real") == "f32"
    choice = ExecutorChoice(rawValue: call.value("run") ?? "auto")!
    machine = try NNCTool.machine(call)
    let asked = call.command.option("threshold") == nil ? nil : call.value("threshold")
    threshold = asked.flatMap { Double($0) } ?? 0.5
    if let text = asked, Double(text) == nil || !(threshold > 0 && threshold < 1) {
      throw Failure.call("`--threshold` takes a probability between 0 and 1, not `\(text)`")
    }
    if asked != nil, network.outputShape.reduce(1, *) != 1 {
      throw Failure.input(
        "`--threshold` is for networks with one output, which tells two classes apart")
    }
    if let weights = try savedWeights(call, for: network) {
      parameters = weights.parameters
      description = weights.description
    } else if let given = network.givenParameters {
      parameters = given
      description = nil
    } else {
      throw Failure.call("\(call.command.name) needs `--weights FILE`")
    }
  }

  /// The metric that suits the network and targets that are classes or numbers; nil for a network without a target.
  func metric(areClasses: Bool) -> Metric? {
    network.target.map { _ in
      Metric(
        losses: lossNames, outputs: network.outputShape.reduce(1, *), areClasses: areClasses,
        threshold: threshold)
    }
  }

  /// The scores on samples of the data, with details.
  ///
  /// - Parameter observe: is told the outputs and targets, batch by batch.
  func scores<Real: TrainableReal>(
    on data: Dataset, _ samples: [Int], _: Real.Type,
    observe: (_ outputs: [Double], _ targets: [Double]) -> Void = { _, _ in }
  ) throws -> Scores {
    let evaluator: Evaluator<Real> = try evaluator(
      for: samples.count, metric(areClasses: !data.classes.isEmpty))
    return try evaluator.scores(
      of: samples, in: data, detailed: OutputMeaning(losses: lossNames), observe: observe)
  }

  /// Gives the outputs for all samples of the data, batch by batch.
  func predictions<Real: TrainableReal>(
    on data: Dataset, _: Real.Type, each: ([Double]) throws -> Void
  ) throws {
    let evaluator: Evaluator<Real> = try evaluator(for: data.count, nil)
    try evaluator.predictions(of: Array(0..<data.count), in: data) { try each($1) }
  }

  /// What gives the outputs for one input, of which some hundreds are expected.
  func predictor<Real: TrainableReal>(_: Real.Type) throws -> ([Double]) throws -> [Double] {
    let (executor, memory): (any Executor<Real>, _) = try prepared(room: 1, inputs: 256)
    let program = executor.program
    let function = program.entry(.predict, many: false) ?? program.entry(.predict, many: true)!
    return { input in
      _ = memory[.input].update(from: input.map { Real($0) })
      try executor.run(function, samples: 1, over: memory)
      return memory[.output][..<program.outputCount].map { Double($0) }
    }
  }

  private func evaluator<Real: TrainableReal>(
    for count: Int, _ metric: Metric?
  ) throws -> Evaluator<Real> {
    let room = Build.samplesScoredAtOnce(by: network, of: count)
    // Of each sample a loss and outputs.
    let (executor, memory): (any Executor<Real>, _) = try prepared(room: room, inputs: 2 * count)
    return Evaluator(executor, memory, metric)
  }

  /// The network compiled, or interpreted, for so many samples at once, with its parameters in memory.
  ///
  /// - Parameter inputs: how many inputs there will be, about.
  private func prepared<Real: TrainableReal>(
    room: Int, inputs: Int
  ) throws -> (executor: any Executor<Real>, memory: NetworkMemory<Real>) {
    var options = CompilerOptions()
    options.precision = Real.precision
    options.target = machine
    options.maximumSamples = room
    let build = Build(scoring: network, options)
    let operations = build.operations(of: .predict, samples: room)
    let (executor, _) = try choice.executor(
      for: build, operations: operations * Double(inputs) / Double(room), as: Real.self)
    let memory = NetworkMemory<Real>(build.program)
    _ = memory[.parameters].update(from: parameters.map { Real($0) })
    return (executor, memory)
  }
}
