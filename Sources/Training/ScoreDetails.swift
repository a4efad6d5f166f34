/// What there is to say of a network's outputs on samples beyond loss and metric.
public enum ScoreDetails: Hashable, Sendable {
  /// Of a network that tells classes.
  case classes(ClassScores)
  /// Of one that tells numbers.
  case numbers(ErrorScores)

  /// The details of outputs, sample by sample; nil where several outputs each say yes or no.
  ///
  /// - Parameter confusion: how often a class (row) was taken for another.
  init?(
    _ metric: Metric, _ meaning: OutputMeaning, outputs: [Double], targets: [Double], width: Int,
    confusion: [[Int]]
  ) {
    switch metric {
    case .determination: self = .numbers(ErrorScores(outputs, targets, width: width))
    case .argmax, .threshold:
      if confusion.isEmpty { return nil }
      let classes = confusion.count
      var shares: [Double] = []
      var truth: [Int] = []
      for start in stride(from: 0, to: outputs.count, by: width) {
        let target = targets[start..<(start + width)]
        truth.append(
          metric == .argmax ? metric.classNumber(target)! : target.first! > 0.5 ? 1 : 0)
        let row = meaning.shares(outputs[start..<(start + width)])
        shares += width == 1 ? [1 - row[0], row[0]] : row
      }
      let probabilities =
        meaning == .output
        ? nil : ProbabilityScores(shares, truth: truth, classes: classes)
      self = .classes(ClassScores(confusion: confusion, probabilities: probabilities))
    }
  }
}
