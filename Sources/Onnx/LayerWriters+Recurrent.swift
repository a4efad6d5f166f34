import NNCGraph
import NNCLayers

extension GraphExport {
  /// A recurrent layer as an operator for each of its layers, between samples x steps x features and what ONNX Runtime takes,
  /// steps x samples x features.
  mutating func recurrent(_ layer: LayerExport) throws(ExportProblem) -> String? {
    let call = layer.call
    guard let form = RecurrentOperator.all.first(where: { $0.layer == call.kind }) else {
      return nil
    }
    let count = call.words["bidirectional"] == "yes" ? 2 : 1
    let layers = call.sizes["layers"]?.first ?? 1
    let steps = shape(call.x)[0]
    guard let hidden = call.parameters["weight_hh_l0"] else { return nil }
    let width = shape(hidden)[1]
    var x = file.node("Transpose", [try value(call.x)], [("perm", .wholes([1, 0, 2]))])
    var y = ""
    for number in 0..<layers {
      let endings = ["_l\(number)", "_l\(number)_reverse"].prefix(count)
      var inputs = [
        x, try joined(layer, form, endings.map { ["weight_ih" + $0] }, width),
        try joined(layer, form, endings.map { ["weight_hh" + $0] }, width),
      ]
      if call.parameters["bias_ih_l0"] != nil {
        inputs.append(
          try joined(layer, form, endings.map { ["bias_ih" + $0, "bias_hh" + $0] }, width))
      }
      var settings: [(String, OnnxGraphWriter.Setting)] = [("hidden_size", .whole(width))]
      if count == 2 { settings.append(("direction", .text("bidirectional"))) }
      if form.layer == "gru" { settings.append(("linear_before_reset", .whole(1))) }
      if call.words["nonlinearity"] == "relu" {
        settings.append(("activations", .texts(Array(repeating: "Relu", count: count))))
      }
      let name = layers == 1 ? layer.name : "\(layer.name)_l\(number)"
      y = file.node(form.kind, inputs, settings, name: name)
      // steps x directions x samples x width
      let apart = file.node("Transpose", [y], [("perm", .wholes([0, 2, 1, 3]))])
      x = file.node("Reshape", [apart, file.wholes([0, 0, count * width])])
    }
    if call.words["give"] != "last" {
      return file.node("Transpose", [x], [("perm", .wholes([1, 0, 2]))])
    }
    var ends: [String] = []
    for (direction, step) in [steps - 1, 0].prefix(count).enumerated() {
      let row = file.node("Gather", [y, file.wholes([step], shape: [])], [("axis", .whole(0))])
      ends.append(
        file.node("Gather", [row, file.wholes([direction], shape: [])], [("axis", .whole(0))]))
    }
    return count == 1 ? ends[0] : file.node("Concat", ends, [("axis", .whole(1))])
  }

  /// Parameters of each direction, with their gates in ONNX's order, as one tensor.
  private mutating func joined(
    _ layer: LayerExport, _ form: RecurrentOperator, _ names: [[String]], _ width: Int
  ) throws(ExportProblem) -> String {
    let order = file.wholes(RecurrentOperator.rows(form.gatesBack, width))
    var sides: [String] = []
    for list in names {
      var parts: [String] = []
      for name in list {
        let own = try parameter(layer.call.parameters[name])!
        parts.append(
          form.gates.count == 1 ? own : file.node("Gather", [own, order], [("axis", .whole(0))]))
      }
      let whole = parts.count == 1 ? parts[0] : file.node("Concat", parts, [("axis", .whole(0))])
      sides.append(file.node("Unsqueeze", [whole, file.wholes([0])]))
    }
    return sides.count == 1 ? sides[0] : file.node("Concat", sides, [("axis", .whole(0))])
  }
}
