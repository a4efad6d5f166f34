import Foundation
import NNCGraph
import Testing

/// Formulas as people write them; see `Tests/Golden/naive.py`, which compares the compiler with JAX and PyTorch at many
/// points and writes some of them down with the exact values.
private struct Table: Decodable {
  struct Row: Decodable {
    struct Measured: Decodable {
      /// Ulps; nil where a number is infinitely wrong.
      let worst: Double?

      enum CodingKeys: CodingKey { case worst }
      init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        worst = try? values.decode(Double.self, forKey: .worst)
      }
    }
    let formula: String
    let nnc: Measured
    /// The variables' values, then the exact value and the gradient.
    let samples: [[Double]]
  }
  let bound: Double
  let formulas: [Row]
}

private func table() throws -> Table {
  let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  let data = try Data(contentsOf: tests.appending(path: "Golden/naive.json"))
  return try JSONDecoder().decode(Table.self, from: data)
}

@Test func naiveFormulasAreWhatTheyMean() throws {
  let table = try table()
  let kept = table.formulas.filter { ($0.nnc.worst ?? .infinity) <= table.bound }
  #expect(table.formulas.count == 78)
  #expect(kept.count >= 60)
  for row in kept {
    let count = (row.samples[0].count - 1) / 2
    let names = Array(["x", "y", "z"].prefix(count))
    let slopes = names.map { "diff(\(row.formula), \($0))" }
    let f = try Compiled([row.formula] + slopes, names.map { ($0, []) })
    for sample in row.samples {
      let found = try f(Array(sample.prefix(count)))
      for (value, exact) in zip(found, sample.dropFirst(count)) {
        let bound = max(table.bound * exact.ulp, .leastNormalMagnitude)
        #expect(
          value == exact || abs(value - exact) <= bound,
          "\(row.formula) at \(sample.prefix(count)): \(value), not \(exact)")
      }
    }
  }
}
