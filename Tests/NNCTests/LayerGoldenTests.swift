import Testing

@testable import NNC

/// Every layer, loss and update rule against PyTorch in float64.
@Suite struct LayerGoldenTests {
  static let layers = ["layers", "images", "sequences", "recurrent"].flatMap {
    Json(file: "Tests/Golden/\($0).json")["entries"]!.list
  }
  static let losses = Json(file: "Tests/Golden/losses.json")
  static let updates = Json(file: "Tests/Golden/updates.json")

  @Test(arguments: layers.indices) func layer(_ index: Int) throws {
    let golden = Self.layers[index]
    let source = golden["source"]!.text
    let build = try compiled(source).build()
    let model = try Model(build)
    var workbench = Workbench(build.network)
    for (name, values) in golden["parameters"]!.members {
      model.set(name, values.flat)
      _ = try workbench.enter("\(name) = \(values.source)")
    }
    let (x, t) = (golden["x"]!.flat, golden["t"]!.flat)
    try workbench.set("x", x)
    try workbench.set("t", t)
    expectClose(try model.predict(x), golden["output"]!.flat, "\(source): y")
    let (loss, gradient) = try model.gradient(input: x, target: t)
    expectClose([loss], golden["loss"]!.flat, "\(source): loss")
    let frozen = Set(golden["frozen"]?.list.map(\.text) ?? [])
    for (name, values) in golden["gradient"]!.members where !frozen.contains(name) {
      expectClose(model.part(gradient, name), values.flat, "\(source): by \(name)")
    }
    if let byInput = golden["gradientX"] {
      expectClose(
        try workbench.tensor("diff(loss, x)").values, byInput.flat, "\(source): by x")
      expectClose(
        try workbench.tensor("hvp(loss, x, \(golden["vX"]!.source))").values,
        golden["hvpX"]!.flat, "\(source): hvp by x")
    }
    let directions = golden["v"]!.members.filter { !frozen.contains($0.0) }
    if directions.isEmpty { return }
    let terms = directions.map { "sum(diff(loss, \($0.0))*\($0.1.source))" }
    let products = try workbench.gradients("grad(\(terms.joined(separator: " + ")))")
    for (name, values) in products {
      expectClose(values, golden["hvp"]![name]!.flat, "\(source): hvp by \(name)")
    }
  }

  static let trained = layers.filter { $0["losses"] != nil }

  /// Steps of training with one sample, and what the parameters come to.
  @Test(arguments: trained.indices) func steps(_ index: Int) throws {
    let golden = Self.trained[index]
    let source = "\(golden["source"]!.text); train \(golden["train"]!.text)"
    let model = try Model(try compiled(source).build())
    for (name, values) in golden["parameters"]!.members { model.set(name, values.flat) }
    let (x, t) = (golden["x"]!.flat, golden["t"]!.flat)
    for (step, loss) in golden["losses"]!.flat.enumerated() {
      let own = try model.step(input: x, target: t)
      expectClose([own], [loss], "\(source): loss of step \(step + 1)")
    }
    for (name, values) in golden["after"]!.members {
      expectClose(model.part(model.parameters, name), values.flat, "\(source): \(name)")
    }
  }

  @Test(arguments: losses["entries"]!.list.indices) func loss(_ index: Int) throws {
    try check(Self.losses["entries"]![index])
  }

  /// Probabilities of exactly 0 and 1, where PyTorch bounds the logarithm.
  @Test func lossesAtTheEdge() throws {
    for golden in Self.losses["edges"]!.list { try check(golden, derivatives: false) }
  }

  private func check(_ golden: Json, derivatives: Bool = true) throws {
    let loss = golden["loss"]!.text
    let y = golden["y"]!
    var workbench = Workbench(
      try compiled("input \(y.list.count); leaky_relu slope=1; loss \(loss)").checkedNetwork())
    try workbench.set("x", y.flat)
    try workbench.set("t", golden["t"]!.flat)
    let what = "\(loss) at \(y.source)"
    expectClose([try workbench.number("loss")], golden["value"]!.flat, what)
    if !derivatives { return }
    expectClose(
      try workbench.tensor("diff(loss, x)").values, golden["gradient"]!.flat, "gradient of \(what)")
    expectClose(
      try workbench.tensor("hvp(loss, x, \(golden["v"]!.source))").values, golden["hvp"]!.flat,
      "hvp of \(what)")
  }

  @Test(arguments: updates["entries"]!.list.indices) func update(_ index: Int) throws {
    let golden = Self.updates["entries"]![index]
    let rule = golden["train"]!.text
    let build = try compiled(Self.updates["source"]!.text + "train \(rule)").build()
    let model = try Model(build)
    let inputs = Self.updates["x"]!.list.map(\.flat)
    let targets = Self.updates["t"]!.list.map(\.flat)
    for (key, count) in [("single", 1), ("batch", inputs.count)] {
      model.reset()
      for (name, values) in Self.updates["start"]!.members { model.set(name, values.flat) }
      let x = inputs.prefix(count).flatMap { $0 }
      let t = targets.prefix(count).flatMap { $0 }
      var losses: [Double] = []
      let at = Self.updates["at"]!.flat.map { Int($0) }
      for step in 1...at.last! {
        let loss = try model.step(input: x, target: t)
        guard let place = at.firstIndex(of: step) else { continue }
        losses.append(loss)
        for (name, values) in golden[key]!["parameters"]![place].members
        where !name.hasSuffix(".average") {
          let part = model.part(model.parameters, name)
          expectClose(
            part, values.flat, "\(rule), \(key): \(name) after step \(step)", within: 1e-10)
        }
      }
      expectClose(
        losses, golden[key]!["losses"]!.flat, "\(rule), \(key): losses", within: 1e-10,
        slack: 1e-14)
    }
  }

  /// Naive losses of saturated outputs: as written they are infinite or no number at all.
  @Test func saturatedSamples() throws {
    for golden in Json(file: "Tests/Golden/samples.json")["saturated"]!.list {
      let name = golden["sample"]!.text
      let build = try build(name)
      let model = try Model(build)
      model.parameters = ruledParameters(build, gain: golden["gain"]!.number)
      for point in golden["points"]!.list {
        let (x, t) = (point["x"]!.flat, point["t"]!.flat)
        expectClose(try model.predict(x), point["output"]!.flat, "\(name): y", slack: 1e-16)
        let (loss, gradient) = try model.gradient(input: x, target: t)
        expectClose([loss], point["loss"]!.flat, "\(name): loss", slack: 1e-16)
        for (parameter, values) in point["gradient"]!.members {
          expectClose(
            model.part(gradient, parameter), values.flat, "\(name): by \(parameter)", slack: 1e-16)
        }
      }
    }
  }
}
