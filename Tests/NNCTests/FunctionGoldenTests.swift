import Testing

@testable import NNC

/// Every function of one number against PyTorch in float64: value, first and second derivative at many points.
///
/// The points are the samples of a network of one number, so the whole way from text to the interpreter is taken.
@Suite struct FunctionGoldenTests {
  static let file = Json(file: "Tests/Golden/functions.json")
  static let entries = file["entries"]!.list

  /// Functions that have goldens but are not in the language.
  static let absent: Set<String> = []

  /// Where the goldens cannot be met: second derivatives at a kink, which PyTorch states apart from the first, and
  /// 1 - y of a y that is 1 but for some bits; the number is the absolute error that is granted.
  static let exceptions: [String: Double] = [
    "second of elu at 0.0": 1, "second of elu, alpha=0.5 at 0.0": 0.5,
    "second of selu at 0.0": 1.8, "second of hardswish at -3.0": 0.4,
    "second of hardswish at 3.0": 0.4,
    "second of gelu_tanh at -6.0": 4e-15, "second of gelu_tanh at 6.0": 4e-15,
    "second of logsigmoid at -20.0": 1e-16, "second of logsigmoid at -20.5": 1e-16,
    "second of logsigmoid at -40.0": 1e-16, "second of logsigmoid at -100.0": 1e-16,
    "second of logsigmoid at -600.0": 1e-16,
  ]

  @Test(arguments: entries.indices) func function(_ index: Int) throws {
    let golden = Self.entries[index]
    let keys = golden["keys"]!.members.map { ", \($0.0)=\($0.1.source)" }.joined()
    let name = golden["function"]!.text
    var workbench = Workbench(try compiled("input 1; relu").checkedNetwork())
    if Self.absent.contains(name + keys) {
      #expect(throws: WorkbenchError.self) { _ = try workbench.enter("sum(\(name)(x\(keys)))") }
      return
    }
    let call = "sum(\(name)(x\(keys)))"
    for points in [golden, golden["edges"]].compactMap({ $0 }) {
      try workbench.set("x", points["x"]!.flat)
      for (key, expression) in [
        ("value", call), ("first", "diff(\(call), x)"),
        ("second", "diff(sum(diff(\(call), x)), x)"),
      ] {
        guard let expected = points[key]?.flat else { continue }
        let values = try workbench.tensor(expression).values
        let slack = points["slack"]?[key]
        try compare(values, expected, points["x"]!.flat, slack, "\(key) of \(name)\(keys)")
      }
    }
  }

  /// 1e-12 relative at every point, and the slack that a golden grants.
  private func compare(
    _ values: [Double], _ goldens: [Double], _ points: [Double], _ slack: Json?, _ what: String
  ) throws {
    let values = values.count == 1 ? points.map { _ in values[0] } : values
    try #require(values.count == goldens.count)
    for (place, (value, golden)) in zip(values, goldens).enumerated() {
      // PyTorch loses itself in infinities where the compiler has a number.
      if golden.isNaN { continue }
      let exception = Self.exceptions["\(what) at \(points[place])"] ?? 0
      let bound = 1e-12 * golden.magnitude + (slack?["\(place)"]?.number ?? 0) + exception
      let isClose = (value - golden).magnitude <= bound
      let isSame = value == golden || value.isNaN && golden.isNaN
      #expect(isSame || isClose, "\(what) at \(points[place]): \(value), not \(golden)")
    }
  }

  @Test(arguments: file["pairs"]!.list.indices) func functionOfTwo(_ index: Int) throws {
    let golden = Self.file["pairs"]![index]
    let e = golden["expression"]!.text
    for (place, (a, b)) in zip(golden["a"]!.flat, golden["b"]!.flat).enumerated() {
      var workbench = Workbench()
      _ = try workbench.enter("a = \(a); b = \(b)")
      for (key, expression) in [
        ("value", e), ("da", "diff(\(e), a)"), ("db", "diff(\(e), b)"),
        ("daa", "diff(diff(\(e), a), a)"), ("dab", "diff(diff(\(e), a), b)"),
        ("dbb", "diff(diff(\(e), b), b)"),
      ] {
        guard var expected = golden[key]?.flat[place] else { continue }
        // At the origin PyTorch's second derivatives of an angle are lost.
        if expected.isNaN { continue }
        // PyTorch takes the slope by a for 0 wherever b is 0, also on the way to the mixed derivative: that of b·a^(b-1).
        if e == "a^b", key == "dab", b == 0, a > 0 { expected = 1 / a }
        let value = try workbench.number(expression)
        expectClose([value], [expected], "\(expression) at a = \(a), b = \(b)")
      }
    }
  }

  @Test func reductions() throws {
    for golden in Self.file["reductions"]!.list {
      let e = golden["expression"]!.text
      var workbench = Workbench()
      _ = try workbench.enter("a = \(golden["a"]!.source); v = \(golden["v"]!.source)")
      expectClose([try workbench.number(e)], golden["value"]!.flat, e)
      let what = "\(e) at \(golden["a"]!.source)"
      // The norm has no derivative at 0; PyTorch takes 0 there.
      if e == "norm(a)", golden["a"]!.flat.allSatisfy({ $0 == 0 }) { continue }
      expectClose(
        try workbench.tensor("diff(\(e), a)").values, golden["gradient"]!.flat,
        "gradient of \(what)", slack: 1e-16)
      expectClose(
        try workbench.tensor("hvp(\(e), a, v)").values, golden["hvp"]!.flat, "hvp of \(what)",
        slack: 1e-16)
    }
  }
}
