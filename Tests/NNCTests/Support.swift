import Foundation
import Synchronization
import Testing

@testable import NNC

/// The repository's root.
let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// The sample networks, by file name without the ending.
let sampleNames: [String] = {
  let folder = root.appendingPathComponent("Samples").path
  let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  return files.filter { $0.hasSuffix(".nn") }.map { String($0.dropLast(3)) }.sorted()
}()

/// A network's source, compiled.
func compiled(_ text: String) throws -> Compilation {
  let compilation = Compilation(SourceFile(name: "net.nn", text: text))
  _ = try compilation.checkedNetwork()
  return compilation
}

/// A sample, read.
func sample(_ name: String) throws -> Compilation {
  let data = try Data(contentsOf: root.appendingPathComponent("Samples/\(name).nn"))
  let compilation = Compilation(SourceFile(name: "Samples/\(name).nn", bytes: Array(data)))
  _ = try compilation.checkedNetwork()
  return compilation
}

/// A sample, built once for all tests.
func build(_ name: String) throws -> Build {
  if let known = builds.withLock({ $0[name] }) { return known }
  let build = try sample(name).build()
  builds.withLock { $0[name] = build }
  return build
}

private let builds = Mutex<[String: Build]>([:])

/// Compares numbers with goldens: the greatest difference, relative to the greatest golden.
func expectClose(
  _ values: [Double], _ goldens: [Double], _ what: String, within bound: Double = 1e-12,
  slack: Double = 0, at place: SourceLocation = #_sourceLocation
) {
  guard values.count == goldens.count else {
    Issue.record("\(what): \(values.count) numbers, not \(goldens.count)", sourceLocation: place)
    return
  }
  let scale = goldens.lazy.filter(\.isFinite).map(\.magnitude).max() ?? 0
  for (index, (value, golden)) in zip(values, goldens).enumerated() {
    let isSame = value == golden || value.isNaN && golden.isNaN
    let isClose = (value - golden).magnitude <= bound * scale + slack
    if !isSame, !isClose {
      Issue.record("\(what)[\(index)]: \(value), not \(golden)", sourceLocation: place)
      return
    }
  }
}

extension Model {
  /// The part of a flat array that belongs to a parameter.
  func part(_ block: [Double], _ name: String) -> [Double] {
    guard let field = fields.first(where: { $0.name == name }) else { return [] }
    return Array(block[field.offset..<(field.offset + field.shape.reduce(1, *))])
  }

  /// Sets a parameter.
  func set(_ name: String, _ values: [Double]) {
    guard let field = fields.first(where: { $0.name == name }) else { return }
    parameters.replaceSubrange(field.offset..<(field.offset + values.count), with: values)
  }
}
