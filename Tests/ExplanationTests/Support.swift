import Foundation
import NNC
import Synchronization
import Testing

@testable import NNCExplanation

/// The repository's root.
let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// The sample networks, by file name without the ending.
let sampleNames: [String] = {
  let folder = root.appendingPathComponent("Samples").path
  let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  return files.filter { $0.hasSuffix(".nn") }.map { String($0.dropLast(3)) }.sorted()
}()

/// A sample's model.
func model(_ name: String) throws -> Model {
  let data = try Data(contentsOf: root.appendingPathComponent("Samples/\(name).nn"))
  let compilation = Compilation(SourceFile(name: "Samples/\(name).nn", bytes: Array(data)))
  return try Model(try compilation.build())
}

/// A sample's worksheet, for made-up numbers; worked out once for all tests.
func worksheet(_ name: String) throws -> Worksheet {
  if let known = worksheets.withLock({ $0[name] }) { return known }
  let model = try model(name)
  let (input, target) = model.sampleData()
  let sheet = try model.worksheet(input: input, target: target)
  worksheets.withLock { $0[name] = sheet }
  return sheet
}

private let worksheets = Mutex<[String: Worksheet]>([:])

/// The worked example's model and worksheet, at the textbook's numbers.
func workedExample() throws -> (model: Model, sheet: Worksheet, material: Material) {
  let model = try model("backprop")
  let (x, t) = ([0.05, 0.10], [0.01, 0.99])
  return (
    model, try model.worksheet(input: x, target: t), try model.material(input: x, target: t)
  )
}
