import NNCAlgebra
import NNCCalculus
import NNCGraph
import NNCTestSupport
import Testing

/// A smooth network by hand, of every kind of primitive, and numbers for its leaves.
private struct Subject {
  var graph = Graph()
  let loss: NodeID
  let vector: NodeID
  let variables: [(name: String, node: NodeID)]
  var numbers: [String: [Double]] = [:]

  init(seed: UInt64) {
    var random = SplitMix(state: seed)
    var graph = Graph()
    var numbers: [String: [Double]] = [:]
    func leaf(_ name: String, _ shape: Shape, _ role: Symbol.Role = .parameter) -> NodeID {
      numbers[name] = (0..<shape.elementCount).map { _ in .random(in: -1.2...1.2, using: &random) }
      return graph.symbol(Symbol(name: name, shape: shape, role: role))
    }
    func map(_ name: String, _ operands: NodeID...) -> NodeID {
      graph.map(Operation(name)!, operands)
    }
    let x = leaf("x", [3])
    let w = leaf("w", [4, 3])
    let b = leaf("b", [4])
    let s = leaf("s", [])
    let net = map("add", graph.contract(Contraction("ij,j->i"), [w, x]), b)
    let hidden = map(
      ["tanh", "sigmoid", "softplus", "gelu", "silu", "mish"].randomElement(using: &random)!, net)
    let both = graph.concat(hidden, x, axis: 0)
    let square = graph.contract(Contraction("i,j->ij"), [both, map("mul", both, s)])
    let turned = graph.permute(square, [1, 0])
    let corner = graph.slice(turned, from: [1, 2], shape: [3, 4])
    let padded = graph.pad(corner, at: [0, 1], to: [4, 6])
    let rows = graph.contract(Contraction("ij->i"), [map("sin", padded)])
    let wide = graph.broadcast(rows, to: [4, 3], axes: [0])
    let mixed = map("mul", wide, w)
    let top = graph.maximum(graph.reshape(mixed, to: [12]), axes: [0])
    let positive = map("exp", map("sub", graph.reshape(mixed, to: [12]), top))
    let log = map("log", graph.sum(positive))
    loss = map(
      "add", log,
      map("div", graph.sum(map("square", both)), map("add", map("exp", s), graph.constant(1))))
    vector = map("mul", rows, log)
    variables = [("x", x), ("w", w), ("b", b), ("s", s)]
    self.graph = graph
    self.numbers = numbers
  }

  func value(_ node: NodeID, _ numbers: [String: [Double]]) -> [Double] {
    GraphEvaluator(graph, samples: 1, leaves: numbers, roots: [node])[node][0]
  }

  /// The derivatives of each element of `node` by each element of a leaf, by central differences.
  func differences(_ node: NodeID, by name: String) -> [[Double]] {
    let step = 1e-5
    return numbers[name]!.indices.map { k in
      var (above, below) = (numbers, numbers)
      above[name]![k] += step
      below[name]![k] -= step
      return zip(value(node, above), value(node, below)).map { ($0 - $1) / (2 * step) }
    }
  }
}

private func expectClose(_ a: [Double], _ b: [Double], _ what: String, tolerance: Double = 1e-6) {
  #expect(a.count == b.count)
  for (x, y) in zip(a, b) {
    #expect(abs(x - y) <= tolerance * max(1, abs(x), abs(y)), "\(what): \(x), \(y)")
  }
}

@Test(arguments: 1...12)
func gradientsAgreeWithFiniteDifferences(_ seed: Int) {
  var subject = Subject(seed: UInt64(seed))
  let gradients = subject.graph.gradient(of: subject.loss, by: subject.variables.map(\.node))
  for (variable, gradient) in zip(subject.variables, gradients) {
    #expect(subject.graph.shape(gradient) == subject.graph.shape(variable.node))
    let expected = subject.differences(subject.loss, by: variable.name).map { $0[0] }
    expectClose(subject.value(gradient, subject.numbers), expected, "by \(variable.name)")
  }
}

@Test func jacobiansAgreeWithFiniteDifferences() {
  var subject = Subject(seed: 3)
  for variable in subject.variables {
    let jacobian = subject.graph.diff(subject.vector, by: variable.node)
    #expect(
      subject.graph.shape(jacobian)
        == subject.graph.shape(subject.vector) + subject.graph.shape(variable.node))
    let columns = subject.differences(subject.vector, by: variable.name)
    let rows = columns[0].indices.flatMap { row in columns.map { $0[row] } }
    expectClose(subject.value(jacobian, subject.numbers), rows, "by \(variable.name)")
  }
}

@Test func hessiansAreTheDerivativesOfGradients() {
  var subject = Subject(seed: 4)
  for variable in subject.variables {
    let gradient = subject.graph.gradient(of: subject.loss, by: [variable.node])[0]
    let hessian = subject.graph.hessian(subject.loss, by: variable.node)
    let values = subject.value(hessian, subject.numbers)
    let columns = subject.differences(gradient, by: variable.name)
    expectClose(
      values, columns[0].indices.flatMap { row in columns.map { $0[row] } }, variable.name,
      tolerance: 1e-5)
    let count = columns.count
    for i in 0..<count {
      for j in 0..<i {
        #expect(abs(values[i * count + j] - values[j * count + i]) < 1e-10, "symmetry")
      }
    }
  }
}

