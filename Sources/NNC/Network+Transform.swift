import NNCDatasets
import NNCGraph
import NNCLayers

extension Network {
  /// The network that takes inputs as they stand in the data, and does to them first what was done in training:
  /// (x − mean) / scale, column by column.
  public func takingRawInputs(_ transform: ColumnTransform) -> Network {
    precondition(transform.columnCount == inputShape.reduce(1, *))
    var result = self
    let shape = inputShape
    let mean = result.graph.literal(transform.mean, shape: shape)
    let scale = result.graph.literal(transform.scale, shape: shape)
    let centred = result.graph.map(.sub, input, mean)
    let scaled = result.graph.map(.div, centred, scale)
    return result.replacing([input: scaled])
  }
}

extension Compilation {
  /// The same source with a network that takes inputs as they stand in the data.
  public func takingRawInputs(_ transform: ColumnTransform) -> Compilation {
    Compilation(self, network: network?.takingRawInputs(transform))
  }
}
