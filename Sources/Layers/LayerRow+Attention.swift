import NNCAlgebra
import NNCGraph

extension LayerRow {
  /// Attention of a sequence to itself or to another, as `torch.nn.MultiheadAttention` computes it, with the parameters'
  /// names and shapes from there. A. Vaswani et al., Attention Is All You Need (2017).
  ///
  ///     q, k, v = x·in_proj_weightᵀ + in_proj_bias, each cut into H heads of d = D/H numbers
  ///     weights = softmax over the steps u of q[t]·k[u]/√d, for u ≤ t only where it is causal
  ///     y = (Σ u: weights[t, u]·v[u])·out_projᵀ + bias
  ///
  /// With `kv_heads=G` there are G heads of keys and values, each for H/G heads of queries: J. Ainslie et al., GQA (2023).
  /// With `to=a` keys and values are those of the steps of a. What has 0 in `mask`, of the shape U or T x U, is not looked at.
  /// With `rope` queries and keys are turned by angles that grow with their places (see ``Graph/turned(_:arePairs:base:)``).
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
      .init("to", .tensor), .init("mask", .tensor),
      .init("rope", .word(["no", "half", "pairs"])),
      .init("rope_base", .number(.positive, standard: 10_000)),
    ],
    differsInTraining: true,
    shape: { (layer) throws(LayerProblem) in
      try layer.needsSequence()
      try layer.checkAttended()
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
      guard !layer.isTurned || layer.inputs / heads % 2 == 0 else {
        throw LayerProblem(
          message: "heads of \(layer.inputs / heads) features cannot be turned in pairs",
          label: "expected heads of an even width", key: "rope")
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
  /// Whether queries and keys are turned by their places.
  fileprivate var isTurned: Bool { settings.words["rope"] != "no" }

  /// Checks the sequence that is looked at, and the mask.
  fileprivate func checkAttended() throws(LayerProblem) {
    let other = settings.shapes["to"] ?? x
    guard other.count == 2, other[1] == inputs else {
      throw LayerProblem(
        message: "attention of \(x.numbers) to \(other.numbers)",
        label: "expected a sequence of \(inputs) features", key: "to")
    }
    guard let mask = settings.shapes["mask"] else { return }
    guard mask == [other[0]] || mask == [x[0], other[0]] else {
      throw LayerProblem(
        message: "a mask of \(mask.numbers) for \(x[0]) steps that look at \(other[0])",
        label: "expected \(other[0]) numbers, or \(x[0])x\(other[0])", key: "mask")
    }
  }
}

extension Graph {
  fileprivate mutating func attention(_ layer: LayerValues) -> NodeID {
    let shape = shape(layer.x)
    let (steps, width) = (shape[0], shape[1])
    let (heads, groups) = (layer.shapes.heads, layer.shapes.groups)
    let (share, size) = (heads / groups, width / heads)
    let other = layer.values["to"] ?? layer.x
    let seen = self.shape(other)[0]
    let weight = layer["in_proj_weight"]!
    let bias = layer["in_proj_bias"]
    let own = projected(layer.x, weight, bias, rows: other == layer.x ? nil : 0..<width)
    let rows = width..<width + 2 * groups * size
    let others = other == layer.x ? own : projected(other, weight, bias, rows: rows)
    let first = other == layer.x ? width : 0
    func part(_ graph: inout Graph, _ all: NodeID, _ start: Int, _ form: Shape) -> NodeID {
      let count = graph.shape(all)[0]
      let columns = graph.slice(all, from: [0, start], shape: [count, form.elementCount])
      return graph.reshape(columns, to: [count] + form)
    }
    var queries = part(&self, own, 0, [groups, share, size])
    var keys = part(&self, others, first, [groups, size])
    let values = part(&self, others, first + groups * size, [groups, size])
    if layer.shapes.isTurned {
      let arePairs = layer.shapes.settings.words["rope"] == "pairs"
      let base = layer.number("rope_base")
      queries = turned(queries, arePairs: arePairs, base: base)
      keys = turned(keys, arePairs: arePairs, base: base)
    }
    // The scale goes into the queries, of which there are fewer than of products.
    let scale = constant(1 / Double(size).squareRoot())
    let (t, u, g, s, d) = (UInt8(0), UInt8(1), UInt8(2), UInt8(3), UInt8(4))
    var scores = contract(
      Contraction(inputs: [[t, g, s, d], [u, g, d]], output: [g, s, t, u]),
      [map(.mul, queries, scale), keys])
    if layer.shapes.settings.isSet("causal") { scores = withoutLater(scores) }
    if let mask = layer.values["mask"] {
      let axes = self.shape(mask).count == 1 ? [3] : [2, 3]
      let truths = broadcast(mask, to: [groups, share, steps, seen], axes: axes)
      let never = constant(-.infinity)
      scores = map(.select, truths, scores, never)
    }
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

  /// x·Wᵀ + b with some of the rows of W and b, or all of them.
  private mutating func projected(
    _ x: NodeID, _ weight: NodeID, _ bias: NodeID?, rows: Range<Int>?
  ) -> NodeID {
    guard let rows else { return affine(x, weight, bias) }
    let part = slice(
      weight, from: [rows.lowerBound, 0], shape: [rows.count, self.shape(weight)[1]])
    return affine(
      x, part, bias.map { slice($0, from: [rows.lowerBound], shape: [rows.count]) })
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
