import NNCAlgebra
import NNCCalculus
import NNCGraph
import NNCLayers

/// A network of the kind that the receipts of `backprop-trace` can describe: a hidden and an output layer, each W·v + b
/// with an activation, and one of two losses.
///
/// What the layers compute decides, not how they are written: a function written out by hand is a sigmoid if it gives
/// the sigmoid's values.
struct TraceTopology {
  let network: Network
  var graph: Graph
  let hidden: Layer
  let output: Layer
  let loss: NodeID
  /// The loss's name in the format.
  let lossName: String
  /// Whether training changes the biases.
  let trainsBiases: Bool

  /// v ↦ f(W·v + b).
  struct Layer {
    /// W·v + b, before the activation.
    let net: NodeID
    /// After it.
    let out: NodeID
    /// The activation's name in the format.
    let activation: String
    /// The place of W among the network's parameters; b follows it.
    let weight: Int
  }

  /// The most units that a layer may have.
  static let mostUnits = 64

  init(_ subject: Subject) throws(BackpropTraceError) {
    network = subject.network
    var graph = subject.graph
    guard let loss = subject.loss, let target = network.target, network.training != nil else {
      throw .init("it needs a loss with a target, and a `train` rule")
    }
    let layers = network.layers
    let places = layers.indices.filter { layers[$0].parameterCount > 0 }
    guard places.count == 2, places[0] == 0, layers[places[1]].kind == "linear",
      layers[0].kind == "linear"
    else {
      throw .init(
        "the format has one hidden and one output layer, both `linear`, and nothing before them")
    }
    guard network.parameters.map(\.shape.count) == [2, 1, 2, 1] else {
      throw .init("the format has no layer without a bias")
    }
    let nodes = network.parameters.map(\.node)
    let (net1, out1) = (layers[0].output, layers[places[1] - 1].output)
    let (net2, out2) = (layers[places[1]].output, subject.output)
    let sizes = [network.input, net1, net2].map { graph.shape($0) }
    guard sizes.allSatisfy({ $0.count == 1 && $0[0] <= Self.mostUnits }) else {
      throw .init("the format has lists of at most \(Self.mostUnits) units")
    }
    var probe = Probe()
    guard probe.isAffine(net1, of: network.input, nodes[0], nodes[1], graph),
      probe.isAffine(net2, of: out1, nodes[2], nodes[3], graph)
    else {
      throw .init(
        "the format has nothing but an activation between its layers, and no connection past one")
    }
    guard let inner = probe.activation(out1, of: net1, &graph) else {
      throw .init("its hidden layer is none of sigmoid, relu and identity, which the format has")
    }
    hidden = Layer(net: net1, out: out1, activation: inner, weight: 0)
    if let outer = probe.activation(out2, of: net2, &graph),
      probe.isHalfSquaredError(loss, out2, target, graph)
    {
      output = Layer(net: net2, out: out2, activation: outer, weight: 2)
      lossName = "half_squared_error"
    } else if probe.isCrossEntropy(loss, net2, target, &graph) {
      output = Layer(net: net2, out: graph.softmax(net2), activation: "softmax", weight: 2)
      lossName = "cross_entropy_softmax"
    } else {
      throw .init(
        "the format has half the squared error, Σ(t − y)²/2, of an output by sigmoid, relu or identity, "
          + "and the cross-entropy of a softmax; the loss is neither")
    }
    let frozen = network.parameters.map(\.isFrozen)
    guard !frozen[0], !frozen[2], frozen[1] == frozen[3] else {
      throw .init("the format trains all weights, and all biases or none")
    }
    trainsBiases = !frozen[1]
    self.graph = graph
    self.loss = loss
  }
}

/// Tells what expressions compute by their values at a few points without pattern.
private struct Probe {
  private var numbers = GraphValues<Double>()
  private var seed = 0.5

  /// Numbers between -2 and 2, others each time: multiples of the golden ratio, of which the whole part is left out.
  private mutating func points(_ count: Int) -> [Double] {
    (0..<count).map { _ in
      seed += 0.6180339887498949
      seed -= seed.rounded(.down)
      return 4 * seed - 2
    }
  }

  private func agree(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy { ($0 - $1).magnitude <= 1e-12 * max(1, $0.magnitude) }
  }

  private mutating func value(
    _ node: NodeID, _ known: [NodeID: [Double]], _ graph: Graph
  ) -> [Double] { numbers.value(of: node, in: graph) { known[$0] } }

  /// Whether `node` is W·v + b.
  mutating func isAffine(
    _ node: NodeID, of v: NodeID, _ weight: NodeID, _ bias: NodeID, _ graph: Graph
  ) -> Bool {
    let (rows, columns) = (graph.shape(weight)[0], graph.shape(weight)[1])
    guard graph.shape(v) == [columns], graph.shape(node) == [rows] else { return false }
    let (x, w, b) = (points(columns), points(rows * columns), points(rows))
    let expected = (0..<rows).map { row in
      (0..<columns).reduce(0) { $0 + w[row * columns + $1] * x[$1] } + b[row]
    }
    return agree(value(node, [v: x, weight: w, bias: b], graph), expected)
  }

  /// The name of the activation that makes `out` of `net`, or nil.
  mutating func activation(_ out: NodeID, of net: NodeID, _ graph: inout Graph) -> String? {
    guard graph.shape(out) == graph.shape(net) else { return nil }
    if out == net { return "identity" }
    let z = points(graph.shape(net)[0])
    for name in ["sigmoid", "relu"] {
      let candidate = graph.map(Operation(name)!, net)
      // On both sides of 0, however few units there are.
      let agrees = [z, z.map { -$0 }].allSatisfy {
        agree(value(out, [net: $0], graph), value(candidate, [net: $0], graph))
      }
      if agrees { return name }
    }
    return nil
  }

  mutating func isHalfSquaredError(
    _ loss: NodeID, _ out: NodeID, _ target: NodeID, _ graph: Graph
  ) -> Bool {
    let (y, t) = (points(graph.shape(out)[0]), points(graph.shape(out)[0]))
    let expected = zip(y, t).reduce(0) { $0 + 0.5 * ($1.1 - $1.0) * ($1.1 - $1.0) }
    return agree(value(loss, [out: y, target: t], graph), [expected])
  }

  mutating func isCrossEntropy(
    _ loss: NodeID, _ net: NodeID, _ target: NodeID, _ graph: inout Graph
  ) -> Bool {
    let z = points(graph.shape(net)[0])
    let t = points(z.count).map { $0.magnitude }
    let logarithms = graph.logsoftmax(net)
    let expected = zip(t, value(logarithms, [net: z], graph)).reduce(0) { $0 - $1.0 * $1.1 }
    return agree(value(loss, [net: z, target: t], graph), [expected])
  }
}
