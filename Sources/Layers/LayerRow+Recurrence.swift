import NNCAlgebra
import NNCGraph

// Layers that go through a sequence step by step, with what they carry from step to step. Parameters, their order and the
// formulas are those of torch.nn.RNN, LSTM and GRU; what is carried begins with zeros.
extension LayerRow {
  /// J. Elman, Finding structure in time (1990): h(t) = tanh(W_ih·x(t) + b_ih + W_hh·h(t − 1) + b_hh)
  static let rnn = recurrent(
    "rnn", "each step a function of its numbers and of the step before", gates: 1,
    keys: [.init("nonlinearity", .word(["tanh", "relu"]))]
  ) { graph, turn, layer in
    let sum = graph.map(.add, turn.input, graph.linear(turn.weight, turn.carried[0]))
    let name = layer.shapes.settings.words["nonlinearity"] ?? "tanh"
    return [graph.map(Operation(name)!, sum)]
  }

  /// S. Hochreiter and J. Schmidhuber, Long short-term memory (1997), with the forget gate of F. Gers et al. (2000):
  ///
  ///     i, f, g, o = the quarters of W_ih·x(t) + b_ih + W_hh·h(t − 1) + b_hh
  ///     c(t) = σ(f)·c(t − 1) + σ(i)·tanh(g)        h(t) = σ(o)·tanh(c(t))
  static let lstm = recurrent(
    "lstm", "each step a function of its numbers, of the step before, and of a memory", gates: 4,
    carries: 2
  ) { graph, turn, _ in
    let sum = graph.map(.add, turn.input, graph.linear(turn.weight, turn.carried[0]))
    let gates = graph.parts(of: sum, 4)
    let (sigmoid, tanh) = (Operation("sigmoid")!, Operation("tanh")!)
    let kept = graph.map(.mul, graph.map(sigmoid, gates[1]), turn.carried[1])
    let new = graph.map(.mul, graph.map(sigmoid, gates[0]), graph.map(tanh, gates[2]))
    let memory = graph.map(.add, kept, new)
    return [graph.map(.mul, graph.map(sigmoid, gates[3]), graph.map(tanh, memory)), memory]
  }

  /// K. Cho et al., Learning phrase representations (2014), as cuDNN and PyTorch have it:
  ///
  ///     r, z, n = the thirds of W_ih·x(t) + b_ih        r', z', n' = the thirds of W_hh·h(t − 1) + b_hh
  ///     h(t) = (1 − σ(z + z'))·tanh(n + σ(r + r')·n') + σ(z + z')·h(t − 1)
  static let gru = recurrent(
    "gru", "each step a mixture of the step before and of a function of it and of its numbers",
    gates: 3, addsBiasInside: true
  ) { graph, turn, _ in
    let before = turn.carried[0]
    var product = graph.linear(turn.weight, before)
    if let bias = turn.bias { product = graph.map(.add, product, bias) }
    let (own, other) = (graph.parts(of: turn.input, 3), graph.parts(of: product, 3))
    let (sigmoid, tanh) = (Operation("sigmoid")!, Operation("tanh")!)
    let reset = graph.map(sigmoid, graph.map(.add, own[0], other[0]))
    let kept = graph.map(sigmoid, graph.map(.add, own[1], other[1]))
    let new = graph.map(tanh, graph.map(.add, own[2], graph.map(.mul, reset, other[2])))
    // (1 − z)·n + z·h
    let change = graph.map(.mul, kept, graph.map(.sub, before, new))
    return [graph.map(.add, new, change)]
  }

  /// A row of a recurrent layer of so many gates and carried values, of which the first is what flows out.
  private static func recurrent(
    _ name: String, _ summary: String, gates: Int, carries: Int = 1, addsBiasInside: Bool = false,
    keys: [Key] = [],
    step: @escaping @Sendable (inout Graph, RecurrentTurn, LayerValues) -> [NodeID]
  ) -> LayerRow {
    LayerRow(
      "\(name) I->H", summary, operand: .widths(along: .last),
      parameters: rows(gates, layer: 0, isBackward: false),
      furtherParameters: { settings in
        let form = RecurrentForm(settings)
        return (0..<form.layers).flatMap { layer in
          form.directions.filter { $0 || layer > 0 }.flatMap {
            rows(gates, layer: layer, isBackward: $0)
          }
        }
      },
      keys: [
        .init("layers", .sizes(standard: nil)), .flag("bidirectional"), .flag("bias", isSet: true),
        .init("give", .word(["all", "last"])),
      ] + keys,
      goesThroughSteps: true,
      shape: { (layer) throws(LayerProblem) in
        try layer.needsSequence()
        _ = try layer.settings.size("layers")
        let form = RecurrentForm(layer.settings)
        let width = [layer.outputs * form.directions.count]
        return form.givesLast ? width : [layer.x[0]] + width
      }
    ) { graph, layer in
      graph.recurrent(layer, gates, carries, addsBiasInside: addsBiasInside, step)
    }
  }

