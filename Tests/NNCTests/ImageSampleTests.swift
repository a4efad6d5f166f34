import Foundation
import NNCTestSupport
import Testing

@testable import NNC

/// The networks of Samples/images: what PyTorch's modules of the same names give, and what is written of them.
@Suite struct ImageSampleTests {
  static let file = Json(file: "Tests/Golden/networks.json")
  static let names = file["entries"]!.list.map { $0["sample"]!.text }
  static let samples = try! FileManager.default.contentsOfDirectory(
    atPath: root.appendingPathComponent("Samples/images").path
  ).filter { $0.hasSuffix(".nn") }.map { String($0.dropLast(3)) }.sorted()

  /// Two of MLPerf Tiny differ from others in their sizes alone, and take long.
  @Test func mostHaveGoldens() {
    #expect(Set(Self.samples).subtracting(Self.names) == ["anomaly", "mobilenet"])
    #expect(Set(Self.names).isSubset(of: Self.samples))
  }

  @Test(arguments: names.indices) func values(_ index: Int) throws {
    let golden = Self.file["entries"]![index]
    let build = try build("images/" + Self.names[index])
    let count = Int(golden["count"]!.number)
    let model = try Model(build)
    model.parameters = Self.parameters(build)
    let width = build.network.inputShape.reduce(1, *)
    let outputs = build.network.outputShape.reduce(1, *)
    let areClasses = outputs < 20
    let x = (0..<count).flatMap { s in (0..<width).map { 2 * ruled($0, 2000 + s) } }
    let t = (0..<count).flatMap { s in
      (0..<outputs).map { k -> Double in
        areClasses ? (k == (s * 7 + 1) % outputs ? 1 : 0) : (ruled(k, 3000 + s) + 1) / 2
      }
    }
    let y = try (0..<count).flatMap {
      try model.predict(Array(x[($0 * width)..<(($0 + 1) * width)]))
    }
    expectSome(y, golden["outputs"]!, "outputs")
    let one = try model.gradient(input: x, target: t)
    expectClose([one.loss], golden["loss"]!.flat, "loss")
    for (name, values) in golden["gradient"]!.members {
      expectSome(model.part(one.gradient, name), values, "gradient by \(name)")
    }
    guard let losses = golden["losses"]?.flat else { return }
    for (step, loss) in losses.enumerated() {
      let own = try model.step(input: x, target: t)
      expectClose([own], [loss], "loss of step \(step + 1)", within: 0, slack: 1e-11 * abs(loss))
    }
    for (name, values) in golden["after"]!.members {
      expectSome(model.part(model.parameters, name), values, "\(name) after the steps")
    }
  }

  /// Parameters and buffers by the goldens' rule.
  private static func parameters(_ build: Build) -> [Double] {
    build.network.parameters.enumerated().flatMap { j, parameter in
      (0..<parameter.count).map { k -> Double in
        let fan = Double(parameter.shape.dropFirst().reduce(1, *))
        let value = ruled(k, j) / fan.squareRoot()
        switch parameter.name.split(separator: ".").last {
        case "num_batches_tracked": return 3
        case "running_var": return 1 + abs(ruled(k, j))
        case "running_mean": return ruled(k, j) / 2
        case "weight" where parameter.name.contains("batchnorm"): return 1 + ruled(k, j) / 4
        default: return value
        }
      }
    }
  }

  /// What is 0 to us and a rounding to PyTorch.
  private static let rounding = 1e-15

  /// Whole tensors, or of large ones some of the elements with sums of all: 1e-11 relative to the largest.
  private func expectSome(_ values: [Double], _ golden: Json, _ what: String) {
    let scale = values.map(\.magnitude).max() ?? 0
    guard let places = golden["at"]?.flat else {
      return expectClose(values, golden.flat, what, within: 0, slack: 1e-11 * scale + Self.rounding)
    }
    let norm = values.reduce(0) { $0 + $1.magnitude }
    expectClose(
      places.map { values[Int($0)] }, golden["values"]!.flat, what, within: 0, slack: 1e-11 * scale)
    expectClose(
      [values.reduce(0, +), norm], [golden["sum"]!.number, golden["norm1"]!.number],
      "\(what): sums",
      within: 0, slack: 1e-11 * norm)
  }

  /// What `check` says, and of the C the interface, and the rest by a sum.
  @Test(arguments: samples) func snapshots(_ name: String) throws {
    let build = try build("images/" + name)
    try assertSnapshot(build.summary.description, "Tests/Snapshots/images/\(name).check.txt")
    for file in build.emit(.c) {
      let path = "Tests/Snapshots/images/\(file.name).txt"
      guard file.name.hasSuffix(".c") else {
        try assertSnapshot(file.text, path)
        continue
      }
      let names = file.text.matches(of: /(?m)^static (?:inline )?\w+ (\w+)\(/).map { String($0.1) }
      // FNV-1a over the whole text.
      let sum = file.text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
        ($0 ^ UInt64($1)) &* 0x100_0000_01b3
      }
      let lines = file.text.utf8.count { $0 == UInt8(ascii: "\n") }
      let text = names.joined(separator: "\n") + "\n\(lines) lines, sum \(String(sum, radix: 16))\n"
      try assertSnapshot(text, path)
    }
  }
}
