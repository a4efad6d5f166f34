import NNCGraph
import NNCLayers

typealias LayerWriter =
  @Sendable (inout GraphExport, LayerExport) throws(ExportProblem) -> String?

/// The kinds of layers that ONNX has operators for, and how they are said. Where a row gives nil, as for settings that the
/// operator lacks, the layer is written node by node.
let layerWriters: [String: LayerWriter] = [
  "linear": { (export, layer) throws(ExportProblem) in
    let x = try export.value(layer.call.x)
    let weight = try export.parameter(layer.call.parameters["weight"])!
    let bias = try export.parameter(layer.call.parameters["bias"])
    if export.shape(layer.call.x).count == 1 {
      return export.file.node(
        "Gemm", [x, weight] + (bias.map { [$0] } ?? []), [("transB", .whole(1))], name: layer.name)
    }
    let turned = export.file.node("Transpose", [weight], [("perm", .wholes([1, 0]))])
    guard let bias else { return export.file.node("MatMul", [x, turned], name: layer.name) }
    return export.file.node(
      "Add", [export.file.node("MatMul", [x, turned]), bias], name: layer.name)
  },
  "conv": { (export, layer) throws(ExportProblem) in
    try export.convolution(layer, groups: layer.call.sizes["groups"]?.first ?? 1)
  },
  "depthwise": { (export, layer) throws(ExportProblem) in
    try export.convolution(layer, groups: export.shape(layer.call.x)[0])
  },
  "deconv": { (export, layer) throws(ExportProblem) in
    let call = layer.call
    var settings = export.settings(call.windows, pads: false)
    let count = call.windows.count
    let pads = call.sizes["pad"].map { spread($0, count) } ?? Array(repeating: 0, count: count)
    settings.append(("pads", .wholes(pads + pads)))
    if let further = call.sizes["output_pad"] {
      settings.append(("output_padding", .wholes(spread(further, count))))
    }
    settings.append(("group", .whole(call.sizes["groups"]?.first ?? 1)))
    return export.file.node(
      "ConvTranspose", try export.operands(call, ["weight", "bias"]), settings, name: layer.name)
  },
  "maxpool": { (export, layer) throws(ExportProblem) in
    export.file.node(
      "MaxPool", [try export.value(layer.call.x)], export.settings(layer.call.windows),
      name: layer.name)
  },
  "avgpool": { (export, layer) throws(ExportProblem) in
    // Windows that reach beyond the padding are counted otherwise.
    if layer.call.words["ceil"] == "yes" { return nil }
    let counts = layer.call.words["count_pad"] != "no"
    let settings = export.settings(layer.call.windows, dilations: false)
    return export.file.node(
      "AveragePool", [try export.value(layer.call.x)],
      settings + [("count_include_pad", .whole(counts ? 1 : 0))], name: layer.name)
  },
  "globalavgpool": { (export, layer) throws(ExportProblem) in
    let mean = export.file.node("GlobalAveragePool", [try export.value(layer.call.x)])
    return export.file.node("Flatten", [mean], [("axis", .whole(1))], name: layer.name)
  },
  "globalmaxpool": { (export, layer) throws(ExportProblem) in
    let greatest = export.file.node("GlobalMaxPool", [try export.value(layer.call.x)])
    return export.file.node("Flatten", [greatest], [("axis", .whole(1))], name: layer.name)
  },
  "batchnorm": { (export, layer) throws(ExportProblem) in
    let names = ["weight", "bias", "running_mean", "running_var"]
    guard names.allSatisfy({ layer.call.parameters[$0] != nil }) else { return nil }
    return export.file.node(
      "BatchNormalization", try export.operands(layer.call, names),
      [("epsilon", .real(layer.call.numbers["eps"] ?? 1e-5))], name: layer.name)
  },
  "layernorm": { (export, layer) throws(ExportProblem) in
    let axes = layer.call.sizes["axes"]?.first ?? 1
    return export.file.node(
      "LayerNormalization", try export.operands(layer.call, ["weight", "bias"]),
      [("axis", .whole(-axes)), ("epsilon", .real(layer.call.numbers["eps"] ?? 1e-5))],
      name: layer.name)
  },
  "instancenorm": { (export, layer) throws(ExportProblem) in
    let names = ["weight", "bias"]
    guard names.allSatisfy({ layer.call.parameters[$0] != nil }) else { return nil }
    return export.file.node(
      "InstanceNormalization", try export.operands(layer.call, names),
      [("epsilon", .real(layer.call.numbers["eps"] ?? 1e-5))], name: layer.name)
  },
  "softmax": { (export, layer) throws(ExportProblem) in try export.alongAxis(layer, "Softmax") },
  "logsoftmax": { (export, layer) throws(ExportProblem) in
    try export.alongAxis(layer, "LogSoftmax")
  },
  "flatten": { (export, layer) throws(ExportProblem) in
    export.file.node(
      "Flatten", [try export.value(layer.call.x)], [("axis", .whole(1))], name: layer.name)
  },
  "concat": { (export, layer) throws(ExportProblem) in
    let axis = layer.call.sizes["axis"]?.first ?? export.shape(layer.call.x).count - 1
    return export.file.node(
      "Concat", [try export.value(layer.call.x), try export.value(layer.call.other!)],
      [("axis", .whole(axis + 1))], name: layer.name)
  },
  "embedding": { (export, layer) throws(ExportProblem) in
    let table = try export.parameter(layer.call.parameters["weight"])!
    return export.file.node("Gather", [table, try export.value(layer.call.x)], name: layer.name)
  },
  "lstm": { (export, layer) throws(ExportProblem) in try export.recurrent(layer) },
  "gru": { (export, layer) throws(ExportProblem) in try export.recurrent(layer) },
  "rnn": { (export, layer) throws(ExportProblem) in try export.recurrent(layer) },
  "upsample": { (export, layer) throws(ExportProblem) in
    let call = layer.call
    let count = export.shape(call.x).count - 1
    let factors = spread(call.sizes["N"] ?? [1], count).map(Double.init)
    let isNearest = call.words["mode"] != "bilinear"
    let isCorner = call.words["align_corners"] == "yes"
    let scales = export.file.singles([1, 1] + factors)
    return export.file.node(
      "Resize", [try export.value(call.x), "", scales],
      [
        ("mode", .text(isNearest ? "nearest" : "linear")),
        (
          "coordinate_transformation_mode",
          .text(isNearest ? "asymmetric" : isCorner ? "align_corners" : "half_pixel")
        ), ("nearest_mode", .text("floor")),
      ], name: layer.name)
  },
  "leaky_relu": { (export, layer) throws(ExportProblem) in
    // The slope may be any value; it is a number where the layer's node says so.
    let operands = export.graph.operands(layer.node)
    guard operands.count == 2, let slope = export.graph.constantValue(operands[1]) else {
      return nil
    }
    return export.file.node(
      "LeakyRelu", [try export.value(layer.call.x)], [("alpha", .real(slope))], name: layer.name)
  },
  "elu": { (export, layer) throws(ExportProblem) in
    let operands = export.graph.operands(layer.node)
    guard operands.count == 2, let alpha = export.graph.constantValue(operands[1]) else {
      return nil
    }
    return export.file.node(
      "Elu", [try export.value(layer.call.x)], [("alpha", .real(alpha))], name: layer.name)
  },
  "prelu": { (export, layer) throws(ExportProblem) in
    let weight = try export.parameter(layer.call.parameters["weight"])!
    let rank = export.shape(layer.call.x).count
    let count = export.shape(layer.call.parameters["weight"]!)[0]
    let slope = export.file.node(
      "Reshape",
      [weight, export.file.wholes([count] + Array(repeating: 1, count: Swift.max(0, rank - 1)))])
    return export.file.node("PRelu", [try export.value(layer.call.x), slope], name: layer.name)
  },
]

