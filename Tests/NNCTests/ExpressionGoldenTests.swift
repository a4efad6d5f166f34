import Testing

@testable import NNC

/// Functions of tensors, indices and products against PyTorch in float64: the value, the gradient of Σ c·value by `a`, and
/// the Hessian of that times a direction; see `Tests/Golden/expressions.py`.
@Suite struct ExpressionGoldenTests {
  static let entries = Json(file: "Tests/Golden/expressions.json")["entries"]!.list

  /// 1e-12 relative to the greatest of a tensor's numbers.
  @Test(arguments: entries.indices) func expression(_ index: Int) throws {
    let golden = Self.entries[index]
    let f = golden["expression"]!.text
    var workbench = Workbench()
    for name in ["a", "b", "c", "direction"] {
      if let value = golden[name] { _ = try workbench.enter("\(name) = \(value.source)") }
    }
    for (key, expression) in [
      ("value", f), ("gradient", "vjp(\(f), a, c)"),
      ("product", "hvp(sum(c*(\(f))), a, direction)"),
    ] {
      expectClose(
        try workbench.tensor(expression).values, golden[key]!.flat, "\(key) of \(f)")
    }
  }
}
