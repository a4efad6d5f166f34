import NNCLayers
import NNC
import NNCProgram
import Testing

@testable import NNCTraining

/// Batches that are taken in blocks.
@Suite struct BlockTests {
  private func network(_ rule: String, dropout: String = "") throws -> Network {
    try TrainingTests.network(
      "linear 3->5; tanh; \(dropout) linear 5->2; loss mse; train \(rule); seed 3")
  }

  private let clips = [nil, GradientClip.norm(0.3), .value(0.01)]

  /// A batch in blocks, the last smaller, is the same step but for the order in which its gradient is added up.
  @Test(arguments: [
    "sgd lr=0.1", "sgd lr=0.1 momentum=0.9 nesterov=yes", "adam lr=0.01", "rmsprop",
    "adam lr=0.01 ema=0.9", "muon", "adafactor", "radam", "lamb", "asgd lr=0.1",
    "sgd lr=0.1 momentum=0.9 dampening=0.2 clip_norm=0.2",
  ])
  func areTheSameStep(_ rule: String) throws {
    for clip in clips {
      let options = TrainingOptions(
        epochs: 4, batch: 17, schedule: RateSchedule(rate: 0.05, curve: .cosine(floor: 0)))
      func run(_ block: Int?) throws -> TrainingSnapshot<Double> {
        try trained(
          network(rule), options, clip: clip, by: .interpreter, block: block, as: Double.self)
      }
      let whole = try run(nil)
      for block in [1, 4, 16, 17, 100] {
        let parts = try run(block)
        #expect(parts.progress.step == whole.progress.step)
        for (one, other) in zip(parts.parameters, whole.parameters) {
          #expect(abs(one - other) <= 1e-12 * max(abs(other), 1e-2), "\(rule), block \(block)")
        }
        for (one, other) in zip(parts.progress.history, whole.progress.history) {
          #expect(abs(one.loss - other.loss) <= 1e-12)
        }
      }
    }
  }

  /// A training in blocks gives the same bits both ways, and goes on from a snapshot with the bits of the undisturbed one.
  @Test func keepTheBits() throws {
    let network = try network("adam lr=0.01", dropout: "dropout 0.2;")
    let options = TrainingOptions(epochs: 3, batch: 10, schedule: RateSchedule(rate: 0.01))
    let one = try trained(network, options, by: .interpreter, block: 4, as: Float.self)
    let other = try trained(network, options, by: .native, block: 4, as: Float.self)
    #expect(one.parameters.map(\.bitPattern) == other.parameters.map(\.bitPattern))
    #expect(one.state.map(\.bitPattern) == other.state.map(\.bitPattern))
    var steps = 0
    let first = try trained(
      network, options, by: .interpreter, block: 4, as: Float.self,
      shouldStop: {
        steps += 1
        return steps == 4
      })
    let rest = try trained(
      network, options, by: .interpreter, block: 4, as: Float.self, from: first)
    #expect(rest.parameters.map(\.bitPattern) == one.parameters.map(\.bitPattern))
  }

  /// Memory is bounded, and what fits is one block.
  @Test func areAsLargeAsMemoryIsMeantToHold() throws {
    let network = try network("adam lr=0.01")
    func block(_ batch: Int, of count: Int, bytes: Int) throws -> (most: Int, takesBlocks: Bool) {
      let build = try Build(
        training: network, batch: batch, of: count, RateSchedule(rate: 0.01), batchBytes: bytes,
        CompilerOptions())
      return (build.program.maximumSamples, BlockStates(build.program) != nil)
    }
    #expect(try block(16, of: 100, bytes: 1) == (100, false))
    #expect(try block(256, of: 1000, bytes: 1) == (256, false))
    #expect(try block(1000, of: 1000, bytes: 1) == (256, true))
    #expect(try block(1000, of: 1000, bytes: 1 << 20) == (1000, false))
    let (most, takesBlocks) = try block(1_000_000_000, of: 1_000_000_000, bytes: 1 << 20)
    #expect(takesBlocks && most > 1000 && most < 20_000 && most % 256 == 0)
  }
}
