import NNC
import NNCLayers
import NNCProgram
import Testing

@testable import NNCTraining

/// Running averages of the parameters.
@Suite struct AveragedParametersTests {
  private func network(_ keys: String) throws -> Network {
    try TrainingTests.network(
      "linear 3->5; tanh; linear 5->2; loss mse; train adam \(keys); seed 3")
  }

  private func options(_ epochs: Int = 4, patience: Int? = nil) -> TrainingOptions {
    TrainingOptions(
      epochs: epochs, batch: 5, schedule: RateSchedule(rate: 0.05), patience: patience)
  }

  /// Training goes its way as without them, and ends with them.
  @Test func areTheEnd() throws {
    let plain = try trained(network("lr=0.05"), options(), by: .interpreter, as: Double.self)
    let averaged = try trained(
      network("lr=0.05 ema=0.9"), options(), by: .interpreter, as: Double.self)
    #expect(plain.parameters != averaged.parameters)
    for (one, other) in zip(plain.progress.history, averaged.progress.history) {
      #expect(one.loss == other.loss)
    }
    let count = averaged.parameters.count
    #expect(Array(averaged.state.suffix(count)) == averaged.parameters)
  }

  /// With nothing kept of itself, an average is the parameters.
  @Test func ofTheLastStepAlone() throws {
    let plain = try trained(network("lr=0.05"), options(), by: .interpreter, as: Double.self)
    let averaged = try trained(
      network("lr=0.05 ema=1e-300"), options(), by: .interpreter, as: Double.self)
    for (one, other) in zip(plain.parameters, averaged.parameters) {
      #expect(abs(one - other) <= 1e-14)
    }
  }

  /// What is held out is scored with them, and the best epoch's are kept.
  @Test func areScored() throws {
    func losses(_ keys: String) throws -> [Double?] {
      try trained(
        network(keys), options(), by: .interpreter, heldOut: 6, as: Double.self
      ).progress.history.map(\.heldOutLoss)
    }
    #expect(try losses("lr=0.05") != losses("lr=0.05 ema=0.9"))
    let best = try trained(
      network("lr=0.05 ema=0.9"), options(30, patience: 2), by: .interpreter, heldOut: 6,
      as: Double.self)
    let until = try trained(
      network("lr=0.05 ema=0.9"), options(best.progress.bestEpoch), by: .interpreter, heldOut: 6,
      as: Double.self)
    #expect(best.parameters == until.parameters)
  }

  /// Interpreter and native code, one piece and two, give the same bits.
  @Test func keepTheBits() throws {
    for rule in ["lr=0.05 ema=0.9", "lr=0.05 ema=0.9 clip_norm=0.2 amsgrad=yes maximize=yes"] {
      let network = try network(rule)
      let one = try trained(network, options(), by: .interpreter, as: Float.self)
      let other = try trained(network, options(), by: .native, as: Float.self)
      #expect(one.parameters.map(\.bitPattern) == other.parameters.map(\.bitPattern))
      var steps = 0
      var kept: TrainingSnapshot<Float>?
      _ = try trained(
        network, options(), by: .interpreter, as: Float.self, keep: { kept = $0 },
        shouldStop: {
          steps += 1
          return steps == 9
        })
      let rest = try trained(
        network, options(), by: .interpreter, as: Float.self, from: kept)
      #expect(one.parameters.map(\.bitPattern) == rest.parameters.map(\.bitPattern))
      #expect(one.state.map(\.bitPattern) == rest.state.map(\.bitPattern))
    }
  }
}
