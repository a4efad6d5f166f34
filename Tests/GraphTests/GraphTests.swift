import NNCAlgebra
import NNCGraph
import Testing

private func free(_ name: String, _ shape: Shape, _ graph: inout Graph) -> NodeID {
  graph.symbol(Symbol(name: name, shape: shape, role: .free))
}

@Test func equalExpressionsAreOneNode() {
  var graph = Graph()
  let (a, b) = (free("a", [], &graph), free("b", [], &graph))
  #expect(graph.map(.mul, a, b) == graph.map(.mul, a, b))
  #expect(graph.map(.mul, a, b) == graph.map(.mul, b, a))
  #expect(graph.map(.sub, a, b) != graph.map(.sub, b, a))
  #expect(graph.constant(0) != graph.constant(-0.0))
  #expect(free("a", [], &graph) == a)
  #expect(
    graph.contract(Contraction("xy,y->x"), [free("w", [2, 3], &graph), free("v", [3], &graph)])
      == graph.contract(
        Contraction("ij,j->i"), [free("w", [2, 3], &graph), free("v", [3], &graph)]))
  #expect(graph.problems().isEmpty)
}

@Test func everyOfManyNodesIsFoundAgain() {
  var graph = Graph()
  let x = free("x", [2, 3], &graph)
  func chain(_ graph: inout Graph) -> [NodeID] {
    var nodes = [x]
    for index in 0..<5_000 {
      let factor = graph.constant(Double(index % 70))
      let last = nodes[nodes.count - 1]
      nodes.append(
        index.isMultiple(of: 2) ? graph.map(.mul, factor, last) : graph.map(.add, last, x))
    }
    return nodes
  }
  let first = chain(&graph)
  let count = graph.nodes.count
  #expect(chain(&graph) == first)
  #expect(graph.nodes.count == count)
  #expect(Set(first).count == first.count)
  let last = first[first.count - 1]
  #expect(graph.remake(last, graph.operands(last)) == last)
  #expect(graph.remake(last, Operands(x, first[1])) == graph.map(.add, first[1], x))
  #expect(graph.problems().isEmpty)
}

@Test func equalLiteralsAreOneNode() {
  var graph = Graph()
  let a = graph.literal([1, 0, 2], shape: [3])
  #expect(graph.literal([1, 0, 2], shape: [3]) == a)
  #expect(graph.literal([1, -0.0, 2], shape: [3]) != a)
  #expect(graph.literal([1, 0, 2], shape: [1, 3]) != a)
  #expect(graph.literals == [[1, 0, 2], [1, -0.0, 2]])
}

@Test func scalarsGoWithEveryShape() {
  var graph = Graph()
  let v = free("v", [3], &graph)
  let (double, total) = (graph.map(.mul, graph.constant(2), v), graph.sum(v))
  #expect(graph.shape(double) == [3])
  #expect(graph.shape(total) == [])
  #expect(graph.problems().isEmpty)
}

@Test func viewsOfViewsAreViews() {
  var graph = Graph()
  let w = free("w", [4, 5], &graph)
  let inner = graph.slice(
    graph.slice(w, from: [1, 1], shape: [3, 3]), from: [1, 0], shape: [1, 2])
  #expect(inner == graph.slice(w, from: [2, 1], shape: [1, 2]))
  #expect(
    graph.element(w, at: [2, 1])
      == graph.reshape(graph.slice(w, from: [2, 1], shape: [1, 1]), to: []))
  #expect(graph.permute(graph.permute(w, [1, 0]), [0, 1]) == graph.permute(w, [1, 0]))
  #expect(graph.problems().isEmpty)
}

@Test func formulasArePrintedWithoutNeedlessParentheses() {
  var graph = Graph()
  let bindings = [
    "a": free("a", [], &graph), "b": free("b", [], &graph), "x": free("x", [], &graph),
  ]
  let rows: [(Formula, String)] = [
    (("a" * "x") + "b", "a * x + b"),
    ("a" * ("x" + "b"), "a * (x + b)"),
    ("a" - ("b" - "x"), "a - (b - x)"),
    (("a" - "b") - "x", "a - b - x"),
    ("a" / ("b" * "x"), "a / (b * x)"),
    (-("a" * "b"), "-(a * b)"),
    (-"a" * "b", "-a * b"),
    (.apply("pow", -"a", "b"), "(-a)^b"),
    (-Formula.apply("pow", "a", "b"), "-a^b"),
    (.apply("square", "a" + "b"), "(a + b)^2"),
    (.apply("pow", "a", .apply("pow", "b", "x")), "a^b^x"),
    (.apply("pow", .apply("pow", "a", "b"), "x"), "(a^b)^x"),
    ("a" - Formula(floatLiteral: -2), "a - -2"),
    (select("a" < "b", 1, 0.5), "where(a < b, 1, 0.5)"),
  ]
  for (formula, expected) in rows {
    let node = graph.instantiate(formula, bindings)
    #expect(graph.text(of: node) == expected)
  }
}

