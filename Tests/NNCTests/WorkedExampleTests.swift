import Testing

@testable import NNC

/// The textbook's worked example against PyTorch in float64.
@Suite struct WorkedExampleTests {
  static let goldens = Json(file: "Tests/Golden/backprop.json")["entries"]!.list

  @Test func firstStepByHand() throws {
    let model = try sample("backprop").model()
    let (x, t) = ([0.05, 0.10], [0.01, 0.99])
    expectClose(try model.predict(x), [0.7513650695523157, 0.7729284653214625], "y", within: 1e-13)
    let (loss, gradient) = try model.gradient(input: x, target: t)
    expectClose([loss], [0.2983711087600027], "loss", within: 1e-13)
    expectClose([gradient[6]], [0.08216704056423077], "diff(loss, w5)", within: 1e-13)
    expectClose([try model.step(input: x, target: t)], [loss], "loss", within: 0)
    expectClose([model.parameters[6]], [0.35891647971788465], "w5", within: 1e-13)
    expectClose(
      [try model.loss(input: x, target: t)], [0.28047144679143016], "loss", within: 1e-13)
  }

  @Test(arguments: goldens.indices) func training(_ index: Int) throws {
    let golden = Self.goldens[index]
    let model = try build(golden["sample"]!.text).newModel()
    let (x, t) = (golden["x"]!.flat, golden["t"]!.flat)
    expectClose(try model.predict(x), golden["output"]!.flat, "y", within: 1e-13)
    let (loss, gradient) = try model.gradient(input: x, target: t)
    expectClose([loss], golden["loss"]!.flat, "loss", within: 1e-13)
    let frozen = Set(golden["frozen"]!.list.map(\.text))
    for (name, values) in golden["gradient"]!.members {
      let expected = frozen.contains(name) ? values.flat.map { _ in 0 } : values.flat
      expectClose(model.part(gradient, name), expected, "diff(loss, \(name))", within: 1e-13)
    }
    var step = 0
    for after in golden["after"]!.list {
      while step < Int(after["step"]!.number) {
        try model.step(input: x, target: t)
        step += 1
      }
      let bound = step <= 2 ? 1e-13 : step < 10_000 ? 1e-12 : 1e-10
      expectClose(
        model.parameters, after["parameters"]!.flat, "parameters after \(step)", within: bound)
      expectClose(
        [try model.loss(input: x, target: t)], after["loss"]!.flat, "loss after \(step)",
        within: bound)
    }
    #expect(step == 10_000)
  }

  /// The whole Hessian, row by row, as derivatives of derivatives by elements.
  @Test func hessian() throws {
    let golden = Self.goldens[0]
    var workbench = Workbench(try sample("backprop").checkedNetwork())
    try workbench.set("x", golden["x"]!.flat)
    try workbench.set("t", golden["t"]!.flat)
    let names = ["w1", "w2", "w3", "w4", "b1", "b2", "w5", "w6", "w7", "w8", "b3", "b4"]
    let rows = golden["hessian"]!["rows"]!.list
    #expect(rows.count == names.count)
    for (name, row) in zip(names, rows) {
      let parts = try workbench.gradients("grad(diff(loss, \(name)))")
      let values = golden["hessian"]!["order"]!.list.flatMap { parts[$0.text] ?? [] }
      expectClose(values, row.flat, "row of \(name)")
    }
    let block = try workbench.tensor("hessian(loss, linear2.bias)")
    #expect(block.shape == [2, 2])
    expectClose(block.values, golden["hessianBias2"]!.flat, "hessian(loss, linear2.bias)")
  }
}

extension Build {
  /// A model of its own, with the initial parameters.
  func newModel() throws -> Model { try Model(self) }
}

extension Workbench {
  /// The value of an expression.
  mutating func tensor(_ text: String) throws -> Tensor {
    guard case .values(let values)? = try enter(text).last, let value = values.first?.value else {
      throw WorkbenchError.refused("\(text) has no value")
    }
    return value
  }

  /// The value of an expression that is a number.
  mutating func number(_ text: String) throws -> Double { try tensor(text).values[0] }

  /// The values of an expression that `grad` is in, by parameter.
  mutating func gradients(_ text: String) throws -> [String: [Double]] {
    guard case .values(let values)? = try enter(text).last else { return [:] }
    return Dictionary(uniqueKeysWithValues: values.map { ($0.by ?? "", $0.value?.values ?? []) })
  }
}
