import Foundation
import Testing

@testable import NNCTool

/// `nnc evaluate --plot`.
@Suite struct ScorePlotTests {
  /// Evaluates a network with given weights on a table, and answers what it drew.
  private func plot(
    _ network: String, _ table: String, _ words: String...
  ) throws -> (outcome: Outcome, drawing: String?) {
    try withFolder { folder in
      try network.write(toFile: folder + "/net.nn", atomically: false, encoding: .utf8)
      try table.write(toFile: folder + "/data.csv", atomically: false, encoding: .utf8)
      let outcome = nnc(
        ["evaluate", folder + "/net.nn", "-d", folder + "/data.csv", "--run", "interpreter"] + words
          + ["--plot", folder + "/plot.svg"])
      return (outcome, try? String(contentsOfFile: folder + "/plot.svg", encoding: .utf8))
    }
  }

  /// Four samples, of which the middle two stand in the wrong order: three of four pairs are right.
  @Test func twoClasses() throws {
    let (outcome, drawing) = try plot(
      "input 1; linear 1 weight=[[1]] bias=[-2.5]; loss bce_logits",
      "x,kind\n1,a<b\n2,c & d\n3,a<b\n4,c & d\n", "-t", "kind")
    #expect(outcome.status == .success && outcome.output.contains("area under ROC 0.75"))
    let text = try #require(drawing)
    #expect(text.contains("c &amp; d: area 0.75") && !text.contains("c & d"))
    #expect(text.contains(">ROC curve</text>") && text.contains(">Precision and recall</text>"))
    #expect(text.contains(">false positives</text>") && text.contains(">recall</text>"))
    // From nothing up to one of two, right to one of two, up and right again.
    let area = #"d="M82,416 82,256 242,256 242,96 402,96""#
    #expect(text.contains(area))
    // Two are told to be of the second class, one rightly.
    #expect(text.contains(#"d="M242,256h0""#))
    // The mean precision: ½·1 + ½·⅔.
    #expect(text.contains("area 0.8333"))
  }

  @Test func severalClasses() throws {
    let (outcome, drawing) = try plot(
      "input 3; linear 3 weight=[[1, 0, 0], [0, 1, 0], [0, 0, 1]] bias=[0, 0, 0]; loss cross_entropy",
      "a,b,c,kind\n3,1,1,u\n1,3,2,v\n1,2,3,v\n0,1,3,w\n", "-t", "kind")
    #expect(outcome.status == .success)
    let text = try #require(drawing)
    #expect(text.contains(">Confusion</text>") && text.contains("each against the rest"))
    #expect(text.contains("v taken for w: 1 of 2") && text.contains("u: area 1<"))
    for name in ["u", "v", "w"] { #expect(text.contains("\(name): area ")) }
  }

  @Test func numbers() throws {
    let (outcome, drawing) = try plot(
      "input 1; linear 1 weight=[[1]] bias=[0]; loss mse", "x,price\n1,1.5\n2,1.5\n3,4\n", "-t",
      "price")
    #expect(outcome.status == .success)
    let text = try #require(drawing)
    #expect(text.contains(">Predictions</text>") && text.contains(">Residuals</text>"))
    #expect(text.contains(">predicted value</text>") && text.contains(">price</text>"))
    #expect(text.matches(of: /M[0-9.]+,[0-9.]+h0M/).count == 2)
  }

  /// A class without samples has no curve; what cannot be drawn is said.
  @Test func whatCannotBeDrawn() throws {
    let one = try plot(
      "input 1; linear 1 weight=[[1]] bias=[0]; loss bce_logits", "x,kind\n1,0\n2,0\n", "-t", "kind"
    )
    #expect(one.outcome.status == .success && one.drawing?.contains(">Confusion</text>") == true)
    let none = try plot(
      "input 1; linear 1 weight=[[1]] bias=[0]; loss sum((y - x)^2)", "x\n1\n2\n")
    #expect(none.outcome.status == .wrongInput && none.drawing == nil)
    #expect(none.outcome.messages.contains("the network has no target"))
  }
}
