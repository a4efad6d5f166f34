import NNCAlgebra
import NNCGraph

/// Activations that are more than a formula of each number.
let activationLayers: [LayerRow] = [
  // x where it is above 0, else weight·x. K. He et al., "Delving Deep into Rectifiers" (2015).
  LayerRow(
    "prelu", "x where it is above 0, else weight*x, with one weight or one for each channel",
    operand: .none(hint: "`num_parameters` says how many weights there are"),
    parameters: [
      ParameterRow("weight", .weight, standard: .fill(0.25)) {
        [$0.settings.sizes["num_parameters"]?.first ?? 1]
      }
    ],
    keys: [.init("num_parameters", .sizes(standard: 1))],
    shape: { (layer) throws(LayerProblem) in
      let count = try layer.settings.size("num_parameters")
      let most = layer.x.first ?? 1
      if count == 1 || count == most { return layer.x }
      throw LayerProblem(
        message: "\(count) weights are neither one nor one for each of \(most)",
        label: "expected 1 or \(most), the extent of the first axis", key: "num_parameters")
    }
  ) { graph, layer in
    let shape = graph.shape(layer.x)
    let weight = layer["weight"]!
    let isOne = graph.shape(weight) == [1]
    let spread =
      isOne ? graph.reshape(weight, to: []) : graph.broadcast(weight, to: shape, axes: [0])
    return graph.instantiate(FormulaFunction("prelu")!.value, ["x": layer.x, "weight": spread])
  },
  // In training the slope of each number at or below 0 is uniform on [lower, upper), outside it their mean. B. Xu et al.,
  // "Empirical Evaluation of Rectified Activations" (2015).
  LayerRow(
    "rrelu", "leaky_relu with a slope between lower and upper, in training at random",
    keys: [
      .init("lower", .number(.finite, standard: 0.125)),
      .init("upper", .number(.finite, standard: 1.0 / 3)),
    ],
    differsInTraining: true
  ) { graph, layer in
    let (lower, upper) = (layer.number("lower"), layer.number("upper"))
    var slope = graph.constant((lower + upper) / 2)
    if layer.isTraining {
      let name = "\(layer.name).noise"
      let noise = graph.symbol(Symbol(name: name, shape: graph.shape(layer.x), role: .noise))
      graph.name(noise, name)
      slope = graph.instantiate(
        Formula(.number(lower)) + Formula(.number(upper - lower)) * "noise", ["noise": noise])
    }
    return graph.instantiate(FormulaFunction("prelu")!.value, ["x": layer.x, "weight": slope])
  },
  LayerRow(
    "gelu", "x*Phi(x), Phi the normal distribution, or an approximation of it by tanh",
    keys: [.init("approximate", .word(["none", "tanh"]))]
  ) { graph, layer in
    let isExact = layer.shapes.settings.words["approximate"] == "none"
    return graph.map(Operation(isExact ? "gelu" : "gelu_tanh")!, layer.x)
  },
  gated("glu", "the first half times the sigmoid of the second", "sigmoid"),
  gated("swiglu", "the first half times the silu of the second", "silu"),
  LayerRow(
    "softmin", "softmax(-x) over the features", keys: [.axis], shape: LayerRow.alongAxis
  ) { graph, layer throws(LayerProblem) in
    let negative = graph.map(.neg, layer.x)
    return graph.along(try layer.shapes.chosenAxis(), negative) { $0.softmax($1) }
  },
  LayerRow(
    "normalize", "x/max(norm of x, eps) over the features",
    keys: [.axis, .init("eps", .number(.notNegative, standard: 1e-12))],
    shape: LayerRow.alongAxis
  ) { graph, layer throws(LayerProblem) in
    let eps = layer.number("eps")
    return graph.along(try layer.shapes.chosenAxis(), layer.x) { $0.normalizedRows($1, eps: eps) }
  },
]

/// a ⊙ f(b), a and b the halves of what flows in along an axis. Y. Dauphin et al., "Language Modeling with Gated
/// Convolutional Networks" (2017); N. Shazeer, "GLU Variants Improve Transformer" (2020).
private func gated(_ name: String, _ summary: String, _ function: String) -> LayerRow {
  LayerRow(
    name, summary, keys: [.axis],
    shape: { (layer) throws(LayerProblem) in
      let axis = try layer.chosenAxis()
      var shape = layer.x
      guard !shape.isEmpty, shape[axis].isMultiple(of: 2) else {
        throw LayerProblem(
          message: "axis \(axis) of \(layer.x.extents) has no halves",
          label: "expected an even extent")
      }
      shape[axis] /= 2
      return shape
    }
  ) { graph, layer throws(LayerProblem) in
    graph.gated(layer.x, axis: try layer.shapes.chosenAxis(), by: Operation(function)!)
  }
}

extension Graph {
  /// a ⊙ f(b) of the halves a and b along an axis.
  mutating func gated(_ x: NodeID, axis: Int, by function: Operation) -> NodeID {
    var half = shape(x)
    half[axis] /= 2
    var start = half.map { _ in 0 }
    let first = slice(x, from: start, shape: half)
    start[axis] = half[axis]
    let second = slice(x, from: start, shape: half)
    return map(.mul, first, map(function, second))
  }

  /// x / max(√Σ x², ε) along the last axis.
  mutating func normalizedRows(_ x: NodeID, eps: Double) -> NodeID {
    let shape = shape(x)
    let squares = map(.square, x)
    let total = shape.isEmpty ? squares : sum(squares, over: [shape.count - 1])
    let bounded = instantiate(
      .apply("max", .apply("length", "total"), Formula(.number(eps))), ["total": total])
    return map(.div, x, alongLast(bounded, of: shape))
  }
}
