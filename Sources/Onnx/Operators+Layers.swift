/// The operators that are layers with numbers of their own, but for those with windows.
let layerOperators: [OperatorRow] = [
  OperatorRow(
    "BatchNormalization",
    "epsilon momentum training_mode spatial is_test consumed_inputs", "`batchnorm`"
  ) { (node) throws(ImportProblem) in [try node.batchNormalization()] },
  OperatorRow("LayerNormalization", "axis epsilon stash_type", "`layernorm`") {
    (node) throws(ImportProblem) in
    return [try node.overLastAxes("layernorm", standard: 1e-5)] + (try node.moments())
  },
  OperatorRow("RMSNormalization", "axis epsilon stash_type", "`rmsnorm`") {
    (node) throws(ImportProblem) in [try node.overLastAxes("rmsnorm", standard: 1e-6)]
  },
  OperatorRow("InstanceNormalization", "epsilon consumed_inputs", "`instancenorm`") {
    (node) throws(ImportProblem) in
    [try node.byChannels("instancenorm", "")]
  },
  OperatorRow("GroupNormalization", "epsilon num_groups stash_type", "`groupnorm`") {
    (node) throws(ImportProblem) in
    guard let groups = node.whole("num_groups") else { throw .wrong("no `num_groups`") }
    return [try node.byChannels("groupnorm", "\(groups)")]
  },
  OperatorRow("Dropout", "ratio seed is_test consumed_inputs", "`dropout`") {
    (node) throws(ImportProblem) in
    let x = try node.input(0)
    // Nothing is dropped outside training.
    let mask = ImportValue(
      Constant([Double](repeating: 1, count: x.count), x.shape, x.batch == nil ? .truth : .i64))
    if x.batch != nil { try node.onlyFirstOutput() }
    if let mode = node.optional(2) {
      guard let constant = mode.constant else { throw .unsupported("a computed mode") }
      if try constant.numbers().first != 0 { throw .unsupported("training") }
    }
    var ratio = node.real("ratio", 0.5)
    if let given = node.optional(1)?.constant { ratio = try given.numbers().first ?? 0.5 }
    if x.constant != nil || ratio <= 0 || ratio >= 1 { return [x, mask] }
    return [
      try node.importer.layer(
        "dropout", numberText(ratio), of: x, to: x.shape, batch: x.batch), mask,
    ]
  },
]

extension NodeReading {
  /// The key `eps`, where it is not the layer's own.
  private func eps(_ standard: Double, or own: Double) -> [(String, String)] {
    let value = real("epsilon", standard)
    return Float(value) == Float(own) ? [] : [("eps", numberText(value))]
  }

  /// A list of numbers, one for each channel.
  private func channels(
    _ place: Int, _ name: String, _ count: Int
  ) throws(ImportProblem) -> ImportWeight {
    let constant = try constant(place, "`\(name)`")
    guard constant.count == count else {
      throw .wrong("\(constant.count) numbers for \(count) channels")
    }
    return ImportWeight(name: name, shape: [count], constant: constant)
  }

  fileprivate func batchNormalization() throws(ImportProblem) -> ImportValue {
    let x = try input(0)
    try onlyFirstOutput()
    if whole("training_mode", 0) != 0 { throw .unsupported("training") }
    if whole("spatial", 1) == 0 { throw .unsupported("`spatial` 0") }
    guard x.shape.count >= 2 else { throw .wrong("no channels") }
    guard x.shape[0] == 1 else { throw .unsupported("\(x.shape[0]) samples at once") }
    let count = x.shape[1]
    var weights: [ImportWeight] = []
    for (place, name) in ["weight", "bias", "running_mean", "running_var"].enumerated() {
      weights.append(try channels(place + 1, name, count))
    }
    weights.append(
      ImportWeight(name: "num_batches_tracked", shape: [], constant: Constant([0], [], .f32)))
    return try importer.layer(
      "batchnorm", keys: eps(1e-5, or: 1e-5), of: x, weights: weights,
      names: names(weights[0].constant), to: x.shape, batch: x.batch)
  }

  fileprivate func overLastAxes(
    _ kind: String, standard: Double
  ) throws(ImportProblem) -> ImportValue {
    let x = try input(0)
    let axis = try x.axis(whole("axis", -1))
    let extents = Array(x.shape[axis...])
    if let batch = x.batch, batch >= axis { throw Importer.mixing }
    let count = extents.reduce(1, *)
    let scale = try constant(1, "`scale`")
    let isWhole = { (constant: Constant) in
      constant.count == count
        && Array(constant.shape.drop { $0 == 1 }) == Array(extents.drop { $0 == 1 })
    }
    guard isWhole(scale) else { throw .unsupported("a scale of another shape") }
    var weights = [ImportWeight(name: "weight", shape: extents, constant: scale)]
    // The axes of a network's value: without a first one of extent 1.
    var keys: [(String, String)] = []
    if extents.count > 1 { keys.append(("axes", "\(extents.count)")) }
    keys += eps(1e-5, or: standard)
    if kind == "layernorm" {
      if optional(2) != nil {
        let bias = try constant(2, "`bias`")
        guard isWhole(bias) else { throw .unsupported("a bias of another shape") }
        weights.append(ImportWeight(name: "bias", shape: extents, constant: bias))
      } else {
        keys.append(("bias", "no"))
      }
    }
    let form = axis == 0 ? x.shape : x.ownForm
    return try importer.layer(
      kind, keys: keys, of: x, as: form, weights: weights, names: names(scale), to: x.shape,
      output: form, batch: x.batch)
  }

  /// The mean and 1/√(σ² + ε), where something reads them.
  fileprivate func moments() throws(ImportProblem) -> [ImportValue] {
    let read = node.outputs.dropFirst().map { !$0.isEmpty && importer.uses(of: $0) > 0 }
    guard read.contains(true) else { return [] }
    let x = try input(0)
    let axes = Array(try x.axis(whole("axis", -1))..<x.shape.count)
    let mean = try importer.reduce("mean", x, axes, keeps: true)
    let centred = try importer.infix("sub", x, mean)
    let squares = try importer.elementwise("square", [centred]) {
      .infix("^", 40, $0[0], .number(2))
    }
    let variance = try importer.reduce("mean", squares, axes, keeps: true)
    let sum = try importer.infix("add", variance, importer.number(real("epsilon", 1e-5)))
    let inverse = try importer.infix(
      "div", importer.number(1), try importer.function("sqrt", sum), type: x.type)
    return [mean, inverse]
  }

  fileprivate func byChannels(
    _ kind: String, _ operand: String
  ) throws(ImportProblem) -> ImportValue {
    let x = try input(0)
    guard x.shape.count >= 3 else { throw .unsupported("what is no image and no signal") }
    guard x.shape[0] == 1 else { throw .unsupported("\(x.shape[0]) samples at once") }
    let count = x.shape[1]
    var weights: [ImportWeight] = []
    for (place, name) in ["weight", "bias"].enumerated() {
      var constant = try constant(place + 1, "`\(name)`")
      // Version 18 has one number for each group.
      if constant.count != count, constant.count > 0, count % constant.count == 0 {
        let numbers = try constant.numbers()
        let width = count / constant.count
        constant = Constant(
          (0..<count).map { numbers[$0 / width] }, [count], constant.type)
      }
      guard constant.count == count else { throw .wrong("\(constant.count) numbers") }
      weights.append(ImportWeight(name: name, shape: [count], constant: constant))
    }
    return try importer.layer(
      kind, operand, keys: eps(1e-5, or: 1e-5), of: x, weights: weights,
      names: names(weights[0].constant), to: x.shape, batch: x.batch)
  }
}
