import NNCGraph
import NNCLayers

/// A network and the numbers at which it is to be explained.
public struct Subject: Sendable {
  /// The network.
  public var network: Network
  /// The network's graph with the elements of its leaves named, derivatives that the loss asks for taken.
  public var graph: Graph
  /// The output of one sample.
  public var output: NodeID
  /// The loss of one sample; nil where there is none.
  public var loss: NodeID?
  /// What the elements of each parameter are called, in the order of the network's parameters.
  public var elementNames: [[String]]
  /// The numbers of each parameter.
  public var parameters: [[Double]]
  /// What the update rule keeps, by name.
  public var state: [String: [Double]]
  /// The input of one sample.
  public var input: [Double]
  /// The target of one sample; empty where the loss asks for none.
  public var target: [Double]
  /// The gradient as the compiled network computes it, against which the explanation is held; nil where unknown.
  public var gradient: [[Double]]?

  /// Makes a subject of its parts.
  public init(
    network: Network, graph: Graph, output: NodeID, loss: NodeID?, elementNames: [[String]],
    parameters: [[Double]], state: [String: [Double]], input: [Double], target: [Double],
    gradient: [[Double]]?
  ) {
    self.network = network
    self.graph = graph
    self.output = output
    self.loss = loss
    self.elementNames = elementNames
    self.parameters = parameters
    self.state = state
    self.input = input
    self.target = target
    self.gradient = gradient
  }
}
