import NNCGraph
import NNCLayers

extension Network {
  /// The network in whose values some nodes are replaced by others, which its graph has.
  func replacing(_ nodes: [NodeID: NodeID]) -> Network {
    var result = self
    let optional = [loss, trainingLoss].compactMap { $0 } + assignments.map(\.node)
    let roots = [output, trainingOutput] + outputs.map(\.node) + optional
    var images = result.graph.replacing(roots) { _, id, _ in nodes[id] }[...]
    result.output = images.removeFirst()
    result.trainingOutput = images.removeFirst()
    for place in outputs.indices { result.outputs[place].node = images.removeFirst() }
    if loss != nil { result.loss = images.removeFirst() }
    if trainingLoss != nil { result.trainingLoss = images.removeFirst() }
    for place in parameters.indices where parameters[place].assignment != nil {
      result.parameters[place].assignment = images.removeFirst()
    }
    return result
  }
}
