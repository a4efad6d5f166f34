import Foundation
import NNCDatasets
import Testing

@testable import NNCTraining

/// Scores are scikit-learn's.
@Suite struct ScoreGoldenTests {
  struct Classifier: Decodable {
    struct Scores: Decodable {
      let classes: [[Double]]
      let macro: [Double]
      let weighted: [Double]
      let rocArea: Double
      let precisionRecallArea: Double
      let logLoss: Double
      let calibrationError: Double
    }
    let name: String
    let outputs: [[Double]]
    let targets: [[Double]]
    let scores: Scores
  }
  struct Regression: Decodable {
    struct Scores: Decodable {
      let meanAbsoluteError: Double
      let rootMeanSquaredError: Double
      let determination: Double
      let explainedVariance: Double
    }
    let outputs: [[Double]]
    let targets: [[Double]]
    let scores: Scores
  }
  struct File: Decodable {
    let regressions: [Regression]
    let entries: [Classifier]
  }

  private static let file: File = {
    let path = root.appendingPathComponent("Tests/Golden/scores.json")
    return try! JSONDecoder().decode(File.self, from: Data(contentsOf: path))
  }()

  private func details(
    _ metric: Metric, _ outputs: [[Double]], _ targets: [[Double]]
  ) -> ScoreDetails? {
    var scorer = Scorer(metric, width: outputs[0].count, detailed: .logit)
    for (output, target) in zip(outputs, targets) { scorer.add(output[...], target[...]) }
    return scorer.scores(loss: nil).details
  }

  private func expect(_ value: Double?, _ wanted: Double, _ what: String) {
    #expect(
      value.map { abs($0 - wanted) <= 1e-12 * max(1, abs(wanted)) } == true,
      "\(what) \(value ?? .nan)")
  }

  @Test(arguments: file.entries.indices) func classifiers(_ number: Int) throws {
    let entry = Self.file.entries[number]
    let isBinary = entry.outputs[0].count == 1
    guard
      case .classes(let scores) = details(
        isBinary ? .threshold(0) : .argmax, entry.outputs, entry.targets)
    else {
      Issue.record("no scores of classes")
      return
    }
    func expect(_ row: ClassScores.Row, _ wanted: [Double], _ what: String) {
      for (value, wanted) in zip([row.precision, row.recall, row.f1], wanted) {
        self.expect(value, wanted, what)
      }
    }
    #expect(scores.classes.count == entry.scores.classes.count)
    for (row, wanted) in zip(scores.classes, entry.scores.classes) {
      expect(row, wanted, "class")
      #expect(Double(row.count) == wanted[3])
    }
    expect(scores.macro, entry.scores.macro, "macro")
    expect(scores.weighted, entry.scores.weighted, "weighted")
    let worth = try #require(scores.probabilities)
    self.expect(worth.rocArea, entry.scores.rocArea, "ROC")
    self.expect(worth.precisionRecallArea, entry.scores.precisionRecallArea, "precision, recall")
    self.expect(worth.logLoss, entry.scores.logLoss, "log loss")
    self.expect(worth.calibrationError, entry.scores.calibrationError, "calibration")
  }

  @Test(arguments: file.regressions.indices) func regressions(_ number: Int) {
    let entry = Self.file.regressions[number]
    guard case .numbers(let scores) = details(.determination, entry.outputs, entry.targets) else {
      Issue.record("no scores of numbers")
      return
    }
    expect(scores.meanAbsoluteError, entry.scores.meanAbsoluteError, "MAE")
    expect(scores.rootMeanSquaredError, entry.scores.rootMeanSquaredError, "RMSE")
    expect(scores.determination, entry.scores.determination, "R²")
    expect(scores.explainedVariance, entry.scores.explainedVariance, "explained variance")
  }

  @Test func aSplitGivesEveryPartItsShareOfEveryClass() {
    let classes = (0..<100).map { $0 % 10 == 0 ? 1 : 0 }
    let split = DataSplit(rows: 100, shares: [0.7, 0.2, 0.1], seed: 3, isStratified: true)
    let parts = split.parts(classes: classes)
    #expect(parts.map(\.count) == [70, 20, 10])
    #expect(parts.map { $0.count { classes[$0] == 1 } } == [7, 2, 1])
    #expect(parts.flatMap { $0 }.sorted() == Array(0..<100))
  }
}
