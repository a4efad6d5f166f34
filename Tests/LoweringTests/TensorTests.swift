import NNCAlgebra
import NNCGraph
import NNCLowering
import NNCProgram
import Testing

private func op(_ name: String) -> NNCAlgebra.Operation { Operation(name)! }

@Suite struct TensorTests {
  /// y = tanh(W·x + b), with a step on W and b by hand: δ = (y − t)·(1 − y²), dW = Σ δ xᵀ / n, db = Σ δ / n.
  private func layer(_ outputs: Int, _ inputs: Int) -> (
    trial: Trial, gradient: [EntryRequest.Result], train: [EntryRequest.Result],
    predict: [EntryRequest.Result]
  ) {
    var trial = Trial()
    trial.counts[.output] = outputs
    let w = trial.parameter("linear1.weight", [outputs, inputs])
    let b = trial.parameter("linear1.bias", [outputs])
    let x = trial.input("x", [inputs], .input)
    let t = trial.input("t", [outputs], .target)
    var graph = trial.graph
    let z = graph.map(.add, graph.contract(Contraction("ij,j->i"), [w, x]), b)
    let y = graph.map(op("tanh"), z)
    let error = graph.map(.sub, y, t)
    let n = graph.symbol(.sampleCount)
    let one = graph.constant(1)
    let slope = graph.map(.sub, one, graph.map(.mul, y, y))
    let delta = graph.map(.mul, error, slope)
    let dw = graph.map(
      .div, graph.samples(graph.contract(Contraction("i,j->ij"), [delta, x])), n)
    let db = graph.map(.div, graph.samples(delta), n)
    let rate = graph.constant(0.1)
    let loss = graph.map(
      .div, graph.samples(graph.sum(graph.map(.mul, error, error))), n)
    let newW = graph.map(.sub, w, graph.map(.mul, rate, dw))
    let newB = graph.map(.sub, b, graph.map(.mul, rate, db))
    trial.graph = graph
    let total = EntryRequest.Result(argument: .loss, offset: 0, node: loss)
    return (
      trial,
      [
        total, .init(argument: .gradient, offset: 0, node: dw),
        .init(argument: .gradient, offset: outputs * inputs, node: db),
      ],
      [
        total, .init(argument: .parameters, offset: 0, node: newW),
        .init(argument: .parameters, offset: outputs * inputs, node: newB),
      ], [.init(argument: .output, offset: 0, node: y)]
    )
  }

  @Test(arguments: [(1, 1), (1, 3), (3, 1), (2, 2), (4, 5), (9, 7)])
  func aLayer(_ size: (Int, Int)) {
    let layer = layer(size.0, size.1)
    layer.trial.check(.predict, layer.predict)
    layer.trial.check(.gradient, layer.gradient)
    layer.trial.check(.train, layer.train)
  }

  /// Full blocks of samples are summed in lanes, what is left behind them one by one; a call may have no full block, only
  /// full ones, or some and a rest.
  @Test(arguments: [3, 8, 21, 32])
  func sumsOverSamplesInLanes(_ samples: Int) throws {
    var (trial, gradient, train, _) = layer(5, 3)
    trial.maximumSamples = samples
    for name in ["x", "t"] {
      trial.leaves[name] = trial.random.numbers((name == "x" ? 3 : 5) * samples)
    }
    trial.check(.gradient, gradient)
    trial.check(.train, train)
    let target = try #require(Target(named: "x86-64-v3"))
    let kernels = trial.lower(.gradient, gradient, for: target).program.kernels
    let bodies = kernels.map(\.body).filter { body in
      body.contains { if case .loop(_, .fullBlocks, _) = $0 { true } else { false } }
    }
    #expect(!bodies.isEmpty)
    for body in bodies {
      #expect(body.contains { if case .loop(_, .lastBlock, _) = $0 { true } else { false } })
      #expect(body.contains { if case .reduce = $0 { true } else { false } })
    }
  }

  @Test func aPredictionIsOneKernel() {
    let layer = layer(9, 7)
    let program = layer.trial.lower(.predict, layer.predict).program
    #expect(program.entries.map(\.calls.count) == [1, 1])
    #expect(program.kernels[0].name == "linear_tanh")
    #expect(program.entries[0].workspaceCount == 0)
  }

