import NNCDiagnostics
import NNCGraph

/// A network as mathematics: the expression graph of one sample, and what its leaves and results mean.
public struct Network: Sendable {
  /// The name that generated symbols carry; letters, digits and `_`.
  public var name: String
  /// The graph that holds every node named here.
  public var graph: Graph
  /// The input of one sample, the leaf `x`: all inputs one after the other where there are several.
  public var input: NodeID
  /// The inputs by name, in the order of their statements.
  public var inputs: [NetworkPort]
  /// The outputs by name, outside training.
  public var outputs: [NetworkPort]
  /// The target of one sample, the leaf `t`; nil where the loss does not ask for one.
  public var target: NodeID?
  /// The output `y` outside training, where `dropout` is the identity: all outputs one after the other where there are
  /// several.
  public var output: NodeID
  /// The loss of one sample outside training, a scalar; nil where the network has none.
  public var loss: NodeID?
  /// The output in training: `output` itself where nothing is random.
  public var trainingOutput: NodeID
  /// The loss in training: `loss` itself where nothing is random.
  public var trainingLoss: NodeID?
  /// The parameters in the order of their layers, a layer's weight before its bias.
  public var parameters: [Parameter]
  /// Further names of parameters that layers share.
  public var sharedNames: [SharedName] = []
  /// The layers in order, those of `repeat` once for each round.
  public var layers: [LayerSummary]
  /// The update rule and the values of its keys; nil where the network has no `train`.
  public var training: TrainingRule?
  /// The seed of the random initial values.
  public var seed: UInt64
  /// The file of initial values that the network names; the values are read by whoever may read files.
  public var weights: WeightsStatement?
  /// What names mean in further expressions about this network.
  public var scope: Scope

  /// The shape of one sample's input.
  public var inputShape: Shape { graph.shape(input) }
  /// The shape of one sample's output.
  public var outputShape: Shape { graph.shape(output) }
  /// The parameters that training changes.
  public var trainedParameters: [Parameter] { parameters.filter { !$0.isFrozen } }
  /// How many numbers the parameters hold together.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }
}

/// One layer of a network, as `nnc check` lists it.
public struct LayerSummary: Sendable {
  /// The label, or the kind and a count: `linear1`.
  public var name: String
  /// The kind as written: `linear`, `sigmoid`, or `residual` for the sum at a block's end.
  public var kind: String
  /// The shape of what flows in.
  public var inputShape: Shape
  /// The shape of what flows out.
  public var outputShape: Shape
  /// How many numbers its parameters hold.
  public var parameterCount: Int
  /// How many products it adds up for one sample, outside training.
  public var multiplyAdds = 0
  /// What flows out, outside training.
  public var output: NodeID
  /// What made it; nil of expressions and of the sums at blocks' ends.
  public var call: LayerCall?
  /// Where it stands; nil where there is no source.
  public var span: SourceSpan?
}

/// `weights "FILE"`: where a network's initial values are to be found.
public struct WeightsStatement: Hashable, Sendable {
  /// The file's name, as written: beside the network's file unless it begins with `/`.
  public var file: String
  /// Where the name stands.
  public var span: SourceSpan
}
