import NNCAlgebra
import NNCGraph
import NNCTestSupport
import Testing

@testable import NNCRewriting

/// Expressions at random, of every operation of the table, at numbers that include infinities and both zeros: the value of
/// each node lies in the interval that is known of it, and is a number where it is said to be one.
@Test func valuesLieInTheirIntervals() {
  var random = SplitMix(state: 17)
  let names = ["a", "b", "c"]
  let special: [Double] = [
    0, -0.0, 1, -1, .infinity, -.infinity, .leastNonzeroMagnitude, -0x1p-1030, 1e300, -1e300, 710,
    -750,
  ]
  for _ in 0..<60 {
    var graph = Graph()
    var nodes = names.map { graph.symbol(Symbol(name: $0, shape: [], role: .parameter)) }
    nodes += [0, -2, 0.5, 1].map { graph.constant($0) }
    for _ in 0..<40 {
      let operation = Operation.all.randomElement(using: &random)!
      let operands = operation.row.arguments.map { _ in nodes.randomElement(using: &random)! }
      nodes.append(graph.map(operation, operands))
    }
    var ranges = Ranges()
    let intervals = nodes.map { ranges.range(of: $0, in: graph) }
    for _ in 0..<60 {
      var leaves: [String: [Double]] = [:]
      for name in names {
        let isSpecial = Bool.random(using: &random)
        leaves[name] = [
          isSpecial ? special.randomElement(using: &random)! : .random(in: -4...4, using: &random)
        ]
      }
      let evaluator = GraphEvaluator(graph, samples: 1, leaves: leaves)
      for (node, interval) in zip(nodes, intervals) {
        let value = evaluator[node][0][0]
        if value.isNaN {
          #expect(!interval.isNumber, "\(graph[node].kind): no number, in \(interval)")
        } else {
          #expect(
            interval.low <= value && value <= interval.high,
            "\(graph[node].kind): \(value), \(interval)")
        }
      }
    }
  }
}

@Test func whatHasNoValueAtInfinityIsNotBounded() {
  var graph = Graph()
  let x = graph.symbol(Symbol(name: "x", shape: [], role: .parameter))
  let wave = graph.map(Operation("sin")!, x)
  let held = graph.map(Operation("sin")!, graph.map(Operation("tanh")!, x))
  var ranges = Ranges()
  let bounded = [wave, held].map { ranges.range(of: $0, in: graph).isBounded }
  #expect(bounded == [false, true])
}
