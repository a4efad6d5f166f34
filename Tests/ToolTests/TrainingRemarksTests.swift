import Testing

@testable import NNCTool

/// Likely mistakes are trained all the same, with a remark that names what works.
@Suite struct TrainingRemarksTests {
  private func remarks(_ source: String, _ table: String, _ words: String...) throws -> Outcome {
    try withFolder { folder in
      try source.write(toFile: folder + "/net.nn", atomically: false, encoding: .utf8)
      try table.write(toFile: folder + "/t.csv", atomically: false, encoding: .utf8)
      let call = ["train", folder + "/net.nn", "-d", folder + "/t.csv", "-t", "t", "-e", "1"]
      return nnc(call + ["--run", "interpreter"] + words)
    }
  }

  @Test(arguments: [
    ("linear 1->2; softmax; loss cross_entropy", "leave `softmax` out"),
    ("linear 1->1; sigmoid; loss bce_logits", "write `loss bce`"),
    ("linear 1->1; loss bce", "write `loss bce_logits`"),
    ("linear 1->1; relu; loss mse", "the last layer is `relu`"),
    ("linear 1->1; sigmoid; loss bce", ""), ("linear 1->2; loss cross_entropy", ""),
    ("linear 1->1; loss bce_logits", ""), ("linear 1->1; loss mse", ""),
  ]) func aLossThatDoesNotFitTheLastLayer(source: String, remark: String) throws {
    let outcome = try remarks(source + "; train sgd lr=0.01", "x,t\n1,0\n0,1\n")
    // Without the sigmoid `bce` soon is NaN, which ends the training.
    #expect(outcome.status == .success || source == "linear 1->1; loss bce")
    #expect(remark.isEmpty ? outcome.messages.isEmpty : outcome.messages.contains(remark))
  }

  @Test func inputsFarFromZeroAndClassesThatNeverOccur() throws {
    let net = "linear 1->3; loss cross_entropy; train sgd lr=0.0001"
    let outcome = try remarks(net, "x,t\n1000,0\n1010,1\n1020,0\n")
    #expect(outcome.messages.contains("(`x` about 1010): `--standardise` or `--scale`"))
    #expect(outcome.messages.contains("is of class `2`\n"))
    let near = try remarks(net, "x,t\n1000,0\n1010,1\n1020,2\n", "--standardise")
    #expect(near.status == .success && near.messages.isEmpty)
  }
}