  @Test func softmax() {
    var trial = Trial()
    trial.counts[.output] = 6
    let x = trial.input("x", [6], .input)
    var graph = trial.graph
    let greatest = graph.maximum(x, axes: [0])
    let e = graph.map(op("exp"), graph.map(.sub, x, greatest))
    let y = graph.map(.div, e, graph.sum(e))
    trial.graph = graph
    let lowered = trial.check(.predict, [.init(argument: .output, offset: 0, node: y)])
    #expect(lowered.program.entries[0].calls.count == 4)
  }

  @Test func aGreatestElementIsNaNWhereOneIs() {
    var trial = Trial()
    trial.counts[.output] = 2
    let x = trial.input("x", [2, 3], .input)
    trial.leaves["x"]![4] = .nan
    let y = trial.graph.maximum(x, axes: [1])
    trial.check(.predict, [.init(argument: .output, offset: 0, node: y)])
  }

  @Test func views() {
    var trial = Trial()
    let x = trial.input("x", [3, 4], .input)
    var graph = trial.graph
    let turned = graph.permute(x, [1, 0])
    let box = graph.slice(turned, from: [1, 0], shape: [2, 3])
    let flat = graph.reshape(box, to: [6])
    let wide = graph.reshape(flat, to: [1, 6])
    let repeated = graph.broadcast(flat, to: [2, 6], axes: [1])
    let joined = graph.concat(repeated, graph.map(op("exp"), wide), axis: 0)
    let framed = graph.pad(joined, at: [1, 2], to: [5, 9])
    trial.graph = graph
    trial.counts[.output] = 12 + 6 + 6 + 18 + 45
    trial.check(
      .predict,
      [
        .init(argument: .output, offset: 0, node: turned),
        .init(argument: .output, offset: 12, node: box),
        .init(argument: .output, offset: 18, node: flat),
        .init(argument: .output, offset: 24, node: joined),
        .init(argument: .output, offset: 42, node: framed),
      ])
  }

  @Test func constantResultsGoToEverySample() {
    var trial = Trial()
    _ = trial.input("x", [2], .input)
    let w = trial.parameter("w", [2])
    trial.counts[.output] = 4
    let seven = trial.graph.broadcast(trial.graph.constant(7), to: [2], axes: [])
    trial.check(
      .predict,
      [
        .init(argument: .output, offset: 0, node: w),
        .init(argument: .output, offset: 2, node: seven),
        .init(argument: .gradient, offset: 0, node: seven),
      ])
  }

  @Test func updatesThatReadEachOther() {
    var trial = Trial()
    let a = trial.parameter("a", [3])
    let b = trial.parameter("b", [3])
    let m = trial.parameter("m", [2, 2])
    let newA = trial.graph.map(.add, a, b)
    let newB = trial.graph.map(.mul, newA, trial.graph.map(.sub, b, a))
    let turned = trial.graph.permute(m, [1, 0])
    let newM = trial.graph.map(op("exp"), turned)
    trial.check(
      .train,
      [
        .init(argument: .parameters, offset: 0, node: newA),
        .init(argument: .parameters, offset: 3, node: newB),
        .init(argument: .parameters, offset: 6, node: newM),
      ])
    trial.check(
      .train,
      [
        .init(argument: .parameters, offset: 0, node: b),
        .init(argument: .parameters, offset: 3, node: a),
        .init(argument: .parameters, offset: 6, node: turned),
      ])
  }

  @Test func aResultInSeveralPlaces() {
    var trial = Trial()
    trial.counts[.output] = 4
    let w = trial.parameter("w", [2])
    let x = trial.input("x", [2], .input)
    let y = trial.graph.map(.mul, w, x)
    let total = trial.graph.samples(y)
    trial.check(
      .gradient,
      [
        .init(argument: .output, offset: 0, node: y), .init(argument: .output, offset: 2, node: y),
        .init(argument: .gradient, offset: 0, node: total),
      ])
  }
}
