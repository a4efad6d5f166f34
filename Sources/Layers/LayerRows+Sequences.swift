import NNCAlgebra
import NNCGraph

/// The layers of sequences and of whole numbers such as tokens.
let sequenceLayers: [LayerRow] = [
  // Row k of a table of V rows of D numbers for each whole number k. Rows begin as U(±√3), with the mean and the deviation of
  // torch.nn.Embedding's N(0, 1), which emitted code would have to hold number by number.
  LayerRow(
    "embedding V->D", "a row of D numbers for each of V whole numbers", inflow: .whole,
    operand: .widths(along: .names),
    parameters: [
      ParameterRow(
        "weight", .weight, standard: .uniform(bound: 3.0.squareRoot()),
        axes: "one row for each whole number"
      ) { [$0.inputs, $0.outputs] }
    ],
    shape: { (layer) throws(LayerProblem) in try layer.checked(layer.x + [layer.outputs]) }
  ) { graph, layer in graph.gather(layer["weight"]!, rows: layer.x) },
  LayerRow(
    "onehot", "for each of V whole numbers V numbers, all 0 but one", inflow: .whole,
    shape: { (layer) throws(LayerProblem) in try layer.checked(layer.x + [layer.inputs]) }
  ) { graph, layer in graph.oneHot(layer.x, count: layer.shapes.inputs) },
  // A row of numbers for each step, added: learned, begun with the deviation 0.02 as GPT-2's, or of sines and cosines.
  LayerRow(
    "positions KIND", "a row of numbers for each step of a sequence, added",
    operand: .word(name: "KIND", ["learned", "sin"]),
    parameters: [
      ParameterRow(
        "weight", .weight, group: "KIND", standard: .uniform(bound: 0.02 * 3.0.squareRoot())
      ) { $0.x }
    ],
    shape: { (layer) throws(LayerProblem) in
      try layer.needs(axes: 2)
      return layer.x
    }
  ) { graph, layer in
    let shape = graph.shape(layer.x)
    let rows = layer["weight"] ?? graph.waves(steps: shape[shape.count - 2], width: shape.last!)
    return graph.map(.add, layer.x, graph.spread(rows, to: shape))
  },
  .attention, .rnn, .lstm, .gru,
]

extension Graph {
  /// Sines and cosines of a sequence's places: element 2i of row p is sin(p·10000^(−2i/D)), element 2i + 1 the cosine of
  /// the same. A. Vaswani et al., Attention Is All You Need (2017).
  mutating func waves(steps: Int, width: Int) -> NodeID {
    let pairs = (width + 1) / 2
    let angles = angles(steps: steps, pairs: pairs, width: width, base: 10_000)
    let waves = ["sin", "cos"].map {
      reshape(map(Operation($0)!, angles), to: [steps, pairs, 1])
    }
    let rows = reshape(concat(waves[0], waves[1], axis: 2), to: [steps, 2 * pairs])
    return slice(rows, from: [0, 0], shape: [steps, width])
  }

  /// The angle of each place p and pair i: p·base^(−2i/width).
  mutating func angles(steps: Int, pairs: Int, width: Int, base: Double) -> NodeID {
    let exponents = (0..<pairs).map { -2 * Double($0) / Double(width) }
    let power = Operation("pow")!
    let rates = literal(exponents.map { power.evaluate([base, $0]) }, shape: [pairs])
    let places = iota([steps], axis: 0)
    return contract(Contraction(inputs: [[0], [1]], output: [0, 1]), [places, rates])
  }
}
