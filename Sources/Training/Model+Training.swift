import NNC
import NNCExecution
import NNCLayers
import NNCProgram

/// How a training of a `Model` ended, and what came of each epoch.
public struct TrainingResult: Hashable, Sendable {
  /// How it ended.
  public let end: TrainingEnd
  /// The epochs that are over.
  public let epochs: [EpochRecord]
}

/// Samples that a network cannot be trained with.
public struct SamplesError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong with them.
  public let description: String
}

extension Model {
  /// Trains with many samples, epoch by epoch and batch by batch, as `nnc train` does and with the same bits.
  ///
  /// The parameters and the state begin as they are and are those of the end; where an error is thrown they stay as they
  /// were. A training ends early where `observe` answers false, or where the task it runs in is cancelled; a further call
  /// goes on from there with an epoch of its own.
  ///
  /// - Parameters:
  ///   - inputs: the inputs, one sample after the other.
  ///   - targets: the targets, likewise; none where the loss asks for none.
  ///   - epochs: how often all samples are gone through.
  ///   - batch: how many samples a step takes, at most.
  ///   - schedule: the learning rate; by default the rate that the network states, throughout.
  ///   - clip: how the gradient is bounded.
  ///   - shuffles: whether every epoch has an order of its own.
  ///   - seed: the seed of the orders; by default the network's.
  ///   - patience: training ends after so many epochs without a better loss, with the parameters of the best.
  ///   - executor: what runs the steps; the bits do not depend on it.
  ///   - observe: is told every step and the end of every epoch, and answers whether to go on.
  /// - Throws: `SamplesError` where the arrays are not whole samples or the network has no loss or no update rule,
  ///   `TrainingError` where the loss is no longer finite, `WholeBatchError` where a batch would have to be cut and cannot
  ///   be, and what `observe` throws.
  @discardableResult
  public func train(
    inputs: [Double], targets: [Double] = [], epochs: Int, batch: Int = 32,
    schedule: RateSchedule? = nil, clip: GradientClip? = nil, shuffles: Bool = true,
    seed: UInt64? = nil, patience: Int? = nil, on executor: ExecutorChoice = .auto,
    observe: (TrainingEvent) throws -> Bool = { _ in true }
  ) throws -> TrainingResult {
    let network = build.network
    guard network.loss != nil else { throw SamplesError("the network has no `loss`") }
    guard let rate = Build.rate(of: network) else {
      throw SamplesError("the network has no `train` rule")
    }
    guard epochs >= 0, batch >= 1 else {
      throw SamplesError("\(epochs) epochs of batches of \(batch) cannot be trained")
    }
    let samples = try ArraySamples(inputs, targets, (counts.input, counts.target))
    let options = TrainingOptions(
      epochs: epochs, batch: min(batch, samples.count),
      schedule: schedule ?? RateSchedule(rate: rate), shuffles: shuffles,
      seed: seed ?? network.seed, patience: patience)
    var compiler = build.options
    compiler.functions = nil
    let step = try Build(
      training: network, batch: options.batch, of: samples.count, options.schedule, clip: clip,
      compiler)
    return switch compiler.precision {
    case .f32: try train(step, samples, options, executor, observe, as: Float.self)
    case .f64: try train(step, samples, options, executor, observe, as: Double.self)
    }
  }

  private func train<Real: ProgramReal>(
    _ step: Build, _ samples: ArraySamples, _ options: TrainingOptions, _ choice: ExecutorChoice,
    _ observe: (TrainingEvent) throws -> Bool, as _: Real.Type
  ) throws -> TrainingResult {
    let steps = Double(samples.count) / Double(options.batch) * Double(options.epochs)
    let work = step.operations(of: .train, samples: options.batch) * steps
    let executor = try choice.executor(for: step, operations: work, as: Real.self).executor
    let memory = NetworkMemory<Real>(step.program)
    for (place, value) in parameters.enumerated() { memory[.parameters][place] = Real(value) }
    // A step may keep more than the model does: a rate that changes, sums over blocks.
    let kept = step.program.state.compactMap { field in
      build.program.state.first { $0.name == field.name }.map { (step: field, own: $0) }
    }
    for (field, own) in kept {
      for place in 0..<field.count {
        memory[.state][field.offset + place] = Real(state[own.offset + place])
      }
    }
    let trainer = Trainer(
      executor, memory, options, samples: Array(0..<samples.count), of: samples)
    var goesOn = true
    let end = try trainer.run(
      observe: { goesOn = try observe($0) && goesOn },
      shouldStop: { !goesOn || Task.isCancelled })
    for place in parameters.indices { parameters[place] = Double(memory[.parameters][place]) }
    for (field, own) in kept where own.name != TrainingRule.rate {
      for place in 0..<field.count {
        state[own.offset + place] = Double(memory[.state][field.offset + place])
      }
    }
    return TrainingResult(end: end, epochs: trainer.progress.history)
  }
}

/// Samples that lie in memory.
struct ArraySamples: SampleSource {
  let count: Int
  private let inputs: [Double]
  private let targets: [Double]
  private let widths: (input: Int, target: Int)

  /// Samples of these widths; throws where the arrays do not hold whole ones, as many of each.
  init(
    _ inputs: [Double], _ targets: [Double], _ widths: (input: Int, target: Int)
  ) throws(SamplesError) {
    for (what, numbers, width) in [
      ("inputs", inputs, widths.input), ("targets", targets, widths.target),
    ] where !numbers.count.isMultiple(of: max(1, width)) || width == 0 && !numbers.isEmpty {
      throw SamplesError("\(numbers.count) numbers are no whole \(what) of \(width) each")
    }
    count = inputs.count / max(1, widths.input)
    if count == 0 { throw SamplesError("there are no samples") }
    if widths.target > 0, targets.count / widths.target != count {
      throw SamplesError(
        "there are \(count) inputs, but \(targets.count / widths.target) targets")
    }
    self.inputs = inputs
    self.targets = targets
    self.widths = widths
  }

  func read(
    _ samples: ArraySlice<Int>, input: UnsafeMutableBufferPointer<Double>,
    target: UnsafeMutableBufferPointer<Double>
  ) {
    for (row, sample) in samples.enumerated() {
      for (from, to, width) in [(inputs, input, widths.input), (targets, target, widths.target)]
      where !to.isEmpty {
        for place in 0..<width { to[row * width + place] = from[sample * width + place] }
      }
    }
  }
}

extension SamplesError {
  fileprivate init(_ description: String) { self.description = description }
}
