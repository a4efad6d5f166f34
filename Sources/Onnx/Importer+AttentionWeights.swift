extension Importer {
  /// The parameters of an `attention`, in its order.
  func attentionWeights(_ products: [Int], _ last: Int, _ width: Int) -> [ImportWeight]? {
    func parameter(_ statement: Int, _ name: String) -> ImportWeight? {
      statements[statement].parameters.first { $0.name == name }
    }
    let inputs = products.compactMap { parameter($0, "weight") }
    let biases = products.compactMap { parameter($0, "bias") }
    guard inputs.count == products.count, let output = parameter(last, "weight"),
      biases.isEmpty || biases.count == products.count,
      inputs.allSatisfy({ $0.shape.last == width }), output.shape == [width, width]
    else { return nil }
    // Without all of the biases the others are zeros.
    let outputBias = parameter(last, "bias")
    var result = [joined(inputs, "in_proj_weight", [3 * width, width])]
    let isBiased = !biases.isEmpty || outputBias != nil
    if isBiased {
      let zeros = { (count: Int) in Constant([Double](repeating: 0, count: count), [count], .f32) }
      result.append(
        biases.isEmpty
          ? ImportWeight(name: "in_proj_bias", shape: [3 * width], constant: zeros(3 * width))
          : joined(biases, "in_proj_bias", [3 * width]))
      result.append(renamed(output, "out_proj.weight"))
      result.append(
        outputBias.map { renamed($0, "out_proj.bias") }
          ?? ImportWeight(name: "out_proj.bias", shape: [width], constant: zeros(width)))
    } else {
      result.append(renamed(output, "out_proj.weight"))
    }
    return result.contains { $0.shape.isEmpty } ? nil : result
  }

  private func renamed(_ weight: ImportWeight, _ name: String) -> ImportWeight {
    var result = weight
    result.name = name
    return result
  }

  /// Parameters one after the other.
  private func joined(_ parts: [ImportWeight], _ name: String, _ shape: [Int]) -> ImportWeight {
    if parts.count == 1 { return renamed(parts[0], name) }
    var numbers: [Double] = []
    for part in parts {
      guard let own = try? part.constant.numbers() else {
        return ImportWeight(name: name, shape: [], constant: part.constant)
      }
      numbers += part.factor == 1 ? own : own.map { $0 * part.factor }
    }
    return ImportWeight(
      name: name, shape: shape, constant: Constant(numbers, shape, parts[0].constant.type))
  }
}
