import NNCLowering
import NNCTestSupport
import Testing

typealias EntryRequestResult = EntryRequest.Result

@Suite struct RandomGraphTests {
  /// Graphs that are known to be lowered wrongly. 123: beside a parameter of rank 0 that is written to itself, a reshape of
  /// it is copied before it is there.
  private static let faults: Set = [123]

  @Test(arguments: (0..<(isThorough ? 150 : 50)).filter { !faults.contains($0) }) func aRandomGraph(
    _ seed: Int
  ) {
    var graph = RandomGraph(seed: UInt64(seed), size: 10 + seed % 60)
    let results = graph.results()
    graph.trial.check(.train, results, tolerance: 1e-9)
  }
}
