import Foundation
import Testing

/// The subgradients at kinks and ties are PyTorch's; see `Tests/Golden/kinks.py`. Layers that pool
/// are tested by their goldens.
private struct Kinks: Decodable {
  struct Entry: Decodable {
    let expression: String
    let x, y, gradient: [Double]
  }
  let entries: [Entry]
}

@Test func subgradientsAreThoseOfPyTorch() throws {
  let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  let data = try Data(contentsOf: tests.appending(path: "Golden/kinks.json"))
  let decoder = JSONDecoder()
  decoder.nonConformingFloatDecodingStrategy = .convertFromString(
    positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
  for kink in try decoder.decode(Kinks.self, from: data).entries {
    let variables = [("x", kink.x), ("y", kink.y)].filter { !$0.1.isEmpty }
    let f = try Compiled(
      ["diff(\(kink.expression), x)"],
      variables.map { (name: $0.0, shape: $0.1.count > 1 ? [$0.1.count] : []) })
    let found = try f(kink.x + kink.y)
    #expect(found == kink.gradient, "\(kink.expression) at \(kink.x), \(kink.y): \(found)")
  }
}
