import NNCDiagnostics
import Foundation
import NNCProgram
import Testing

@testable import NNC

/// The value and all gradients cost at most 5 times the operations of the value (W. Baur and V. Strassen, The
/// complexity of partial derivatives, 1983), and at most 3.2 times for plain dense networks.
@Suite struct GradientCostTests {
  private static let samples = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Samples")

  /// Networks of `linear` and functions of one number alone.
  private static let dense: Set = [
    "autoencoder", "backprop", "deep", "digits", "iris", "logistic", "xor",
  ]

  @Test func gradientsCostAFewTimesTheValue() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.samples.path)
      .filter { $0.hasSuffix(".nn") }
    #expect(names.count >= 10)
    for name in names.sorted() {
      let text = try String(contentsOf: Self.samples.appending(path: name), encoding: .utf8)
      let build = try Compilation(SourceFile(name: name, text: text)).build()
      guard let loss = build.simplified(.loss), let gradient = build.simplified(.gradient) else {
        continue
      }
      func operations(_ formulas: EntryFormulas) -> Int {
        build.graph.operationCounts(of: formulas.roots).values.reduce(0, +)
      }
      let ratio = Double(operations(gradient)) / Double(operations(loss))
      let bound = Self.dense.contains(String(name.dropLast(3))) ? 3.2 : 5
      #expect(ratio <= bound, "\(name): \(ratio)")
    }
  }
}
