import NNCAlgebra
import NNCGraph
import NNCLowering
import NNCProgram

/// A chain of layers y = tanh(W·x + b) of one width with loss Σ (y − t)², and a step on every parameter, derived by hand.
struct Chain {
  var trial = Trial()
  var results: [EntryRequest.Result] = []

  init(layers: Int, width: Int) {
    trial.counts[.output] = width
    let x = trial.input("x", [width], .input)
    let t = trial.input("t", [width], .target)
    let tanh = Operation("tanh")!
    var activations = [x]
    var weights: [NodeID] = []
    var biases: [NodeID] = []
    for layer in 1...layers {
      weights.append(trial.parameter("linear\(layer).weight", [width, width]))
      biases.append(trial.parameter("linear\(layer).bias", [width]))
      let product = trial.graph.contract(
        Contraction("ij,j->i"), [weights.last!, activations.last!])
      activations.append(trial.graph.map(tanh, trial.graph.map(.add, product, biases.last!)))
    }
    var graph = trial.graph
    let error = graph.map(.sub, activations.last!, t)
    let n = graph.symbol(.sampleCount)
    let loss = graph.map(.div, graph.samples(graph.sum(graph.map(.mul, error, error))), n)
    results.append(.init(argument: .loss, offset: 0, node: loss))
    let (one, two, rate) = (graph.constant(1), graph.constant(2), graph.constant(0.01))
    var change = graph.map(.mul, two, error)
    var gradients: [(NodeID, NodeID)] = []
    for layer in (0..<layers).reversed() {
      let y = activations[layer + 1]
      let delta = graph.map(.mul, change, graph.map(.sub, one, graph.map(.mul, y, y)))
      let outer = graph.contract(Contraction("i,j->ij"), [delta, activations[layer]])
      gradients.append((outer, delta))
      if layer > 0 { change = graph.contract(Contraction("ij,i->j"), [weights[layer], delta]) }
    }
    // The updates stand at the end, as a driver would build them.
    for layer in 0..<layers {
      let (dw, db) = gradients[layers - 1 - layer]
      for (old, sum, place) in [
        (weights[layer], dw, 2 * layer), (biases[layer], db, 2 * layer + 1),
      ] {
        let mean = graph.map(.div, graph.samples(sum), n)
        let new = graph.map(.sub, old, graph.map(.mul, rate, mean))
        results.append(
          .init(
            argument: .parameters, offset: trial.parameters[place].offset, node: new))
      }
    }
    trial.graph = graph
  }
}
