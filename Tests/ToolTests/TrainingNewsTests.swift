import Testing
import NNCTraining

@testable import NNCTool

@Suite struct TrainingNewsTests {
  private let facts = TrainingFacts(
    network: "net", parameters: 22, columns: [], samples: 30, heldOut: 10, epochs: 200, steps: 800,
    batch: 8, block: 8, stepsPerEpoch: 4, metric: .argmax, machine: "generic", namesMachine: true,
    isNative: false,
    reason: nil)

  private func line(metric: Double? = 0.9667, columns: Int) -> String {
    LiveLine(
      facts: facts,
      report: StepReport(
        step: 42, epoch: 11, position: 16, samples: 8, loss: 0.5, meanLoss: 0.43219, rate: 0.1),
      metric: metric, seconds: 2, seen: 330, steps: 42
    ).text(columns: columns)
  }

  @Test func aWideLineHasEverything() {
    #expect(
      line(columns: 100)
        == "epoch 11/200  batch 2/4  loss 0.4322  accuracy 96.67 %  165 samples/s  36 s left")
    #expect(
      line(metric: nil, columns: 100)
        == "epoch 11/200  batch 2/4  loss 0.4322  165 samples/s  36 s left")
  }

  /// It fits at any width, and what matters stays longest.
  @Test func everyWidthIsKept() {
    var previous = 0
    for columns in 0...100 {
      let text = line(columns: columns)
      #expect(text.count <= columns)
      #expect(text.count >= previous)
      previous = text.count
      if columns >= 12 { #expect(text.hasPrefix("epoch 11/200")) }
      if columns >= 26 { #expect(text.contains("loss 0.4322")) }
    }
  }

  @Test func sparklines() {
    #expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], columns: 40) == "▁▂▃▄▅▆▇█")
    #expect(sparkline([1, 1], columns: 40) == "▁▁")
    #expect(sparkline([4, 2, 2, 0], columns: 2) == "█▁")
    #expect(sparkline([1, .nan, 2], columns: 3) == "▁ █")
    #expect(sparkline([], columns: 3) == "" && sparkline([.nan], columns: 3) == "")
    #expect(sparkline((0..<1000).map { Double($0) }, columns: 40).count == 40)
  }

  @Test func times() {
    #expect(duration(0) == "0.00 s" && duration(9.994) == "9.99 s" && duration(59.4) == "59 s")
    #expect(duration(59.9) == "1:00" && duration(185) == "3:05" && duration(3723) == "1:02:03")
    #expect(duration(.infinity) == "?")
  }

  @Test func sharesAndRates() {
    #expect(percent(1) == "100 %" && percent(0.9667) == "96.67 %" && percent(0.905) == "90.5 %")
    #expect(percent(0.0005) == "0.05 %" && percent(0) == "0 %")
    #expect(
      roundedRate(0) == "0" && roundedRate(999.6) == "1,000" && roundedRate(12_345) == "12,300")
    #expect(roundedRate(7.2) == "7" && roundedRate(1_234_567) == "1,230,000")
    #expect(roundedRate(.infinity) == "?")
  }
}
