import Testing

@testable import NNC

/// Every sample against PyTorch in float64: outputs, loss, derivatives, five steps of one sample and of a batch.
@Suite struct SampleGoldenTests {
  static let file = Json(file: "Tests/Golden/samples.json")
  static let names = file["entries"]!.list.map { $0["sample"]!.text }

  @Test func everySampleHasGoldens() { #expect(Self.names.sorted() == sampleNames) }

  @Test(arguments: names.indices) func values(_ index: Int) throws {
    let golden = Self.file["entries"]![index]
    let build = try build(Self.names[index])
    let model = try Model(build)
    model.parameters = ruledParameters(build, gain: golden["gain"]!.number)
    for (name, start) in golden["start"]!.members {
      #expect(Array(model.part(model.parameters, name).prefix(start.list.count)) == start.flat)
    }
    let inputs = golden["x"]!.list.map(\.flat)
    let targets = build.network.target == nil ? [] : golden["t"]!.list.map(\.flat)
    for (x, output) in zip(inputs, golden["outputs"]!.list) {
      expectClose(try model.predict(x), output.flat, "y")
    }
    let first = golden["first"]!
    let one = try model.gradient(input: inputs[0], target: targets.first ?? [])
    expectClose([one.loss], first["loss"]!.flat, "loss")
    compare(model, one.gradient, first["gradient"]!, "gradient")
    let all = try model.gradient(input: inputs.flatMap { $0 }, target: targets.flatMap { $0 })
    expectClose([all.loss], golden["batch"]!["loss"]!.flat, "loss of the batch")
    compare(model, all.gradient, golden["batch"]!["gradient"]!, "gradient of the batch")

    let start = model.parameters
    for (key, count) in [("stepsFirst", 1), ("stepsBatch", inputs.count)] {
      model.reset()
      model.parameters = start
      let x = inputs.prefix(count).flatMap { $0 }
      let t = targets.prefix(count).flatMap { $0 }
      var losses: [Double] = []
      for _ in 0..<5 { losses.append(try model.step(input: x, target: t)) }
      losses.append(try model.loss(input: x, target: t))
      expectClose(losses, golden[key]!["losses"]!.flat, "\(key): losses")
      compare(model, model.parameters, golden[key]!["parameters"]!, key)
    }
  }

  /// The Hessian times a vector, by all trained parameters together: the gradient of ⟨gradient, v⟩.
  @Test(arguments: names.indices.filter { file["entries"]![$0]["count"]!.number < 200 })
  func hessianVectorProducts(_ index: Int) throws {
    let golden = Self.file["entries"]![index]
    let build = try build(Self.names[index])
    var workbench = Workbench(build.network)
    workbench.parameters = ruledParameters(build, gain: golden["gain"]!.number)
    try workbench.set("x", golden["x"]![0].flat)
    if build.network.target != nil { try workbench.set("t", golden["t"]![0].flat) }
    let first = golden["first"]!
    expectClose(try workbench.tensor("diff(loss, x)").values, first["gradientX"]!.flat, "by x")
    var terms: [String] = []
    for (j, parameter) in build.network.parameters.enumerated() where !parameter.isFrozen {
      let direction = Tensor(
        shape: parameter.shape, values: (0..<parameter.count).map { ruled($0, 5000 + j) })
      terms.append("sum(diff(loss, \(parameter.name))*\(direction.text()))")
    }
    let products = try workbench.gradients("grad(\(terms.joined(separator: " + ")))")
    #expect(products.count == terms.count)
    for (name, values) in products {
      expectClose(values, first["hvp"]![name]!.flat, "hvp by \(name)")
    }
    let shape = build.network.inputShape
    let direction = Tensor(
      shape: shape, values: (0..<shape.reduce(1, *)).map { ruled($0, 5900) })
    expectClose(
      try workbench.tensor("hvp(loss, x, \(direction.text()))").values, first["hvpX"]!.flat,
      "hvp by x")
  }

  /// Whole tensors, or of large networks some of their elements with sums of all.
  private func compare(_ model: Model, _ block: [Double], _ golden: Json, _ what: String) {
    let frozen = Set(model.build.network.parameters.filter(\.isFrozen).map(\.name))
    for (name, values) in golden.members {
      // Goldens hold the gradient of frozen parameters too; the compiler leaves it out.
      if what.hasPrefix("gradient"), frozen.contains(name) { continue }
      let part = model.part(block, name)
      guard let places = values["at"]?.flat else {
        expectClose(part, values.flat, "\(what) \(name)")
        continue
      }
      let scale = part.map(\.magnitude).max() ?? 0
      let chosen = places.map { part[Int($0)] }
      expectClose(
        chosen, values["values"]!.flat, "\(what) \(name)", within: 0, slack: 1e-12 * scale)
      let norm = part.reduce(0) { $0 + $1.magnitude }
      expectClose(
        [part.reduce(0, +)], values["sum"]!.flat, "\(what) \(name): sum", within: 0,
        slack: 1e-12 * norm)
      expectClose([norm], values["norm1"]!.flat, "\(what) \(name): norm")
    }
  }
}

/// Element k of parameter j by the goldens' rule, on (−1, 1).
func ruled(_ k: Int, _ j: Int) -> Double {
  let n = ((k + 1) * 7919 + (j + 1) * 104_729) % 1_000_003
  return 2 * (Double(n * n * n % 1_000_003) / 1_000_003) - 1
}

/// The parameters by the goldens' rule; those written in the source keep their values.
func ruledParameters(_ build: Build, gain: Double) -> [Double] {
  var fan = 1.0
  return build.network.parameters.enumerated().flatMap { j, parameter in
    if parameter.name.hasSuffix(".weight") {
      fan = parameter.shape.count == 2 ? Double(parameter.shape[1]) : 1
    }
    if case .literal(let values) = parameter.initial { return values }
    return (0..<parameter.count).map { ruled($0, j) * gain / fan.squareRoot() }
  }
}
