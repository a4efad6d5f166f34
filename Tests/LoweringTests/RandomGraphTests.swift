import NNCLowering
import Testing

typealias EntryRequestResult = EntryRequest.Result

@Suite struct RandomGraphTests {
  @Test(arguments: 0..<150) func aRandomGraph(_ seed: Int) {
    var graph = RandomGraph(seed: UInt64(seed), size: 10 + seed % 60)
    let results = graph.results()
    graph.trial.check(.train, results, tolerance: 1e-9)
  }
}