  /// The parameters of one layer in one direction.
  private static func rows(_ gates: Int, layer: Int, isBackward: Bool) -> [ParameterRow] {
    let ending = RecurrentForm.ending(layer, isBackward)
    let fans: @Sendable (LayerShapes) -> (Double, Double) = {
      (Double($0.outputs), Double($0.outputs))
    }
    return [
      ParameterRow("weight_ih" + ending, .weight, fans: fans) {
        let form = RecurrentForm($0.settings)
        return [gates * $0.outputs, layer == 0 ? $0.inputs : $0.outputs * form.directions.count]
      },
      ParameterRow("weight_hh" + ending, .weight, fans: fans) {
        [gates * $0.outputs, $0.outputs]
      },
      ParameterRow("bias_ih" + ending, .bias, group: "bias", fans: fans) { [gates * $0.outputs] },
      ParameterRow("bias_hh" + ending, .bias, group: "bias", fans: fans) { [gates * $0.outputs] },
    ]
  }
}

/// What a recurrent layer is told of its form.
private struct RecurrentForm {
  let layers: Int
  /// For each direction whether it goes from the last step to the first.
  let directions: [Bool]
  /// Whether only what the last step comes to flows out.
  let givesLast: Bool

  init(_ settings: LayerSettings) {
    layers = settings.sizes["layers"]?.first ?? 1
    directions = settings.isSet("bidirectional") ? [false, true] : [false]
    givesLast = settings.words["give"] == "last"
  }

  /// What stands behind the names of the parameters of a layer in one direction.
  static func ending(_ layer: Int, _ isBackward: Bool) -> String {
    "_l\(layer)" + (isBackward ? "_reverse" : "")
  }
}

/// What a turn of a recurrent layer is made from.
struct RecurrentTurn {
  /// The part that the step's own numbers have in the gates.
  let input: NodeID
  /// What the turn before left.
  let carried: [NodeID]
  /// The matrix for what the turn before left.
  let weight: NodeID
  /// What is added to its product, where the step adds it.
  let bias: NodeID?
}

extension Graph {
  /// Equal parts of a vector.
  fileprivate mutating func parts(of id: NodeID, _ count: Int) -> [NodeID] {
    let width = shape(id)[0] / count
    return (0..<count).map { slice(id, from: [$0 * width], shape: [width]) }
  }

  fileprivate mutating func recurrent(
    _ layer: LayerValues, _ gates: Int, _ carries: Int, addsBiasInside: Bool,
    _ step: (inout Graph, RecurrentTurn, LayerValues) -> [NodeID]
  ) -> NodeID {
    let form = RecurrentForm(layer.shapes.settings)
    let width = layer.shapes.outputs
    var sequence = layer.x
    var last = layer.x
    for number in 0..<form.layers {
      let steps = shape(sequence)[0]
      var sides: [NodeID] = []
      var ends: [NodeID] = []
      for isBackward in form.directions {
        let ending = RecurrentForm.ending(number, isBackward)
        func parameter(_ name: String) -> NodeID? { layer[name + ending] }
        // The part of the inputs in all gates of all steps is one product, before the loop.
        var inputs = linear(parameter("weight_ih")!, sequence)
        let outside = [parameter("bias_ih"), addsBiasInside ? nil : parameter("bias_hh")]
        let biases = outside.compactMap { $0 }
        if var bias = biases.first {
          for other in biases.dropFirst() { bias = map(.add, bias, other) }
          inputs = map(.add, inputs, spread(bias, to: shape(inputs)))
        }
        let loop = loop(of: steps)
        let carried = (0..<carries).map { place in
          self.carried(
            "\(layer.name).\(place == 0 ? "h" : "c")\(ending)", shape: [width], loop, place: place)
        }
        let turn = RecurrentTurn(
          input: row(inputs, loop, reversed: isBackward), carried: carried,
          weight: parameter("weight_hh")!, bias: addsBiasInside ? parameter("bias_hh") : nil)
        let next = step(&self, turn, layer)
        let zero = constant(0)
        let zeros = broadcast(zero, to: [width], axes: [])
        var recurrences: NodeID?
        for (place, value) in next.enumerated() {
          recurrences = recurrence(
            loop, place: place, first: zeros, next: value, after: recurrences)
        }
        let side = rows(of: next[0], loop, recurrences, reversed: isBackward)
        sides.append(side)
        let end = slice(side, from: [isBackward ? 0 : steps - 1, 0], shape: [1, width])
        ends.append(reshape(end, to: [width]))
      }
      sequence = sides.count == 1 ? sides[0] : concat(sides[0], sides[1], axis: 1)
      last = ends.count == 1 ? ends[0] : concat(ends[0], ends[1], axis: 0)
    }
    return form.givesLast ? last : sequence
  }
}
