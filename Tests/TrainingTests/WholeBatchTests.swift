import NNCAlgebra
import NNCExecution
import NNCGraph
import NNCLayers
import NNC
import NNCProgram
import Testing

@testable import NNCTraining

/// Trainings that depend on their batch as a whole, and what they assign without a gradient.
@Suite struct WholeBatchTests {
  private static let source =
    "linear 3->5 bias=no; batchnorm; tanh; linear 5->2; loss mse; train adam lr=0.01; seed 3"
  private static let apart =
    "linear 3->2; tanh; loss mse + sum(relu(1 - batchmean((y - batchmean(y))^2))); train sgd"

  private let options = TrainingOptions(epochs: 4, batch: 10, schedule: RateSchedule(rate: 0.01))

  /// The interpreter and C, one thread and two, and a training that goes on from a snapshot: all have the same bits,
  /// buffers among them.
  @Test func keepTheBits() throws {
    let network = try network(Self.source)
    let one = try trained(network, options, by: .interpreter, as: Float.self)
    for threads in [1, 2] {
      let other = try trained(
        network, options, by: .native, threads: threads, as: Float.self)
      #expect(one.parameters.map(\.bitPattern) == other.parameters.map(\.bitPattern))
      #expect(one.state.map(\.bitPattern) == other.state.map(\.bitPattern))
    }
    var steps = 0
    let first = try trained(
      network, options, by: .interpreter, as: Float.self,
      shouldStop: {
        steps += 1
        return steps == 4
      })
    let rest = try trained(network, options, by: .interpreter, as: Float.self, from: first)
    #expect(rest.parameters.map(\.bitPattern) == one.parameters.map(\.bitPattern))
    // Three steps an epoch were counted.
    let before = network.parameters.prefix { $0.name != "batchnorm1.num_batches_tracked" }
    #expect(one.parameters[before.reduce(0) { $0 + $1.count }] == 12)
  }

  /// Such a batch is one block however large it is, and refused where it is too large for that.
  @Test func areNotCut() throws {
    let network = try network(Self.source)
    func build(_ batch: Int, whole: Int) throws -> Build {
      try Build(
        training: network, batch: batch, of: batch, RateSchedule(rate: 0.01), batchBytes: 1,
        wholeBatchBytes: whole, CompilerOptions())
    }
    let build1 = try build(1000, whole: 1 << 20)
    #expect(build1.program.maximumSamples == 1000 && BlockStates(build1.program) == nil)
    let error = #expect(throws: WholeBatchError.self) { try build(1000, whole: 1 << 10) }
    #expect(error?.description.contains("cannot be taken in blocks") ?? false)
  }

  /// Where the loss depends on the batch, the samples that are scored are one batch.
  @Test func areScoredAtOnce() throws {
    let network = try network(Self.apart)
    let build = try Build(
      training: network, batch: 10, of: 300, RateSchedule(rate: 0.01), CompilerOptions())
    #expect(build.program.maximumSamples == 300)
    let executor = try InterpreterExecutor<Double>(build.program)
    let memory = NetworkMemory<Double>(build.program)
    let source = MadeSamples(count: 301, inputWidth: 3, targetWidth: 2)
    let evaluator = Evaluator(executor, memory, nil)
    let scores = try evaluator.scores(of: Array(0..<300), in: source)
    let model = try Model(build)
    var (x, t) = ([Double](repeating: 0, count: 900), [Double](repeating: 0, count: 600))
    x.withUnsafeMutableBufferPointer { x in
      t.withUnsafeMutableBufferPointer { t in
        source.read(Array(0..<300)[...], input: x, target: t)
      }
    }
    let whole = try model.loss(input: x, target: t)
    #expect(abs(scores.loss! - whole) < 1e-12 * whole)
    #expect(throws: WholeBatchError.self) {
      try evaluator.scores(of: Array(0..<301), in: source)
    }
  }

  /// What is assigned without a gradient is assigned once a step, however many blocks it takes.
  @Test func buffersAreAssignedOnceAStep() throws {
    var network = try network("linear 3->2 frozen=bias bias=0; loss mse; train sgd lr=0.1")
    let one = network.graph.constant(1)
    network.parameters[1].assignment = network.graph.map(.add, network.parameters[1].node, one)
    let parts = try trained(network, options, by: .interpreter, block: 4, as: Double.self)
    #expect(Array(parts.parameters.suffix(2)) == [12, 12])
  }

  @Test func trainingInOneCallDoesTheSame() throws {
    let compilation = Compilation(SourceFile(name: "net.nn", text: Self.source))
    let (one, other) = (try compilation.model(), try compilation.model())
    let inputs = (0..<60).map { Double(($0 * 29) % 17) / 17 - 0.4 }
    let targets = (0..<40).map { Double(($0 * 13) % 17) / 17 - 0.4 }
    try one.train(
      inputs: inputs, targets: targets, epochs: 2, batch: 8, shuffles: false, on: .interpreter)
    for _ in 0..<2 {
      for start in stride(from: 0, to: 20, by: 8) {
        let end = min(20, start + 8)
        try other.step(
          input: Array(inputs[start * 3..<end * 3]), target: Array(targets[start * 2..<end * 2]))
      }
    }
    #expect(one.parameters == other.parameters)
  }
}
