/// How many samples a cut takes for a class, rightly and wrongly, as it goes down from one score to the next.
public struct ThresholdCurve: Hashable, Sendable {
  /// The different scores, the greatest first.
  public let scores: [Double]
  /// The samples of the class at or above each score.
  public let right: [Int]
  /// The other samples at or above each score.
  public let wrong: [Int]

  /// The curve of scores; nil where all samples are of the class, or none.
  public init?(_ scores: [Double], _ belongs: [Bool]) {
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    var (cuts, right, wrong): ([Double], [Int], [Int]) = ([], [], [])
    var (positive, negative) = (0, 0)
    for (place, sample) in order.enumerated() {
      if belongs[sample] { positive += 1 } else { negative += 1 }
      if place + 1 < order.count, scores[order[place + 1]] == scores[sample] { continue }
      cuts.append(scores[sample])
      right.append(positive)
      wrong.append(negative)
    }
    if positive == 0 || negative == 0 { return nil }
    (self.scores, self.right, self.wrong) = (cuts, right, wrong)
  }

  /// The area under the share of the class over the share of the others, by trapezia.
  public var rocArea: Double {
    var area = 0.0
    var before = (right: 0, wrong: 0)
    for (right, wrong) in zip(right, wrong) {
      area += Double(wrong - before.wrong) * Double(right + before.right) / 2
      before = (right, wrong)
    }
    return area / (Double(before.right) * Double(before.wrong))
  }

  /// Σ (Rₙ − Rₙ₋₁) Pₙ over the cuts, R being recall and P precision.
  public var meanPrecision: Double {
    var sum = 0.0
    var before = 0
    for (right, wrong) in zip(right, wrong) {
      sum += Double(right - before) * Double(right) / Double(right + wrong)
      before = right
    }
    return sum / Double(before)
  }
}
