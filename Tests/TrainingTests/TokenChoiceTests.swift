import Testing

@testable import NNCTraining

@Suite struct TokenChoiceTests {
  private let logits: [Double] = [0, 2, 1, .nan, 2]

  private func counts(_ choice: TokenChoice, _ logits: [Double], _ draws: Int = 20_000) -> [Double]
  {
    var counts = [Double](repeating: 0, count: logits.count)
    for place in 0..<draws { counts[choice.token(logits[...], at: place)!] += 1 }
    return counts.map { $0 / Double(draws) }
  }

  @Test func theLikeliestIsTheFirstOfEquals() {
    #expect(TokenChoice(temperature: 0).token(logits[...], at: 7) == 1)
    #expect(TokenChoice(top: 1).token(logits[1...], at: 7) == 0)
    #expect(TokenChoice().token([.nan, .nan], at: 0) == nil)
  }

  /// The softmax of 0, 1 and 2, and of half of them: five standard deviations of 20,000 draws are 0.018.
  @Test(arguments: [(1.0, [0.0900, 0.2447, 0.6652]), (2.0, [0.1863, 0.3072, 0.5065])])
  func probabilitiesAreThoseOfTheSoftmax(_ temperature: Double, _ wanted: [Double]) {
    let found = counts(TokenChoice(temperature: temperature, seed: 5), [0, 1, 2])
    for (one, other) in zip(found, wanted) { #expect(abs(one - other) < 0.018) }
  }

  @Test func fewAreChosenAmong() {
    #expect(counts(TokenChoice(top: 2), [0, 1, 2], 500)[0] == 0)
    // 0.6652 is less than 0.7, and with 0.2447 more.
    let found = counts(TokenChoice(share: 0.7), [0, 1, 2], 500)
    #expect(found[0] == 0 && found[1] > 0)
    #expect(counts(TokenChoice(share: 0.6), [0, 1, 2], 500)[2] == 1)
    #expect(counts(TokenChoice(share: 0), [0, 1, 2], 500)[2] == 1)
  }

  @Test func equalSeedsChooseAlike() {
    func tokens(_ seed: UInt64) -> [Int?] {
      (0..<50).map { TokenChoice(seed: seed).token([0, 0, 0, 0], at: $0) }
    }
    #expect(tokens(1) == tokens(1) && tokens(1) != tokens(2))
  }
}
