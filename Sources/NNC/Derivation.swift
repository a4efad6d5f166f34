import NNCAlgebra
import NNCCalculus
import NNCGraph
import NNCLayers
import NNCRewriting

/// A network's loss and its gradients for one sample: derivatives taken, the loss simplified, nothing else yet.
struct Derivation: Sendable {
  /// The graph that holds the nodes below.
  var graph: Graph
  /// The outputs, outside training.
  let outputs: [NodeID]
  /// The loss, outside training.
  let loss: NodeID?
  /// The gradient of ``loss`` by each trained parameter.
  let gradients: [NodeID]
  /// The loss in training.
  let trainingLoss: NodeID?
  /// The gradient of ``trainingLoss`` by each trained parameter.
  let trainingGradients: [NodeID]

  /// Takes the derivatives of a network.
  init(_ network: Network) {
    var graph = network.graph
    graph.nameElements(of: network)
    let losses = [network.loss, network.trainingLoss].compactMap { $0 }
    var roots = network.outputs.map(\.node) + losses
    for index in roots.indices { roots[index] = graph.withoutDerivatives(roots[index]) }
    roots = graph.forOneSample(roots)
    var simplifier = Simplifier(phase: .simplify)
    roots = simplifier.run(&graph, roots)
    let count = network.outputs.count
    outputs = Array(roots[..<count])
    loss = network.loss == nil ? nil : roots[count]
    trainingLoss = network.trainingLoss == nil ? nil : roots[roots.count - 1]

    let leaves = network.trainedParameters.map(\.node)
    gradients = loss.map { graph.gradientForOneSample(of: $0, by: leaves) } ?? []
    trainingGradients =
      trainingLoss == loss
      ? gradients : trainingLoss.map { graph.gradientForOneSample(of: $0, by: leaves) } ?? []
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

  /// The gradient of one sample's loss: the sums over samples that it would have for many are left out.
  mutating func gradientForOneSample(of loss: NodeID, by leaves: [NodeID]) -> [NodeID] {
    let raw = gradient(of: loss, by: leaves)
    return forOneSample(raw)
  }
}
