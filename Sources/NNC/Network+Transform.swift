import NNCDatasets
import NNCGraph
import NNCLayers

extension Network {
  /// The network that takes inputs as they stand in the data, and does to them first what was done in training:
  /// (x − mean) / scale, column by column.
  public func takingRawInputs(_ transform: ColumnTransform) -> Network {
    precondition(transform.columnCount == inputShape.reduce(1, *))
    var result = self
    let optional = [loss, trainingLoss].compactMap { $0 } + assignments.map(\.node)
    let roots = [output, trainingOutput] + outputs.map(\.node) + optional
    let shape = inputShape
    let mean = result.graph.literal(transform.mean, shape: shape)
    let scale = result.graph.literal(transform.scale, shape: shape)
    let centred = result.graph.map(.sub, input, mean)
    let scaled = result.graph.map(.div, centred, scale)
    var images = result.graph.replacing(roots) { _, id, _ in id == input ? scaled : nil }[...]
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

extension Compilation {
  /// The same source with a network that takes inputs as they stand in the data.
  public func takingRawInputs(_ transform: ColumnTransform) -> Compilation {
    Compilation(self, network: network?.takingRawInputs(transform))
  }
}
