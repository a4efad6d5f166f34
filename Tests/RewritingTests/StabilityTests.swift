import Foundation
import NNCGraph
import Testing

/// Exact values from mpmath; see `Tests/Golden/README.md`.
private struct Stability: Decodable {
  struct Entry: Decodable {
    let expression: String
    let t: Double?
    let x, value, first, second, condition: [Double]
  }
  struct Vector: Decodable {
    let expression: String
    let z: [Double]
    let value: Double
    let gradient: [Double]
    let condition: Double
  }
  let entries: [Entry]
  let vectors: [Vector]

  static func read() throws -> Stability {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    let data = try Data(contentsOf: folder.appending(path: "Golden/stability.json"))
    return try decoder.decode(Stability.self, from: data)
  }
}

/// How far apart two numbers are, in units of the exact one's last place.
private func ulps(_ value: Double, _ exact: Double) -> Double {
  if value == exact { return 0 }
  if !value.isFinite { return .infinity }
  return abs(value - exact) / max(exact.ulp, .leastNonzeroMagnitude)
}

@Test func functionsOfOneVariableAreStable() throws {
  for entry in try Stability.read().entries {
    let e = entry.expression
    let hasTarget = entry.t != nil
    let variables: [(name: String, shape: Shape)] =
      hasTarget ? [("x", []), ("t", [])] : [("x", [])]
    let f = try Compiled([e, "diff(\(e), x)", "diff(diff(\(e), x), x)"], variables)
    for (place, x) in entry.x.enumerated() {
      let values = try f(hasTarget ? [x, entry.t!] : [x])
      let exact = [entry.value[place], entry.first[place]]
      for (order, (value, exact)) in zip(values, exact).enumerated() {
        guard exact.isFinite else { continue }
        if hasTarget {
          // σ(x) - t: two terms of opposite sign, known as well as t is.
          let terms = order == 0 ? abs(exact) : abs(exact) + entry.t!
          let bound =
            1e-14 * max(1, order == 0 ? entry.condition[place] : 1) * terms + .leastNormalMagnitude
          #expect(
            abs(value - exact) <= bound,
            "\(e), t=\(entry.t!), order \(order) at \(x): \(value), \(exact)")
        } else {
          #expect(ulps(value, exact) <= 4, "\(e), order \(order) at \(x): \(value), \(exact)")
        }
      }
      // Where the second derivative passes through 0, its terms are of the first's size; ulps of the argument's size are
      // what rounding a sum with it moves an exponential by.
      let second = entry.second[place]
      guard second.isFinite else { continue }
      let bound = 16 * (entry.first[place].ulp + (1 + abs(x) / 16) * second.ulp)
      #expect(abs(values[2] - second) <= bound, "\(e), second at \(x): \(values[2]), \(second)")
    }
  }
}

@Test func functionsOfVectorsAreStable() throws {
  let vectors = try Stability.read().vectors
  for (expression, group) in Dictionary(grouping: vectors, by: \.expression) {
    let f = try Compiled([expression, "diff(\(expression), z)"], [("z", [3])])
    for vector in group {
      let values = try f(vector.z)
      let scale = 1e-14 * max(1, vector.condition)
      #expect(
        abs(values[0] - vector.value) <= scale * abs(vector.value) + 1e-300,
        "\(expression) at \(vector.z): \(values[0]), \(vector.value)")
      for (value, exact) in zip(values.dropFirst(), vector.gradient) {
        // An element of softmax minus 1 or 0: the terms are of size 1.
        #expect(
          abs(value - exact) <= 1e-14,
          "gradient of \(expression) at \(vector.z): \(value), \(exact)")
      }
    }
  }
}
