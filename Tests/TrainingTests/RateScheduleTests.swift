import Foundation
import Testing
import NNCTraining

@Suite struct RateScheduleTests {
  @Test func constant() {
    let schedule = RateSchedule(rate: 0.1)
    #expect(schedule.isConstant)
    #expect(schedule.rate(step: 1000, stepsPerEpoch: 10, epochs: 5) == 0.1)
  }

  @Test func steps() {
    let schedule = RateSchedule(rate: 1, curve: .step(epochs: 2, factor: 0.5))
    let rates = (0..<6).map { schedule.rate(step: $0 * 10 + 9, stepsPerEpoch: 10, epochs: 6) }
    #expect(rates == [1, 1, 0.5, 0.5, 0.25, 0.25])
    #expect(!schedule.isConstant)
  }

  /// PyTorch's `CosineAnnealingLR` in closed form.
  @Test func cosine() {
    let schedule = RateSchedule(rate: 0.3, curve: .cosine(floor: 0.01))
    for step in 0..<50 {
      let expected = 0.01 + (0.3 - 0.01) * (1 + cos(Double.pi * Double(step) / 50)) / 2
      let rate = schedule.rate(step: step, stepsPerEpoch: 10, epochs: 5)
      #expect(abs(rate - expected) < 1e-15)
    }
  }

  @Test func warmUpRisesInEqualStepsAndReachesTheRate() {
    let schedule = RateSchedule(rate: 0.8, warmUp: 0.4)
    let rates = (0..<6).map { schedule.rate(step: $0, stepsPerEpoch: 10, epochs: 3) }
    #expect(rates == [0.2, 0.4, 0.8 * 0.75, 0.8, 0.8, 0.8])
    #expect(!schedule.isConstant)
  }

  @Test func theCosineBeginsAfterTheWarmUp() {
    let schedule = RateSchedule(rate: 1, curve: .cosine(floor: 0), warmUp: 1)
    let rates = [0, 9, 10, 20, 30].map { schedule.rate(step: $0, stepsPerEpoch: 10, epochs: 3) }
    #expect(rates[0] == 0.1 && rates[1] == 1 && rates[2] == 1)
    #expect(abs(rates[3] - 0.5) < 1e-15 && rates[4] == 0)
  }
}
