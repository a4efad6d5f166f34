import Foundation
import NNC
import NNCExecution
import NNCLayers
import NNCProgram
import Testing

@testable import NNCTraining

@Suite struct RateRangeTests {
  @Test func ratesRiseByTheSameFactor() {
    let test = RateRangeTest(steps: 100)
    let rates = (0..<100).map { test.schedule.rate(step: $0, stepsPerEpoch: 3, epochs: 100) }
    #expect(rates[0] == 1e-7 && abs(rates[99] - 10) < 1e-13)
    for (a, b) in zip(rates, rates.dropFirst()) {
      #expect(abs(b / a / pow(1e8, 1 / 99.0) - 1) < 1e-12)
    }
    #expect(!test.schedule.isConstant && !test.schedule.dependsOnLength)
  }

  /// A loss that falls as a logistic curve of log r falls most steeply in its middle, whatever the noise.
  @Test(arguments: [0.0, 0.02]) func theSteepestFallIsFound(_ noise: Double) {
    var test = RateRangeTest(steps: 100)
    let generator = UniformGenerator(seed: 4, stream: 9)
    for step in 0..<100 where test.end == nil {
      let rate = 1e-7 * pow(1e8, Double(step) / 99)
      let place = Double(step) - 60
      let fall = 2 / (1 + exp(place / 4)) + 0.3
      let rise = exp(min(50, place - 25))
      test.add(rate: rate, loss: fall + rise + noise * generator.value(at: step, bound: 1))
    }
    #expect(test.end == .rose && (86..<100).contains(test.losses.count))
    #expect(abs((test.steepest ?? 0) - 60) <= (noise == 0 ? 0 : 3))
  }

  /// What a loss does that is thrown up and down by rates that are too great is no descent.
  @Test func onlyTheFirstDescentCounts() {
    var test = RateRangeTest(steps: 100)
    for step in 0..<100 where test.end == nil {
      let fall = 2 / (1 + exp((Double(step) - 40) / 3)) + 1
      test.add(rate: Double(step + 1), loss: step < 60 ? fall : step < 80 ? 3 : 0.9)
    }
    #expect(test.end == .finished && test.steepest == 40)
  }

  @Test func aLossThatIsNoNumberEndsIt() {
    var test = RateRangeTest(steps: 20)
    for step in 0..<8 { test.add(rate: pow(10, Double(step)), loss: 1 - Double(step) / 100) }
    test.add(rate: 1e9, loss: .nan)
    #expect(test.end == .diverged && test.losses.count == 8 && test.steepest != nil)
  }

  @Test func aLossThatOnlyRisesSuggestsNothing() {
    var test = RateRangeTest(steps: 30)
    for step in 0..<30 where test.end == nil { test.add(rate: 1, loss: 1 + Double(step) / 100) }
    #expect(test.end == .finished && test.steepest == nil)
  }

  /// Losses below 0 rise when they have risen three times as far as they had fallen, or as the least is from 0.
  @Test func lossesMayBeNegative() {
    var test = RateRangeTest(steps: 60)
    var losses = (0..<30).map { -Double($0) / 10 }
    losses += (1...30).map { -2.9 + Double($0 * $0) }
    for loss in losses where test.end == nil { test.add(rate: 1, loss: loss) }
    #expect(test.end == .rose && test.losses.count > 30)
  }

  /// With every update rule that asks for a rate the loss falls and then rises, and every executor gives the same bits.
  @Test(arguments: updateRules.filter(\.readsRate).map(\.name)) func everyRule(_ rule: String)
    throws
  {
    let network = try network(
      "linear 3->4; tanh; linear 4->2; loss cross_entropy; train \(rule)")
    func run<Real: ProgramReal>(_ choice: ExecutorChoice, _: Real.Type) throws -> RateRangeTest {
      var test = RateRangeTest(steps: 50)
      var compiler = CompilerOptions()
      compiler.precision = Real.precision
      compiler.maximumSamples = 8
      let build = Build(training: network, test.schedule, compiler)
      let (executor, _) = try choice.executor(for: build, operations: 0, as: Real.self)
      var options = TrainingOptions(epochs: 50, batch: 8, schedule: test.schedule)
      options.steps = 50
      let trainer = Trainer(
        executor, NetworkMemory<Real>(build.program), options, samples: Array(0..<40),
        of: MadeSamples(count: 40, inputWidth: 3, targetWidth: 2, areClasses: true))
      do {
        _ = try trainer.run(
          observe: { if case .step(let step) = $0 { test.add(rate: step.rate, loss: step.loss) } },
          shouldStop: { test.end != nil })
      } catch is TrainingError {
        test.diverge()
      }
      return test
    }
    let test = try run(.interpreter, Double.self)
    #expect(test.end != nil && test.losses.count >= 10)
    #expect(test == (try run(.native, Double.self)))
    #expect(try run(.interpreter, Float.self) == run(.native, Float.self))
  }
}
