import NNCGraph
import NNCLayers

extension Network {
  /// The loss of each sample outside training, or that of the batch, in a graph that holds the network's leaves: as the
  /// source says it, but for derivatives that it asks for, which are taken. Nil where the network has no loss.
  package var plainLoss: (graph: Graph, loss: NodeID)? {
    guard let loss else { return nil }
    var graph = graph
    let whole = graph.withoutDerivatives(loss)
    return (graph, whole)
  }
}
