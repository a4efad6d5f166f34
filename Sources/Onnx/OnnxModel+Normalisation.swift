import NNCFormats

// Layer normalisation in parts, as files before version 17 of the operators have it:
//
//     d = x - ReduceMean(x),  y = d / Sqrt(ReduceMean(d^2) + eps) * weight + bias
extension OnnxModel {
  /// The model with the one operator in its place.
  func withWholeNormalisations() -> OnnxModel {
    var result = self
    let reader = PatternReader(graph)
    var replaced: [Int: OnnxNode] = [:]
    for place in graph.nodes.indices where graph.nodes[place].kind == "Add" {
      if let node = reader.normalisation(endingAt: place) { replaced[place] = node }
    }
    if replaced.isEmpty { return self }
    for (place, node) in replaced { result.graph.nodes[place] = node }
    // What was read by the parts alone is not read any more.
    var uses = Importer.uses(result.graph.nodes, graph.outputs.map(\.name))
    var kept: [OnnxNode] = []
    for node in result.graph.nodes.reversed() {
      if node.outputs.contains(where: { uses[$0, default: 0] > 0 }) {
        kept.append(node)
      } else {
        for name in node.inputs { uses[name, default: 0] -= 1 }
      }
    }
    result.graph.nodes = kept.reversed()
    return result
  }
}

/// Finds what made values, and which are known.
private struct PatternReader {
  private let nodes: [OnnxNode]
  private var makers: [String: Int] = [:]
  private var constants: [String: OnnxTensor] = [:]

  init(_ graph: OnnxGraph) {
    nodes = graph.nodes
    for tensor in graph.constants { constants[tensor.name] = tensor }
    for (place, node) in nodes.enumerated() {
      for name in node.outputs { makers[name] = place }
      if node.kind == "Constant", let name = node.outputs.first,
        case .tensor(let tensor) = node.attributes.first?.value
      {
        constants[name] = tensor
      }
    }
  }

  /// The node of that kind that makes a value.
  private func maker(_ name: String, _ kind: String) -> OnnxNode? {
    makers[name].map { nodes[$0] }.flatMap { $0.kind == kind && $0.inputs.count >= 1 ? $0 : nil }
  }

  private func number(_ name: String) -> Double? {
    guard let tensor = constants[name], tensor.count == 1 else { return nil }
    return try? tensor.numbers().first
  }

  /// The two inputs of a node, a list of known numbers last.
  private func factors(_ node: OnnxNode) -> (value: String, list: String)? {
    guard node.inputs.count == 2 else { return nil }
    for (a, b) in [(0, 1), (1, 0)] {
      if let tensor = constants[node.inputs[b]], tensor.shape.count == 1, tensor.type.isReal {
        return (node.inputs[a], node.inputs[b])
      }
    }
    return nil
  }

  /// The value of which a node takes the mean along the last axis.
  private func averaged(_ name: String) -> String? {
    guard let node = maker(name, "ReduceMean") else { return nil }
    var axes: [Int]?
    var keeps = true
    for attribute in node.attributes {
      if attribute.name == "axes", case .wholes(let list) = attribute.value { axes = list }
      if attribute.name == "keepdims", case .whole(0) = attribute.value { keeps = false }
    }
    if node.inputs.count > 1, let list = try? constants[node.inputs[1]]?.numbers() {
      axes = list.map { Int($0) }
    }
    return axes == [-1] && keeps ? node.inputs[0] : nil
  }

  func normalisation(endingAt place: Int) -> OnnxNode? {
    let sum = nodes[place]
    guard let (scaled, bias) = factors(sum), let product = maker(scaled, "Mul"),
      let (even, weight) = factors(product), let quotient = maker(even, "Div"),
      quotient.inputs.count == 2, let root = maker(quotient.inputs[1], "Sqrt"),
      let shifted = maker(root.inputs[0], "Add"), shifted.inputs.count == 2,
      let difference = maker(quotient.inputs[0], "Sub"), difference.inputs.count == 2,
      averaged(difference.inputs[1]) == difference.inputs[0]
    else { return nil }
    for (a, b) in [(0, 1), (1, 0)] {
      guard let eps = number(shifted.inputs[b]), let squares = averaged(shifted.inputs[a]),
        isSquare(squares, of: difference)
      else { continue }
      return OnnxNode(
        name: product.name, kind: "LayerNormalization",
        inputs: [difference.inputs[0], weight, bias], outputs: sum.outputs,
        attributes: [OnnxAttribute(name: "epsilon", value: .real(eps))])
    }
    return nil
  }

  /// Whether a value is the square of a difference, which may have been made twice.
  private func isSquare(_ name: String, of difference: OnnxNode) -> Bool {
    func isSame(_ name: String) -> Bool {
      maker(name, "Sub").map { $0.inputs == difference.inputs } ?? false
    }
    if let power = maker(name, "Pow"), power.inputs.count == 2 {
      return isSame(power.inputs[0]) && number(power.inputs[1]) == 2
    }
    guard let product = maker(name, "Mul"), product.inputs.count == 2 else { return false }
    return isSame(product.inputs[0]) && isSame(product.inputs[1])
  }
}
