import Testing

@testable import NNC

/// What the stages print is read as definitions, one after the other.
@Suite struct ShownStageTests {
  static let batched = [
    "input 2\nlinear 2->3; batchnorm; relu\nlinear 3->1\nloss mse\ntrain sgd lr=0.1\n",
    "input 1\nlinear 1->1\nloss sum((y-t)^2) + 0.1*batchmean(sum(y^2))\ntrain sgd lr=0.1\n",
  ]

  private func names(_ text: String) -> [String] {
    text.split(separator: "\n").compactMap { $0.split(separator: " = ").first.map(String.init) }
  }

  @Test(arguments: sampleNames) func noNameOfASampleIsDefinedTwice(_ name: String) throws {
    let build = try build(name)
    for stage in [Stage.graph, .gradient, .simplified] {
      let names = names(try #require(build.text(of: stage)))
      #expect(Set(names).count == names.count, "\(stage)")
    }
  }

  /// The batch's loss is beside each sample's.
  @Test(arguments: batched) func theLossOfABatchHasANameOfItsOwn(_ text: String) throws {
    let build = try compiled(text).build()
    for stage in [Stage.graph, .gradient, .simplified] {
      let names = names(try #require(build.text(of: stage)))
      #expect(Set(names).count == names.count, "\(stage): \(names)")
      #expect(names.contains("loss"))
    }
    let simplified = try #require(build.text(of: .simplified))
    #expect(simplified.contains("\nbatchmean(loss) = samples(loss) / n\n"))
  }
}