@Test func productsWithDirectionsAgreeWithTheMatrices() {
  var subject = Subject(seed: 5)
  var random = SplitMix(state: 9)
  for variable in subject.variables {
    let shape = subject.graph.shape(variable.node)
    func direction(_ shape: Shape) -> ([Double], NodeID) {
      let numbers = (0..<shape.elementCount).map { _ in Double.random(in: -1...1, using: &random) }
      return (numbers, subject.graph.literal(numbers, shape: shape))
    }
    let (d, along) = direction(shape)
    let (c, weights) = direction(subject.graph.shape(subject.vector))
    let jacobian = subject.graph.diff(subject.vector, by: variable.node)
    let jvp = subject.graph.jvp(subject.vector, by: variable.node, along)
    let vjp = subject.graph.vjp(subject.vector, by: variable.node, weights)
    let hessian = subject.graph.hessian(subject.loss, by: variable.node)
    let hvp = subject.graph.hvp(subject.loss, by: variable.node, along)
    func value(_ id: NodeID) -> [Double] { subject.value(id, subject.numbers) }
    let (j, h, n) = (value(jacobian), value(hessian), d.count)
    expectClose(
      value(jvp), c.indices.map { r in d.indices.reduce(0) { $0 + j[r * n + $1] * d[$1] } }, "jvp",
      tolerance: 1e-12)
    expectClose(
      value(vjp), d.indices.map { k in c.indices.reduce(0) { $0 + j[$1 * n + k] * c[$1] } }, "vjp",
      tolerance: 1e-12)
    expectClose(
      value(hvp), d.indices.map { r in d.indices.reduce(0) { $0 + h[r * n + $1] * d[$1] } }, "hvp",
      tolerance: 1e-12)
  }
}

@Test func batchesSumWhatSamplesShare() {
  var graph = Graph()
  let x = graph.symbol(Symbol(name: "x", shape: [2], role: .input))
  let w = graph.symbol(Symbol(name: "w", shape: [2], role: .parameter))
  let value = graph.map(Operation("exp")!, graph.contract(Contraction("i,i->"), [w, x]))
  let total = graph.samples(value)
  let whole = graph.gradient(of: total, by: [w])[0]
  let single = graph.gradient(of: value, by: [w])[0]
  let inputs = [0.3, -0.2, 0.1, 0.7, -0.5, 0.4]
  let evaluator = GraphEvaluator(graph, samples: 3, leaves: ["x": inputs, "w": [0.6, -1.1]])
  #expect(!graph[whole].isBatched && graph[single].isBatched)
  let rows = evaluator[single]
  expectClose(
    evaluator[whole][0], (0..<2).map { k in rows.reduce(0) { $0 + $1[k] } }, "sum", tolerance: 1e-14
  )
}

@Test func everySampleAddsToWhatTheSamplesShare() {
  var graph = Graph()
  let x = graph.symbol(Symbol(name: "x", shape: [], role: .input))
  let w = graph.symbol(Symbol(name: "w", shape: [], role: .parameter))
  let total = graph.samples(graph.map(.add, x, w))
  let slope = graph.gradient(of: total, by: [w])[0]
  let evaluator = GraphEvaluator(graph, samples: 3, leaves: ["x": [1, 2, 4], "w": [0.5]])
  #expect(evaluator[slope][0] == [3])
}

@Test func kinksHaveTheirConventionalSubgradients() {
  for (name, x, expected) in [
    ("relu", 0.0, 0.0), ("abs", 0, 0), ("leaky_relu", 0, 0.01), ("hardtanh", 1, 0), ("relu6", 6, 0),
    ("hardsigmoid", 3, 0), ("elu", 0, 1), ("sign", 0, 0),
  ] {
    var graph = Graph()
    let leaf = graph.symbol(Symbol(name: "x", shape: [], role: .free))
    let operation = Operation(name)!
    let further = operation.row.arguments.dropFirst().map { graph.constant($0.standard!) }
    let value = graph.map(operation, [leaf] + further)
    let slope = graph.diff(value, by: leaf)
    let evaluator = GraphEvaluator(graph, samples: 1, leaves: ["x": [x]])
    #expect(evaluator[slope][0] == [expected], "\(name) at \(x)")
  }
}

@Test func theUnreachedHasDerivativeZero() {
  var graph = Graph()
  let x = graph.symbol(Symbol(name: "x", shape: [3], role: .free))
  let y = graph.symbol(Symbol(name: "y", shape: [], role: .free))
  let slope = graph.diff(graph.map(.mul, y, y), by: x)
  #expect(graph.shape(slope) == [3])
  let evaluator = GraphEvaluator(graph, samples: 1, leaves: ["x": [1, 2, 3], "y": [4]])
  #expect(evaluator[slope][0] == [0, 0, 0])
}

@Test func derivativesByInnerValuesHoldTheRestFixed() {
  var graph = Graph()
  let x = graph.symbol(Symbol(name: "x", shape: [], role: .free))
  let h = graph.map(Operation("exp")!, x)
  let e = graph.map(.add, graph.map(.mul, h, h), x)
  let slope = graph.diff(e, by: h)
  let evaluator = GraphEvaluator(graph, samples: 1, leaves: ["x": [0.5]])
  expectClose(evaluator[slope][0], [2 * evaluator[h][0][0]], "by h", tolerance: 1e-15)
}
