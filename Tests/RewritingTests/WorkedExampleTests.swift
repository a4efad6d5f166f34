import NNCAlgebra
import NNCCalculus
import NNCGraph
import NNCRewriting
import Testing

/// The 2-2-2 network with sigmoids, the half squared error and one step of gradient descent, built by hand.
struct WorkedExample {
  var graph: Graph
  let parameters: [NodeID]
  let input: NodeID
  let target: NodeID
  let output: NodeID
  let loss: NodeID

  init() {
    var graph = Graph()
    func leaf(_ name: String, _ shape: Shape, _ role: Symbol.Role) -> NodeID {
      graph.symbol(Symbol(name: name, shape: shape, role: role))
    }
    let input = leaf("x", [2], .input)
    let target = leaf("t", [2], .target)
    var value = input
    var all: [NodeID] = []
    for (layer, names) in [("linear1", ("net_h", "h")), ("linear2", ("net_y", "y"))] {
      let weight = leaf("\(layer).weight", [2, 2], .parameter)
      let bias = leaf("\(layer).bias", [2], .parameter)
      all += [weight, bias]
      let product = graph.contract("ij,j->i", [weight, value])
      let net = graph.map(.add, product, bias)
      graph.name(net, names.0)
      value = graph.map(Operation("sigmoid")!, net)
      graph.name(value, names.1)
    }
    parameters = all
    output = value
    let half: Formula = .apply("sum", .apply("pow", "t" - "y", 2)) / 2
    let loss = graph.instantiate(half, ["t": target, "y": output])
    graph.name(loss, "loss")
    self.input = input
    self.target = target
    self.loss = loss
    self.graph = graph
  }

  /// The loss, then each parameter after one step of rate 0.5.
  mutating func step() -> [NodeID] {
    let gradients = graph.gradient(of: loss, by: parameters)
    let rate = graph.constant(0.5)
    return [loss]
      + zip(parameters, gradients).map { parameter, gradient in
        let change = graph.map(.mul, rate, gradient)
        return graph.map(.sub, parameter, change)
      }
  }
}

extension Graph {
  mutating func contract(_ text: StaticString, _ operands: [NodeID]) -> NodeID {
    contract(Contraction(text), operands)
  }
}

@Test func wholeStepIsCheap() {
  var example = WorkedExample()
  let step = example.step()
  var simplifier = Simplifier(phase: .simplify)
  let simple = simplifier.run(&example.graph, step)
  let scalars = example.graph.expanded(simple).flatMap { $0 }
  var second = Simplifier(phase: .simplify)
  let readable = second.run(&example.graph, scalars)
  var third = Simplifier(phase: .specialize)
  let machine = third.run(&example.graph, readable)
  let counts = example.graph.operationCounts(of: machine)
  // Each an exponential and a division.
  #expect(counts["sigmoid_tail"] == 4)
  #expect(counts["exp"] == nil)
  #expect(counts["div"] == nil)
  let others = ["add", "sub", "mul", "neg"].reduce(0) { $0 + (counts[$1] ?? 0) }
  #expect(others <= 70)
}

@Test func gradientOfASigmoidReadsLikeTheTextbook() {
  var graph = Graph()
  func free(_ name: String) -> NodeID { graph.symbol(Symbol(name: name, shape: [], role: .free)) }
  let (a, x, b) = (free("a"), free("x"), free("b"))
  let value = graph.instantiate(.apply("sigmoid", "a" * "x" + "b"), ["a": a, "x": x, "b": b])
  let slope = graph.diff(value, by: x)
  var simplifier = Simplifier(phase: .present)
  let simple = simplifier.run(&graph, [slope])[0]
  #expect(graph.text(of: simple) == "a * sigmoid(a * x + b) * (1 - sigmoid(a * x + b))")
}
