import NNCAlgebra
import NNCGraph
import NNCTestSupport
import Testing

@testable import NNCCalculus

/// Derivatives through loops are those of the turns written out.
@Suite struct LoopTests {
  /// Σ over t of y(t)·w(t), where y(t) = h(t − 1)·x(t) and h, c are carried; a value from outside is used at every turn.
  private struct Example {
    var graph = Graph()
    let x: NodeID
    let a: NodeID
    let start: NodeID
    let value: NodeID

    init(turns: Int, reversed: Bool) {
      func leaf(_ name: String, _ shape: Shape, in graph: inout Graph) -> NodeID {
        graph.symbol(Symbol(name: name, shape: shape, role: .parameter))
      }
      x = leaf("x", [turns, 2], in: &graph)
      a = leaf("a", [2, 2], in: &graph)
      start = leaf("start", [2], in: &graph)
      let loop = graph.loop(of: turns)
      let row = graph.row(x, loop, reversed: reversed)
      let h = graph.carried("h", shape: [2], loop, place: 0)
      let c = graph.carried("c", shape: [2], loop, place: 1)
      let product = graph.contract(Contraction("ij,j->i"), [a, h])
      let next = graph.map(Operation("tanh")!, graph.map(.add, row, product))
      // c finds what h was: the two are exchanged, in part.
      let memory = graph.map(.add, graph.map(.mul, h, row), graph.map(Operation("sin")!, c))
      var last = graph.recurrence(loop, place: 0, first: start, next: next, after: nil)
      last = graph.recurrence(loop, place: 1, first: start, next: memory, after: last)
      let all = graph.rows(of: graph.map(.mul, next, memory), loop, last, reversed: reversed)
      let found = graph.rows(of: h, loop, last)
      let sine = graph.map(Operation("sin")!, found)
      value = graph.sum(graph.map(.mul, all, sine))
    }

    /// The values of nodes by the turns written out.
    mutating func values(_ roots: [NodeID]) -> [[Double]] {
      let plain = graph.unrolling(roots)
      var leaves: [String: [Double]] = [:]
      for symbol in graph.symbols where symbol.role == .parameter {
        leaves[symbol.name] = (0..<symbol.shape.elementCount).map {
          Double(($0 * 37 + 11) % 19) / 12 - 0.7
        }
      }
      let evaluator = GraphEvaluator(graph, samples: 1, leaves: leaves, roots: plain)
      return plain.map { evaluator[$0][0] }
    }
  }

  private func expectClose(_ a: [Double], _ b: [Double], _ what: String) {
    #expect(a.count == b.count)
    for (one, other) in zip(a, b) {
      #expect(abs(one - other) <= 1e-12 * max(1, abs(other)), "\(what): \(a) and \(b)")
    }
  }

  @Test(arguments: [(1, false), (2, true), (5, false), (5, true)])
  func gradients(_ turns: Int, _ reversed: Bool) {
    var example = Example(turns: turns, reversed: reversed)
    let variables = [example.x, example.a, example.start]
    let plain = example.graph.unrolling([example.value])[0]
    let looped = example.graph.gradient(of: example.value, by: variables)
    let written = example.graph.gradient(of: plain, by: variables)
    #expect(example.graph.hasLoops(in: looped))
    #expect(!example.graph.hasLoops(in: written))
    #expect(example.graph.problems() == [])
    let values = example.values(looped + written)
    for (place, name) in ["x", "a", "start"].enumerated() {
      expectClose(values[place], values[place + 3], name)
    }
  }

  /// A loop's way back is a loop, and so is the way back through that.
  @Test func higherDerivatives() {
    var example = Example(turns: 4, reversed: false)
    let plain = example.graph.unrolling([example.value])[0]
    var results: [NodeID] = []
    for value in [example.value, plain] {
      let first = example.graph.gradient(of: value, by: [example.a])[0]
      let square = example.graph.sum(example.graph.map(.mul, first, first))
      let second = example.graph.gradient(of: square, by: [example.a, example.x])
      let total = example.graph.sum(example.graph.map(.mul, second[0], second[0]))
      results += second + [example.graph.gradient(of: total, by: [example.start])[0]]
    }
    let values = example.values(results)
    for place in 0..<3 { expectClose(values[place], values[place + 3], "result \(place)") }
  }

  /// A loop costs as many nodes as one turn, however many turns there are.
  @Test func sizeDoesNotGrowWithTurns() {
    func nodes(_ turns: Int) -> Int {
      var example = Example(turns: turns, reversed: false)
      _ = example.graph.gradient(of: example.value, by: [example.a, example.x])
      return example.graph.nodes.count
    }
    #expect(nodes(3) == nodes(3000))
  }
}
