import NNCAlgebra
import NNCGraph
import NNCLowering
import NNCProgram
import Testing

@Suite struct FusionTests {
  /// z = W·x, h = relu(z) with both wanted: one kernel. Velocity v' = 0.9 v + g and w' = w − 0.1 v' of g = Σ h xᵀ + 0.01 w:
  /// another, and g is never stored.
  @Test func anUpdateIsOneKernel() {
    var trial = Trial()
    trial.counts[.output] = 6
    let w = trial.parameter("linear1.weight", [6, 7])
    let x = trial.input("x", [7], .input)
    trial.state = [
      Field(name: "linear1.weight.velocity", shape: [6, 7], offset: 0, initial: .fill(0))
    ]
    trial.leaves["linear1.weight.velocity"] = trial.random.numbers(42)
    var graph = trial.graph
    let v = graph.symbol(
      Symbol(name: "linear1.weight.velocity", shape: [6, 7], role: .state))
    let z = graph.contract(Contraction("ij,j->i"), [w, x])
    let h = graph.map(Operation("tanh")!, z)
    let sum = graph.samples(graph.contract(Contraction("i,j->ij"), [h, x]))
    let decay = graph.map(.mul, graph.constant(0.01), w)
    let g = graph.map(.add, sum, decay)
    let newV = graph.map(.add, graph.map(.mul, graph.constant(0.9), v), g)
    let step = graph.map(.add, g, graph.map(.mul, graph.constant(0.9), newV))
    let newW = graph.map(.sub, w, graph.map(.mul, graph.constant(0.1), step))
    let product = graph.map(.mul, z, h)
    trial.graph = graph
    let lowered = trial.check(
      .train,
      [
        .init(argument: .output, offset: 0, node: product),
        .init(argument: .state, offset: 0, node: newV),
        .init(argument: .parameters, offset: 0, node: newW),
      ])
    #expect(lowered.program.entries.map(\.calls.count) == [2, 2])
    #expect(lowered.plans.map(\.arrays.count) == [1, 1])
  }

  /// b reads what the sum of a's squares makes: it cannot be computed with a.
  @Test func whatComesBetweenKeepsApart() {
    var trial = Trial()
    trial.counts[.output] = 5
    let x = trial.input("x", [5], .input)
    var graph = trial.graph
    let a = graph.map(Operation("exp")!, x)
    let sum = graph.sum(graph.map(.mul, a, a))
    let b = graph.map(.div, a, sum)
    let y = graph.map(.mul, graph.map(Operation("tanh")!, b), b)
    trial.graph = graph
    let lowered = trial.check(.predict, [.init(argument: .output, offset: 0, node: y)])
    #expect(lowered.program.entries.map(\.calls.count) == [3, 3])
  }

  /// The update of w is made of a value that another kernel needs along with the old w.
  @Test func aLeafIsReadBeforeItsUpdateIsJoined() {
    var trial = Trial()
    trial.counts[.output] = 1
    let w = trial.parameter("w", [4])
    let g = trial.graph.map(Operation("exp")!, w)
    let newW = trial.graph.map(.sub, w, g)
    let dot = trial.graph.contract(Contraction("i,i->"), [g, w])
    let again = trial.graph.map(Operation("log")!, dot)
    trial.check(
      .train,
      [
        .init(argument: .parameters, offset: 0, node: newW),
        .init(argument: .loss, offset: 0, node: again),
      ])
  }

  @Test(arguments: 0..<40) func randomGraphsInSinglePrecision(_ seed: Int) {
    var graph = RandomGraph(seed: UInt64(seed), size: 50)
    let results = graph.results()
    graph.trial.precision = .f32
    let problems = graph.trial.lower(.train, results).program.problems()
    #expect(problems.isEmpty)
  }

  @Test func aChainInSinglePrecision() {
    var chain = Chain(layers: 3, width: 5)
    chain.trial.precision = .f32
    chain.trial.check(.train, chain.results, tolerance: 1e-4)
  }
}