@Test func formulasArePrintedInUnicodeAndLaTeX() {
  var graph = Graph()
  let bindings = ["a": free("a", [], &graph), "w5": free("w5", [], &graph)]
  let node = graph.instantiate(.apply("square", "w5" - "a") / .apply("exp", "a"), bindings)
  #expect(graph.text(of: node, style: .unicode) == "(w5 − a)² / exp(a)")
  #expect(graph.text(of: node, style: .latex) == "\\frac{\\left(w_{5} - a\\right)^{2}}{e^{a}}")
  let square = graph.instantiate(.apply("square", "w5" / "a"), bindings)
  #expect(graph.text(of: square, style: .latex) == "\\left(\\frac{w_{5}}{a}\\right)^{2}")
}

@Test func namedNodesAreReferredToByName() {
  var graph = Graph()
  let x = free("x", [], &graph)
  let net = graph.map(.mul, x, x)
  graph.name(net, "net")
  let h = graph.map(Operation("tanh")!, net)
  #expect(graph.text(of: h) == "tanh(net)")
  #expect(graph.text(of: net) == "x * x")
  graph.name(net, "other")
  #expect(graph.names[net] == "net")
}

@Test func longFormulasAreBrokenUpAndDeepOnesDoNotOverflow() {
  var graph = Graph()
  var value = free("x", [], &graph)
  for _ in 0..<20_000 { value = graph.map(Operation("sin")!, graph.map(.add, value, value)) }
  let text = graph.text(of: value)
  #expect(text.utf8.count < 40_000_000)
  #expect(text.contains("where v1 = "))
}

@Test func theVerifierFindsFaults() {
  var graph = Graph()
  let v = free("v", [3], &graph)
  _ = graph.demand(.map(.add), [v, v], shape: [2])
  _ = graph.demand(.reshape, [v], shape: [2, 2])
  _ = graph.demand(.slice([2]), [v], shape: [2])
  #expect(graph.problems().count == 3)
}

@Test func formulasArePrintedInMathML() {
  var graph = Graph()
  let bindings = ["a": free("a", [], &graph), "w5": free("w5", [], &graph)]
  let node = graph.instantiate(("w5" - "a") * 2 / .apply("exp", "a"), bindings)
  #expect(
    graph.text(of: node, style: .mathml)
      == "<mfrac><mrow><mrow><mo>(</mo><mrow><msub><mi>w</mi><mn>5</mn></msub><mo>−</mo><mi>a</mi>"
      + "</mrow><mo>)</mo></mrow><mo>·</mo><mn>2</mn></mrow><msup><mi>e</mi><mi>a</mi></msup></mfrac>"
  )
  let less = graph.instantiate("a" < "w5", bindings)
  #expect(graph.text(of: less, style: .mathml).contains("<mo>&lt;</mo>"))
}

@Test func numbersStandInThePlaceOfNames() {
  var graph = Graph()
  let (a, b) = (free("a", [], &graph), free("b", [], &graph))
  let (difference, square) = (graph.map(.sub, a, b), graph.map(Operation("square")!, a))
  let node = graph.map(.mul, difference, square)
  var printer = GraphPrinter(graph, style: .unicode)
  printer.numbers = [a: "-0.5", b: "1e-07"]
  #expect(printer.formula(of: node).formula == "(−0.5 − 1e−07) · (−0.5)²")
}

@Test func noSignStandsBehindASign() {
  var graph = Graph()
  let bindings = ["a": free("a", [], &graph), "b": free("b", [], &graph)]
  let rows: [(Formula, unicode: String, latex: String)] = [
    (-(-"a"), "−(−a)", #"-\left(-a\right)"#),
    ("a" + -"b", "a + (−b)", #"a + \left(-b\right)"#),
    ("a" - Formula(floatLiteral: -2) * "b", "a − (−2) · b", #"a - \left(-2\right) \, b"#),
    ("a" + -"b" / "a" * "b", "a + (−b) / a · b", #"a + \frac{-b}{a} \, b"#),
    (-"a" + "b", "−a + b", "-a + b"),
    ("a" * -("a" + "b"), "a · (−(a + b))", #"a \cdot \left(-\left(a + b\right)\right)"#),
    (-"a" < -"b", "−a < −b", "-a < -b"),
  ]
  for row in rows {
    let node = graph.instantiate(row.0, bindings)
    #expect(graph.text(of: node, style: .unicode) == row.unicode)
    #expect(graph.text(of: node, style: .latex) == row.latex)
  }
  // A number in the place of a name begins with a sign, too.
  let sum = graph.instantiate("a" + "b" * "a", bindings)
  var printer = GraphPrinter(graph, style: .unicode)
  printer.numbers = [bindings["a"]!: "-0.5", bindings["b"]!: "-2"]
  #expect(printer.formula(of: sum).formula == "−0.5 + (−2) · (−0.5)")
}
