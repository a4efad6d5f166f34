import NNCAlgebra
import NNCGraph
import NNCTestSupport
import Testing

@testable import NNCCalculus

/// Values of the whole batch in values of every sample: their derivatives against differences.
@Suite struct BatchTests {
  /// h = tanh(W·x + b), normalised by the mean and the variance of the batch, scaled by what a parameter's square gives,
  /// and each sample's distance from the mean of exp(h).
  private struct Network {
    var graph = Graph()
    let leaves: [NodeID]
    let each: NodeID

    init() {
      let x = graph.symbol(Symbol(name: "x", shape: [3, 2], role: .input))
      let w = graph.symbol(Symbol(name: "w", shape: [2, 2], role: .parameter))
      let b = graph.symbol(Symbol(name: "b", shape: [2], role: .parameter))
      let s = graph.symbol(Symbol(name: "s", shape: [], role: .parameter))
      let product = graph.contract(Contraction("ij,kj->ki"), [w, x])
      let net = graph.map(.add, product, graph.broadcast(b, to: [3, 2], axes: [1]))
      let h = graph.map(Operation("tanh")!, net)
      let mean = graph.meanOverSamples(h)
      let centred = graph.map(.sub, h, mean)
      let variance = graph.meanOverSamples(graph.map(.square, centred))
      let root = graph.map(.sqrt, graph.map(.add, variance, graph.constant(0.1)))
      let scale = graph.map(.div, graph.map(.square, s), root)
      let y = graph.map(.mul, centred, scale)
      let powers = graph.meanOverSamples(graph.map(Operation("exp")!, y))
      let distance = graph.sum(graph.map(.square, graph.map(.sub, y, powers)))
      // A part that no sample has of its own.
      each = graph.map(.add, distance, graph.sum(graph.map(.square, w)))
      leaves = [w, b, s, x]
    }
  }

  private let samples = 4
  private let start: [String: [Double]] = [
    "x": (0..<24).map { Double(($0 * 7 + 3) % 11) / 7 - 0.8 }, "w": [0.3, -0.7, 0.5, 0.2],
    "b": [0.1, -0.4], "s": [1.3],
  ]

  @Test func derivativesOfSumsAgreeWithDifferences() {
    var network = Network()
    let total = network.graph.samples(network.each)
    check(network, total)
  }

  @Test func derivativesOfWhatTheBatchHasAgreeWithDifferences() {
    var network = Network()
    let sum = network.graph.samples(network.graph.map(Operation("sin")!, network.each))
    let total = network.graph.map(.square, sum)
    check(network, total)
  }

  /// The derivative of a mean by what samples have each is n times that by the sample's own.
  @Test func derivativesOfMeansAgreeWithThoseOfSums() {
    var graph = Network().graph
    let network = Network()
    let means = graph.gradientOfMean(of: network.each, by: network.leaves)
    let sums = graph.gradient(of: graph.samples(network.each), by: network.leaves)
    #expect(graph.problems() == [])
    let values = GraphEvaluator(graph, samples: samples, leaves: start)
    for (place, leaf) in network.leaves.enumerated() {
      let n = graph[leaf].isBatched ? 1 : Double(samples)
      let (mean, sum) = (values[means[place]].flatMap { $0 }, values[sums[place]].flatMap { $0 })
      for (a, b) in zip(mean, sum) { #expect(abs(a * n - b) < 1e-12 * max(1, abs(b))) }
    }
  }

  private func check(_ network: Network, _ total: NodeID) {
    var graph = network.graph
    let gradients = graph.gradient(of: total, by: network.leaves)
    #expect(graph.problems() == [])
    let values = GraphEvaluator(graph, samples: samples, leaves: start)
    for (leaf, gradient) in zip(network.leaves, gradients) {
      let name = graph.symbol(leaf)!.name
      #expect(graph[gradient].isBatched == graph[leaf].isBatched)
      let found = values[gradient].flatMap { $0 }
      for place in start[name]!.indices {
        func value(_ change: Double) -> Double {
          var leaves = start
          leaves[name]![place] += change
          return GraphEvaluator(graph, samples: samples, leaves: leaves)[total][0][0]
        }
        let slope = (value(1e-5) - value(-1e-5)) / 2e-5
        #expect(abs(found[place] - slope) < 1e-6 * max(1, abs(slope)), "\(name)[\(place)]")
      }
    }
  }

  /// A bias that every row has is summed over rows and samples at once, not over samples first.
  @Test func sumsOverPlacesAndSamplesAreOne() {
    let network = Network()
    var graph = network.graph
    let gradient = graph.gradient(of: graph.samples(network.each), by: [network.leaves[1]])[0]
    guard case .samples = graph[gradient].kind else {
      Issue.record("the sum over samples is not the last")
      return
    }
    #expect(graph.shape(graph[gradient].operands[0]) == [2])
  }
}