/// One number for all axes, or one for each.
private func spread(_ sizes: [Int], _ count: Int) -> [Int] {
  sizes.count == count ? sizes : Array(repeating: sizes[0], count: count)
}

extension GraphExport {
  /// What flows in, then the parameters that the layer has.
  fileprivate mutating func operands(
    _ call: LayerCall, _ names: [String]
  ) throws(ExportProblem) -> [String] {
    var result = [try value(call.x)]
    for name in names {
      if let own = try parameter(call.parameters[name]) { result.append(own) }
    }
    return result
  }

  /// The settings that say how windows slide.
  fileprivate func settings(
    _ windows: [Window], pads: Bool = true, dilations: Bool = true
  ) -> [(String, OnnxGraphWriter.Setting)] {
    var result: [(String, OnnxGraphWriter.Setting)] = [
      ("kernel_shape", .wholes(windows.map(\.size))), ("strides", .wholes(windows.map(\.stride))),
    ]
    if dilations { result.append(("dilations", .wholes(windows.map(\.dilation)))) }
    if pads { result.append(("pads", .wholes(windows.map(\.before) + windows.map(\.after)))) }
    return result
  }

  fileprivate mutating func convolution(
    _ layer: LayerExport, groups: Int
  ) throws(ExportProblem) -> String? {
    let call = layer.call
    var operands = try operands(call, ["weight", "bias"])
    var windows = call.windows
    if let border = call.words["padding"], border != "zeros" {
      // What stands beside the image is put there first.
      guard let mode = ["reflect": "reflect", "replicate": "edge"][border] else { return nil }
      let sides = [0, 0] + windows.map(\.before) + [0, 0] + windows.map(\.after)
      operands[0] = file.node("Pad", [operands[0], file.wholes(sides)], [("mode", .text(mode))])
      windows = windows.map {
        Window(axis: $0.axis, size: $0.size, stride: $0.stride, dilation: $0.dilation)
      }
    }
    return file.node(
      "Conv", operands, settings(windows) + [("group", .whole(groups))], name: layer.name)
  }

  fileprivate mutating func alongAxis(
    _ layer: LayerExport, _ kind: String
  ) throws(ExportProblem) -> String? {
    let rank = shape(layer.call.x).count
    if rank == 0 { return nil }
    let axis = layer.call.sizes["axis"]?.first ?? rank - 1
    return file.node(
      kind, [try value(layer.call.x)], [("axis", .whole(axis + 1))], name: layer.name)
  }
}
