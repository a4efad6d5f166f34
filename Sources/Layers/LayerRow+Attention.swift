import NNCAlgebra
import NNCGraph

extension LayerRow {
  /// Attention of a sequence to itself, as `torch.nn.MultiheadAttention` computes it, with the parameters' names and shapes
  /// from there. A. Vaswani et al., Attention Is All You Need (2017).
  ///
  ///     q, k, v = x·in_proj_weightᵀ + in_proj_bias, each cut into H heads of d = D/H numbers
  ///     weights = softmax over the steps u of q[t]·k[u]/√d, for u ≤ t only where it is causal
  ///     y = (Σ u: weights[t, u]·v[u])·out_projᵀ + bias
  ///
  /// With `kv_heads=G` there are G heads of keys and values, each for H/G heads of queries: J. Ainslie et al., GQA (2023).
  static let attention = LayerRow(
    "attention heads=H",
    "each step a mean of all steps, weighted by how much it has to do with them",
    operand: .none(hint: "the width is that of what flows in; `heads=4`"),
    parameters: [
      ParameterRow("in_proj_weight", .weight, fans: { (Double($0.inputs), 3 * Double($0.inputs)) })
      {
        [$0.inputs + 2 * $0.keysWidth, $0.inputs]
      },
      ParameterRow("in_proj_bias", .bias, group: "bias", standard: .fill(0)) {
        [$0.inputs + 2 * $0.keysWidth]
      },
      ParameterRow("out_proj.weight", .weight) { [$0.inputs, $0.inputs] },
      ParameterRow("out_proj.bias", .bias, group: "bias", standard: .fill(0)) { [$0.inputs] },
    ],
    keys: [
      .init("heads", .sizes(standard: nil), isRequired: true),
      .init("kv_heads", .sizes(standard: nil)),
      .flag("causal"), .flag("bias", isSet: true),
      .init("dropout", .number(.fraction, standard: 0)),
    ],
    differsInTraining: true,
    shape: { (layer) throws(LayerProblem) in
      try layer.needsSequence()
      let heads = try layer.settings.size("heads")
      let groups =
        layer.settings.sizes["kv_heads"] == nil ? heads : try layer.settings.size("kv_heads")
      guard layer.inputs % heads == 0 else {
        throw LayerProblem(
          message: "\(layer.inputs) features cannot be cut into \(heads) equal heads",
          label: "expected a divisor of \(layer.inputs)", key: "heads")
      }
      guard heads % groups == 0 else {
        throw LayerProblem(
          message: "\(heads) heads cannot share \(groups) heads of keys and values equally",
          label: "expected a divisor of \(heads)", key: "kv_heads")
      }
      return layer.x
    }
  ) { graph, layer in graph.attention(layer) }
}

extension LayerShapes {
  /// How many heads there are, and how many of keys and values.
  fileprivate var heads: Int { settings.sizes["heads"]?.first ?? 1 }
  fileprivate var groups: Int { settings.sizes["kv_heads"]?.first ?? heads }
  /// How wide the keys of all heads are together, and so the values.
  fileprivate var keysWidth: Int { inputs / max(1, heads) * groups }
}

extension Graph {
  fileprivate mutating func attention(_ layer: LayerValues) -> NodeID {
    let shape = shape(layer.x)
    let (steps, width) = (shape[0], shape[1])
    let (heads, groups) = (layer.shapes.heads, layer.shapes.groups)
    let (share, size) = (heads / groups, width / heads)
    let all = affine(layer.x, layer["in_proj_weight"]!, layer["in_proj_bias"])
    func part(_ graph: inout Graph, _ start: Int, _ count: Int, _ form: Shape) -> NodeID {
      let columns = graph.slice(all, from: [0, start], shape: [steps, count])
      return graph.reshape(columns, to: [steps] + form)
    }
    let queries = part(&self, 0, width, [groups, share, size])
    let keys = part(&self, width, groups * size, [groups, size])
    let values = part(&self, width + groups * size, groups * size, [groups, size])
    // The scale goes into the queries, of which there are fewer than of products.
    let scale = constant(1 / Double(size).squareRoot())
    let (t, u, g, s, d) = (UInt8(0), UInt8(1), UInt8(2), UInt8(3), UInt8(4))
    var scores = contract(
      Contraction(inputs: [[t, g, s, d], [u, g, d]], output: [g, s, t, u]),
      [map(.mul, queries, scale), keys])
    if layer.shapes.settings.isSet("causal") { scores = withoutLater(scores) }
    var weights = softmax(scores)
    let dropout = layer.number("dropout")
    if layer.isTraining, dropout > 0 {
      weights = dropped(weights, dropout, layer: layer.name, noise: self.shape(weights))
    }
    let mixed = contract(
      Contraction(inputs: [[g, s, t, u], [u, g, d]], output: [t, g, s, d]), [weights, values])
    return affine(
      reshape(mixed, to: shape), layer["out_proj.weight"]!, layer["out_proj.bias"])
  }

  /// x·Wᵀ + b.
  private mutating func affine(_ x: NodeID, _ weight: NodeID, _ bias: NodeID?) -> NodeID {
    let product = linear(weight, x)
    guard let bias else { return product }
    return map(.add, product, spread(bias, to: shape(product)))
  }

  /// The scores of steps to steps, −∞ for those that come later.
  private mutating func withoutLater(_ scores: NodeID) -> NodeID {
    let shape = shape(scores)
    let own = iota(shape, axis: shape.count - 2)
    let other = iota(shape, axis: shape.count - 1)
    let never = constant(-.infinity)
    return map(.select, map(.lt, own, other), never, scores)
  }
}
