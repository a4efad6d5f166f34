import Foundation
import NNCTraining
import Testing

@testable import NNCTool

/// Every form of `--schedule` gives PyTorch's rates.
@Suite struct ScheduleGoldenTests {
  struct Entry: Decodable {
    let schedule: String
    let rate: Double
    let epochs: Int
    let steps: Int
    let losses: [Double]
    let rates: [Double]
  }
  struct File: Decodable {
    let entries: [Entry]
  }

  private func entries() throws -> [Entry] {
    let url = URL(fileURLWithPath: root.path + "/Tests/Golden/schedules.json")
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: url)).entries
  }

  @Test func goldens() throws {
    for entry in try entries() {
      let schedule = RateSchedule(rate: entry.rate, curve: try rateCurve(entry.schedule))
      for (step, golden) in entry.rates.enumerated() {
        let rate = schedule.rate(
          step: step, stepsPerEpoch: entry.steps, epochs: entry.epochs,
          losses: entry.losses.prefix(step / entry.steps))
        #expect(
          abs(rate - golden) <= 1e-14 * entry.rate, "\(entry.schedule), step \(step)")
      }
    }
  }

  @Test func everyFormIsCompared() throws {
    let names = Set(try entries().map { String($0.schedule.prefix { $0 != ":" }) })
    #expect(names == Set(rateCurves.map(\.name)).subtracting(["constant"]))
  }

  @Test(arguments: [
    "step", "step:0:0.5", "step:3:-1", "step:3:0.5:2", "multistep:2,:0.5", "multistep:2,x:0.5",
    "exponential", "exponential:inf", "polynomial:x", "cosine:-1", "restarts:0", "restarts:2:0",
    "onecycle:3", "plateau:1", "plateau:0.1:-1", "plateau:0.1:2:3", "cosin", "",
  ])
  func refused(_ text: String) {
    #expect(throws: Failure.self) { try rateCurve(text) }
  }
}
