import NNCAlgebra
import NNCGraph
import NNCLowering
import NNCProgram
import Testing

@Suite struct StraightLineTests {
  /// A neuron in scalars: y = σ(w·x + b), loss (y − t)², a step w ← w − 0.5 dw.
  private func neuron() -> (Trial, [EntryRequest.Result], [EntryRequest.Result]) {
    var trial = Trial()
    trial.counts[.output] = 1
    let w = trial.parameter("w", [2])
    let b = trial.parameter("b", [])
    let x = trial.input("x", [2], .input)
    let t = trial.input("t", [1], .target)
    func op(_ name: String) -> NNCAlgebra.Operation { Operation(name)! }
    let w1 = trial.graph.element(w, at: [0])
    let w2 = trial.graph.element(w, at: [1])
    let x1 = trial.graph.element(x, at: [0])
    let x2 = trial.graph.element(x, at: [1])
    let t1 = trial.graph.element(t, at: [0])
    let z = trial.graph.map(
      .add,
      trial.graph.map(.add, trial.graph.map(.mul, w1, x1), trial.graph.map(.mul, w2, x2)), b)
    let y = trial.graph.map(op("sigmoid"), z)
    let difference = trial.graph.map(.sub, y, t1)
    let loss = trial.graph.map(op("square"), difference)
    let n = trial.graph.symbol(.sampleCount)
    func mean(_ node: NodeID, _ trial: inout Trial) -> NodeID {
      trial.graph.map(.div, trial.graph.samples(node), n)
    }
    let one = trial.graph.constant(1)
    let slope = trial.graph.map(
      .mul, trial.graph.map(.mul, trial.graph.constant(2), difference),
      trial.graph.map(.mul, y, trial.graph.map(.sub, one, y)))
    trial.graph.name(y, "y1")
    trial.graph.name(z, "net_y1")
    var gradient: [EntryRequest.Result] = []
    var train: [EntryRequest.Result] = []
    let half = trial.graph.constant(0.5)
    for (offset, factor) in [x1, x2, one].enumerated() {
      let g = mean(trial.graph.map(.mul, slope, factor), &trial)
      gradient.append(.init(argument: .gradient, offset: offset, node: g))
      let old = [w1, w2, b][offset]
      let new = trial.graph.map(.sub, old, trial.graph.map(.mul, half, g))
      train.append(.init(argument: .parameters, offset: offset, node: new))
    }
    let total = EntryRequest.Result(argument: .loss, offset: 0, node: mean(loss, &trial))
    return (
      trial, gradient + [total, .init(argument: .output, offset: 0, node: y)], train + [total]
    )
  }

  @Test func gradientOfANeuron() {
    let (trial, gradient, _) = neuron()
    let lowered = trial.check(.gradient, gradient)
    #expect(lowered.program.kernels.count == 2)
    #expect(lowered.program.functions.count == 1)
    #expect(lowered.program.kernels[0].valueNames.contains("net_y1"))
    #expect(lowered.plans.allSatisfy { $0.count == 0 })
  }

  @Test func aStepReadsBeforeItWrites() {
    let (trial, _, train) = neuron()
    let lowered = trial.check(.train, train)
    for kernel in lowered.program.kernels {
      let firstStore = kernel.body.firstIndex { if case .store = $0 { true } else { false } }!
      let lastLoad = kernel.body.lastIndex { if case .load = $0 { true } else { false } }!
      #expect(lastLoad < firstStore)
    }
  }

  @Test func eachNumberIsLoadedOnce() {
    let (trial, gradient, _) = neuron()
    let kernel = trial.lower(.gradient, gradient).program.kernels[0]
    let loads = kernel.body.compactMap { instruction -> Access? in
      if case .load(_, let access) = instruction { access } else { nil }
    }
    #expect(loads.count == 6)
    #expect(Set(loads).count == loads.count)
  }

  @Test func comparisonsAreTruthsAndNumbers() {
    var trial = Trial()
    trial.counts[.output] = 5
    let x = trial.input("x", [3], .input)
    let (a, b, c) = (
      trial.graph.element(x, at: [0]), trial.graph.element(x, at: [1]),
      trial.graph.element(x, at: [2])
    )
    let less = trial.graph.map(Operation("lt")!, a, b)
    let results = [
      less, trial.graph.map(.add, less, c), trial.graph.map(.select, c, a, b),
      trial.graph.map(Operation("and")!, less, c),
      trial.graph.map(.select, trial.graph.map(Operation("not")!, less), less, c),
    ]
    trial.check(
      .predict,
      results.enumerated().map { .init(argument: .output, offset: $0, node: $1) })
  }

  /// Every operation of the table, on numbers of either sign.
  @Test(arguments: Operation.all) func everyOperation(
    _ operation: NNCAlgebra.Operation
  ) {
    var trial = Trial()
    trial.counts[.output] = 1
    let x = trial.input("x", [4], .input)
    var operands = operation.row.arguments.indices.map { trial.graph.element(x, at: [$0]) }
    // An argument that is to be the tanh of the first, or what that lacks of 1.
    for (argument, name) in [("tanh", "tanh"), ("rest", "tanh_rest")] {
      if let place = operation.row.arguments.firstIndex(where: { $0.name == argument }) {
        operands[place] = trial.graph.map(Operation(name)!, operands[0])
      }
    }
    let y = trial.graph.map(operation, operands)
    trial.check(.predict, [.init(argument: .output, offset: 0, node: y)])
  }

  @Test func aSumThatEverySampleNeeds() {
    var trial = Trial()
    trial.counts[.output] = 1
    let x = trial.graph.reshape(trial.input("x", [1], .input), to: [])
    let n = trial.graph.symbol(.sampleCount)
    let mean = trial.graph.map(.div, trial.graph.samples(x), n)
    let away = trial.graph.map(.sub, x, mean)
    let square = trial.graph.map(.mul, away, away)
    let variance = trial.graph.map(.div, trial.graph.samples(square), n)
    let product = trial.graph.map(.mul, away, variance)
    trial.check(
      .predict,
      [
        .init(argument: .output, offset: 0, node: product),
        .init(argument: .loss, offset: 0, node: variance),
      ])
  }

  @Test func aLongChain() {
    var trial = Trial()
    trial.counts[.output] = 1
    var y = trial.graph.reshape(trial.input("x", [1], .input), to: [])
    let half = trial.graph.constant(0.5)
    for _ in 0..<10_000 { y = trial.graph.map(.mul, trial.graph.map(.add, y, half), half) }
    trial.check(.predict, [.init(argument: .output, offset: 0, node: y)])
  }
}
