import NNCLayers
import Testing

@testable import NNC

/// Activations against PyTorch in float64: values, gradients and Hessian-vector products, as layers and in expressions.
@Suite struct ActivationGoldenTests {
  static let entries = Json(file: "Tests/Golden/activations.json")["entries"]!.list

  @Test(arguments: entries.indices) func activation(_ index: Int) throws {
    let golden = Self.entries[index]
    let layer = golden["layer"]!.text
    let shape = golden["shape"]!.flat.map { String(Int($0)) }.joined(separator: "x")
    var workbench = Workbench(
      try compiled("input \(shape); a: \(layer); loss sum(y + y^2/2)").checkedNetwork())
    try workbench.set("x", golden["x"]!.flat)
    expectClose(try workbench.tensor("y").values, golden["y"]!.flat, layer)
    expectClose(
      try workbench.tensor("diff(loss, x)").values, golden["gradient"]!.flat, "\(layer): gradient")
    if let weight = golden["weight"]?.flat, !weight.isEmpty {
      expectClose(
        try workbench.tensor("diff(loss, a.weight)").values, weight, "\(layer): by the weight")
    }
    let kinks = Set(golden["kinks"]!.flat.map { Int($0) })
    let products = try workbench.tensor("hvp(loss, x, \(golden["v"]!.source))").values
    func away(_ values: [Double]) -> [Double] {
      values.enumerated().filter { !kinks.contains($0.offset) }.map(\.element)
    }
    expectClose(away(products), away(golden["hvp"]!.flat), "\(layer): hvp")
  }

  /// Every layer that random networks draw beside the operations has a golden.
  @Test func allAreCompared() {
    let kinds = Set(Self.entries.map { String($0["layer"]!.text.prefix { $0 != " " }) })
    for layer in drawnLayers { #expect(kinds.contains(String(layer.prefix { $0 != " " }))) }
  }
}
