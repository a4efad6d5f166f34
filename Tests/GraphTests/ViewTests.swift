import NNCAlgebra
import NNCGraph
import NNCTestSupport
import Testing

/// A leaf, its numbers, and windows over some of its axes, all drawn.
private struct Drawn {
  var graph = Graph()
  let leaf: NodeID
  let windows: [Window]
  let numbers: [Double]

  init(seed: UInt64) {
    var random = SplitMix(state: seed)
    let shape = (0..<Int.random(in: 1...3, using: &random)).map { _ in
      Int.random(in: 3...7, using: &random)
    }
    leaf = graph.symbol(Symbol(name: "x", shape: shape, role: .parameter))
    numbers = (0..<shape.elementCount).map { _ in .random(in: -1...1, using: &random) }
    var windows: [Window] = []
    for axis in shape.indices where Bool.random(using: &random) || axis == 0 {
      let size = Int.random(in: 1...3, using: &random)
      let room = (shape[axis] - 1) / max(1, size - 1)
      windows.append(
        Window(
          axis: axis, size: size, stride: .random(in: 1...3, using: &random),
          dilation: size == 1 ? 1 : .random(in: 1...max(1, min(2, room)), using: &random),
          before: .random(in: 0...2, using: &random), after: .random(in: 0...2, using: &random)))
    }
    self.windows = windows
  }

  func values(_ node: NodeID) -> [Double] {
    GraphEvaluator(graph, samples: 1, leaves: ["x": numbers], roots: [node])[node][0]
  }
}

/// Element (i, k) of windows is number stride · i + dilation · k − before of the axis, and 0 beside it.
@Test(arguments: 1...40) func windowsShowWhatTheirDefinitionSays(_ seed: Int) {
  var drawn = Drawn(seed: UInt64(seed))
  let node = drawn.graph.windows(drawn.leaf, drawn.windows)
  #expect(drawn.graph.problems() == [])
  let (shape, source) = (drawn.graph.shape(node), drawn.graph.shape(drawn.leaf))
  #expect(shape.count == source.count + drawn.windows.count)
  let values = drawn.values(node)
  for number in 0..<shape.elementCount {
    let place = shape.place(of: number)
    var origin = Array(place.prefix(source.count))
    for (which, window) in drawn.windows.enumerated() {
      origin[window.axis] =
        window.stride * place[window.axis] + window.dilation * place[source.count + which]
        - window.before
    }
    let isInside = zip(origin, source).allSatisfy { $0 >= 0 && $0 < $1 }
    #expect(values[number] == (isInside ? drawn.numbers[source.number(of: origin)] : 0))
  }
}

/// ⟨fold(a), x⟩ = ⟨a, view(x)⟩ for every a: each element goes back to where it was shown from.
@Test(arguments: 1...40) func foldingIsTheTransposeOfViewing(_ seed: Int) throws {
  var drawn = Drawn(seed: UInt64(seed))
  var random = SplitMix(state: UInt64(seed) + 99)
  let shape = drawn.graph.shape(drawn.leaf)
  let framed = drawn.windows.map { window in
    var window = window
    (window.before, window.after) = (0, 0)
    return window
  }
  let node = drawn.graph.windows(drawn.leaf, framed)
  guard let view = drawn.graph[node].kind.view else { return }
  let shown = drawn.graph.shape(node)
  let weights = (0..<shown.elementCount).map { _ in Double.random(in: -1...1, using: &random) }
  var expected = [Double](repeating: 0, count: shape.elementCount)
  for number in 0..<shown.elementCount {
    expected[shape.number(of: view.source(of: shown.place(of: number)))] += weights[number]
  }
  let literal = drawn.graph.literal(weights, shape: shown)
  let folded = drawn.graph.fold(literal, view, to: shape)
  #expect(drawn.graph.problems() == [])
  for (a, b) in zip(drawn.values(folded), expected) { #expect((a - b).magnitude < 1e-12) }
}

@Test func viewsAreTheSimplestPrimitiveThatSaysThem() {
  var graph = Graph()
  let w = graph.symbol(Symbol(name: "w", shape: [4, 5], role: .free))
  #expect(graph.reverse(graph.reverse(w, axes: [0, 1]), axes: [0, 1]) == w)
  #expect(
    graph.slice(w, from: [1, 2], steps: [1, 1], shape: [2, 3])
      == graph.slice(w, from: [1, 2], shape: [2, 3]))
  let turned = View([.init(axis: 1), .init(axis: 0)])
  #expect(graph.view(w, turned, shape: [5, 4]) == graph.permute(w, [1, 0]))
  let repeated = View([.init(axis: 1), .init(axis: 2)])
  #expect(
    graph.view(w, repeated, shape: [3, 4, 5]) == graph.broadcast(w, to: [3, 4, 5], axes: [1, 2]))
  let every = graph.slice(w, from: [0, 4], steps: [2, -2], shape: [2, 3])
  #expect(graph.text(of: every) == "w[0:4:2, 4::-2]")
  #expect(graph.slice(every, from: [1, 1], shape: [1, 2]) != every)
  let windows = graph.windows(w, [Window(axis: 1, size: 2, stride: 2)])
  #expect(graph.shape(windows) == [4, 2, 2])
  #expect(graph.text(of: windows) == "w[i, 2j+k]")
  #expect(graph.problems() == [])
}

@Test func rowsAreGatheredAndScattered() {
  var graph = Graph()
  let table = graph.symbol(Symbol(name: "t", shape: [4, 2], role: .parameter))
  let numbers = graph.literal([3, 0, 3, 7], shape: [4])
  let rows = graph.gather(table, rows: numbers)
  let back = graph.scatter(rows, rows: numbers, count: 4)
  let evaluator = GraphEvaluator(
    graph, samples: 1, leaves: ["t": [1, 2, 3, 4, 5, 6, 7, 8]])
  #expect(evaluator[rows][0] == [7, 8, 1, 2, 7, 8, 0, 0])
  #expect(evaluator[back][0] == [1, 2, 0, 0, 0, 0, 14, 16])
  #expect(graph.problems() == [])
}
