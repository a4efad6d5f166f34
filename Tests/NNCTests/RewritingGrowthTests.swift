import NNCDiagnostics
import NNCProgram
import NNCTestSupport
import Testing

@testable import NNC

/// What rewriting adds to the graph of a network grows with its layers, not faster.
@Suite struct RewritingGrowthTests {
  /// The mean square's factor goes through all layers at once, and joins the step's.
  @Test(arguments: ["mse", "cross_entropy"], ["sgd lr=0.01", "adam"])
  func growsWithTheLayers(_ loss: String, _ rule: String) throws {
    let counts = try (isThorough ? [50, 75, 100] : [24, 36, 48]).map { depth in
      let text = """
        network deep
        input 4
        repeat \(depth) { linear 4->4; tanh }
        loss \(loss)
        train \(rule)
        """
      return try Compilation(SourceFile(name: "deep.nn", text: text)).build().graph.nodes.count
    }
    #expect(abs((counts[2] - counts[1]) - (counts[1] - counts[0])) <= 4, "\(counts)")
  }
}
