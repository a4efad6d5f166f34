import NNCAlgebra
import NNCCalculus
import NNCGraph
import NNCTestSupport
import Testing

@testable import NNCRewriting

/// The simplified text of a formula over free variables.
private func simplified(_ formula: Formula, _ names: [String] = ["x", "a", "b", "t"]) -> String {
  var graph = Graph()
  var bindings: [String: NodeID] = [:]
  for name in names { bindings[name] = graph.symbol(Symbol(name: name, shape: [], role: .free)) }
  let root = graph.instantiate(formula, bindings)
  var simplifier = Simplifier(phase: .present)
  let simple = simplifier.run(&graph, [root])[0]
  return graph.text(of: simple)
}

private func f(_ name: String, _ arguments: Formula...) -> Formula {
  Formula(.apply(name, arguments))
}

private let x: Formula = "x"
private let a: Formula = "a"
private let b: Formula = "b"

private struct Case {
  let formula: Formula
  let expected: String
  init(_ formula: Formula, _ expected: String) {
    self.formula = formula
    self.expected = expected
  }
}

private let cases: [Case] = [
  Case(f("log", 1 / (1 + f("exp", -x))), "-softplus(-x)"),
  Case(f("log", 1 + f("exp", x)), "softplus(x)"),
  Case(f("exp", x) - 1, "expm1(x)"),
  Case(f("log", 1 + x), "log1p(x)"),
  Case(1 / (1 + f("exp", -x)), "sigmoid(x)"),
  Case(1 - f("sigmoid", x), "sigmoid(-x)"),
  Case(f("sigmoid", x) * (1 - f("sigmoid", x)), "sigmoid(x) * (1 - sigmoid(x))"),
  Case(2 * (x * 3), "6 * x"),
  Case(a * x + a * b, "a * x + a * b"),
  Case(x * 0, "0 * x"),
  Case(f("sigmoid", x) * 0, "0"),
  Case(x / x, "1"),
  Case(-(-x), "x"),
  Case(a - -b, "a + b"),
  Case(f("pow", x, 2), "x^2"),
  Case(x + x, "2 * x"),
  Case(f("sqrt", f("square", x)), "abs(x)"),
  Case(f("or", x < a, 0), "x < a"),
  Case(f("or", 0, x < a), "x < a"),
  Case(f("or", x < a, 1), "1"),
  Case(f("and", x < a, 1), "x < a"),
  Case(f("and", x < a, 0), "0"),
  // Not 0 or 1 itself.
  Case(f("or", x, 0), "or(x, 0)"),
  // A constant that is a number.
  Case(f("max", x, 2), "max(x, 2)"),
]

@Test func simplifiedForms() {
  for example in cases { #expect(simplified(example.formula) == example.expected) }
}

@Test func simplifyingTwiceChangesNothingMore() {
  var random = SplitMix(state: 11)
  for _ in 0..<150 {
    var graph = Graph()
    let root = randomExpression(&graph, &random)
    var first = Simplifier(phase: .simplify)
    let once = first.run(&graph, [root])
    var second = Simplifier(phase: .simplify)
    let twice = second.run(&graph, once)
    #expect(graph.text(of: once[0]) == graph.text(of: twice[0]))
  }
}

@Test func simplifiedGraphsAreNeverCostlierAndKeepTheirValue() {
  var random = SplitMix(state: 5)
  for _ in 0..<150 {
    var graph = Graph()
    let root = randomExpression(&graph, &random)
    var simplifier = Simplifier(phase: .simplify)
    let simple = simplifier.run(&graph, [root])
    if !simplifier.trace.contains(where: { step in
      stabilizingRules.contains { $0.name == step.rule }
    }) {
      #expect(graph.work(of: simple) <= graph.work(of: [root]))
    }
    var specializer = Simplifier(phase: .specialize)
    let machine = specializer.run(&graph, simple)
    for _ in 0..<4 {
      let point = (0..<4).map { _ in Double.random(in: -2...2, using: &random) }
      let values = graph.scalarValues(point)
      let before = values[Int(root.index)]
      guard before.isFinite, abs(before) < 1e6 else { continue }
      for after in simple + machine {
        let value = values[Int(after.index)]
        // Rewriting rearranges sums: what cancels may differ by the rounding of the terms.
        let largest = values.lazy.filter { $0.isFinite && abs($0) < 1e9 }.map(abs).max() ?? 1
        #expect(
          abs(value - before) <= 1e-9 * max(1, largest),
          "\(graph.text(of: root)) = \(before), \(graph.text(of: after)) = \(value)")
      }
    }
  }
}

private func randomExpression(_ graph: inout Graph, _ random: inout SplitMix) -> NodeID {
  var pool = ["x", "a", "b", "t"].map { name in
    graph.symbol(Symbol(name: name, shape: [], role: .free))
  }
  for value in [0, 1, -1, 2, 0.5, -3.0] { pool.append(graph.constant(value)) }
  let operations = [
    "add", "sub", "mul", "div", "neg", "exp", "sigmoid", "tanh", "square", "log1p", "abs", "select",
  ]
  for _ in 0..<Int.random(in: 3...14, using: &random) {
    let operation = Operation(operations.randomElement(using: &random)!)!
    let operands = operation.row.arguments.map { _ in
      // Recent values are likelier, so that expressions grow deep.
      pool[
        max(
          Int.random(in: 0..<pool.count, using: &random),
          Int.random(in: 0..<pool.count, using: &random))]
    }
    pool.append(graph.map(operation, operands))
  }
  return pool.last!
}

extension Graph {
  /// The values of all nodes of a graph of scalars, given those of its symbols in order.
  func scalarValues(_ symbols: [Double]) -> [Double] {
    var values: [Double] = []
    for node in nodes {
      switch node.kind {
      case .constant(let bits): values.append(Double(bitPattern: bits))
      case .symbol(let index): values.append(symbols[index])
      case .map(let operation):
        values.append(operation.evaluate(node.operands.map { values[Int($0.index)] }))
      default: preconditionFailure("a graph of scalars")
      }
    }
    return values
  }
}
