import Testing

@testable import NNCTraining

@Suite struct ScoresTests {
  @Test func classesAreCounted() {
    var scorer = Scorer(.argmax, width: 3)
    for (given, wanted) in [(0, 0), (1, 0), (2, 2), (2, 2), (0, 1)] {
      let outputs = (0..<3).map { $0 == given ? -1.0 : -3.0 }
      scorer.add(outputs[...], (0..<3).map { $0 == wanted ? 1.0 : 0 }[...])
    }
    let scores = scorer.scores(loss: 0.5)
    #expect(scores.metric == 0.6 && scores.count == 5 && scores.loss == 0.5)
    #expect(scores.confusion == [[1, 1, 0], [1, 0, 0], [0, 0, 2]])
  }

  @Test func theFirstOfEqualOutputsWinsAndNaNNever() {
    #expect(Metric.argmax.classNumber([1, 2, 2]) == 1)
    #expect(Metric.argmax.classNumber([.nan, -5]) == 1)
    #expect(Metric.threshold(0.5).classNumber([0.4]) == 0)
  }

  @Test func binaryOutputsAreCounted() {
    var scorer = Scorer(.threshold(0), width: 1)
    for (output, target) in [(2.0, 1.0), (-1, 1), (-0.1, 0), (3, 0)] {
      scorer.add([output], [target])
    }
    #expect(scorer.scores(loss: nil).metric == 0.5)
    #expect(scorer.scores(loss: nil).confusion == [[1, 1], [1, 1]])
  }

  /// scikit-learn 1.9.1: r2_score([[1, 2], [3, 5], [4, 9], [6, 8]], [[1.5, 2], [2, 6], [4, 8], [7, 8]]) is
  /// 0.8801282051282051.
  @Test func determinationIsTheMeanOverTheOutputs() throws {
    var scorer = Scorer(.determination, width: 2)
    let targets = [[1.0, 2], [3, 5], [4, 9], [6, 8]]
    let outputs = [[1.5, 2.0], [2, 6], [4, 8], [7, 8]]
    for (output, target) in zip(outputs, targets) { scorer.add(output[...], target[...]) }
    let value = try #require(scorer.scores(loss: nil).metric)
    #expect(abs(value - 0.8801282051282051) < 1e-15)
  }

  @Test func determinationStandsALargeMean() throws {
    var scorer = Scorer(.determination, width: 1)
    for target in [1e9 + 1, 1e9 + 2, 1e9 + 3] { scorer.add([target + 0.1], [target]) }
    let value = try #require(scorer.scores(loss: nil).metric)
    #expect(abs(value - (1 - 0.03 / 2)) < 1e-6)
  }

  @Test func theMetricSuitsTheLossAndTheTarget() {
    #expect(Metric(losses: ["cross_entropy"], outputs: 3, areClasses: false) == .argmax)
    #expect(Metric(losses: ["mse"], outputs: 3, areClasses: true) == .argmax)
    #expect(Metric(losses: ["bce"], outputs: 1, areClasses: false) == .threshold(0.5))
    #expect(Metric(losses: ["bce_logits"], outputs: 1, areClasses: true) == .threshold(0))
    #expect(Metric(losses: ["mse"], outputs: 2, areClasses: false) == .determination)
  }
}
