import NNCExecution
import NNCProgram

/// Scores a network, or asks it for its outputs, batch by batch.
public struct Evaluator<Real: ProgramReal> {
  private let executor: any Executor<Real>
  private let memory: NetworkMemory<Real>
  private let metric: Metric?

  /// Scores by a metric (none where there is no target) with the parameters that lie in the memory.
  ///
  /// The Program needs its functions `predict` and, where it has a loss, `loss` for many samples.
  public init(_ executor: any Executor<Real>, _ memory: NetworkMemory<Real>, _ metric: Metric?) {
    self.executor = executor
    self.memory = memory
    self.metric = metric
  }

  /// The scores on these samples, which are at least one.
  ///
  /// - Parameters:
  ///   - samples: the numbers of the samples, from 0.
  ///   - source: where they are read.
  ///   - meaning: what the outputs are, where details are wanted: all outputs are then kept for a while.
  ///   - observe: is told the outputs and targets, batch by batch, where there is a metric.
  public func scores(
    of samples: [Int], in source: any SampleSource, detailed meaning: OutputMeaning? = nil,
    observe: (_ outputs: [Double], _ targets: [Double]) -> Void = { _, _ in }
  ) throws -> Scores {
    let program = executor.program
    // A class for each row of outputs, or a number for each output.
    let width =
      program.isWhole(.target) ? program.outputCount / program.targetCount : program.outputCount
    var scorer = Scorer(
      metric, width: width, detailed: program.isWhole(.target) ? nil : meaning)
    var total = 0.0
    let hasLoss = program.entry(.loss, many: true) != nil
    try forEachBatch(of: samples, in: source) { batch in
      if hasLoss {
        try executor.run(program.entry(.loss, many: true)!, samples: batch.count, over: memory)
        total += Double(memory[.loss][0]) * Double(batch.count)
      }
      if metric == nil { return }
      try predict(batch.count)
      let outputs = memory[.output][..<(batch.count * program.outputCount)].map { Double($0) }
      let targets = memory[.target][..<(batch.count * program.targetCount)].map { Double($0) }
      observe(outputs, targets)
      for row in 0..<outputs.count / width {
        let part = (row * width)..<((row + 1) * width)
        if program.isWhole(.target) {
          scorer.add(outputs[part], class: Int(targets[row]))
        } else {
          scorer.add(outputs[part], targets[part])
        }
      }
    }
    return scorer.scores(
      of: samples.count, loss: hasLoss ? total / Double(samples.count) : nil)
  }

  /// Gives the outputs for these samples, batch by batch.
  public func predictions(
    of samples: [Int], in source: any SampleSource,
    each: (_ samples: ArraySlice<Int>, _ outputs: [Double]) throws -> Void
  ) throws {
    let width = executor.program.outputCount
    try forEachBatch(of: samples, in: source, withTargets: false) { batch in
      try predict(batch.count)
      try each(batch, memory[.output][..<(batch.count * width)].map { Double($0) })
    }
  }

  private func predict(_ count: Int) throws {
    try executor.run(executor.program.entry(.predict, many: true)!, samples: count, over: memory)
  }

  private func forEachBatch(
    of samples: [Int], in source: any SampleSource, withTargets: Bool = true,
    _ body: (ArraySlice<Int>) throws -> Void
  ) throws {
    if executor.program.dependsOnBatch, samples.count > memory.capacity {
      throw WholeBatchError(
        "what a sample comes to depends on the others, so \(samples.count) of them are scored at "
          + "once, but there is room for \(memory.capacity)")
    }
    let reader = BatchReader(
      source, into: memory, input: executor.program.inputCount,
      target: withTargets ? executor.program.targetCount : 0)
    var place = 0
    while place < samples.count {
      let batch = samples[place..<min(samples.count, place + memory.capacity)]
      try reader.read(batch)
      try body(batch)
      place = batch.endIndex
    }
  }
}
