import NNCAlgebra
import NNCCalculus
import NNCGraph
import NNCLayers
import NNCRewriting

/// A network's loss and its gradients for a batch: derivatives taken, the loss simplified, nothing else yet.
struct Derivation: Sendable {
  /// The graph that holds the nodes below.
  var graph: Graph
  /// The outputs, outside training.
  let outputs: [NodeID]
  /// The loss of each sample outside training, or the one loss of the batch.
  let loss: NodeID?
  /// The loss of the batch, outside training: the mean of its samples', or its own.
  let meanLoss: NodeID?
  /// The gradient of ``meanLoss`` by each trained parameter.
  let gradients: [NodeID]
  /// The loss of the batch in training.
  let meanTrainingLoss: NodeID?
  /// The gradient of ``meanTrainingLoss`` by each trained parameter.
  let trainingGradients: [NodeID]
  /// What training assigns without a gradient, in the order of the parameters.
  let assignments: [Assignment]

  /// Takes the derivatives of a network.
  init(_ network: Network) {
    var graph = network.graph
    graph.nameElements(of: network)
    let losses = [network.loss, network.trainingLoss].compactMap { $0 }
    let assigned = network.assignments
    var roots = network.outputs.map(\.node) + losses + assigned.map(\.node)
    for index in roots.indices { roots[index] = graph.withoutDerivatives(roots[index]) }
    var simplifier = Simplifier(phase: .simplify)
    roots = simplifier.run(&graph, roots)
    let count = network.outputs.count
    outputs = Array(roots[..<count])
    loss = network.loss == nil ? nil : roots[count]
    let trainingLoss = network.trainingLoss == nil ? nil : roots[count + losses.count - 1]
    assignments = zip(assigned, roots[(count + losses.count)...]).map {
      Assignment(name: $0.name, node: $1)
    }

    let leaves = network.trainedParameters.map(\.node)
    meanLoss = loss.map { graph.meanOverSamples($0) }
    gradients = loss.map { graph.gradientOfMean(of: $0, by: leaves) } ?? []
    meanTrainingLoss = trainingLoss.map { graph.meanOverSamples($0) }
    trainingGradients =
      trainingLoss == loss
      ? gradients : trainingLoss.map { graph.gradientOfMean(of: $0, by: leaves) } ?? []
    self.graph = graph
  }
}

extension Graph {
  /// The expression with the derivatives that it asks for taken, each of a simplified expression.
  mutating func withoutDerivatives(_ root: NodeID) -> NodeID {
    var trace: [TraceStep] = []
    return withoutDerivatives(root, &trace)
  }

  /// The same; `trace` gets the rules that fired before derivatives were taken.
  mutating func withoutDerivatives(_ root: NodeID, _ trace: inout [TraceStep]) -> NodeID {
    let marks = reachable(from: [root])
    let asks = marks.indices.contains { index in
      guard marks[index], case .derivative = nodes[index].kind else { return false }
      return true
    }
    if !asks { return root }
    return resolvingDerivatives(in: root) { graph, id in
      var simplifier = Simplifier(phase: .simplify)
      defer { trace += simplifier.trace }
      return simplifier.run(&graph, [id])[0]
    }
  }
}
