import NNCDiagnostics
import Foundation
import NNCLayers
import NNCSyntax
import NNCTestSupport
import Testing

/// Every message about networks, as people see it.
struct MessageTests {
  static let folder = "Tests/Snapshots/Layers/"

  static var sources: [String] {
    let path = repository.appendingPathComponent(folder).path
    let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return files.filter { $0.hasSuffix(".nn") }.sorted()
  }

  @Test(arguments: sources)
  func messages(name: String) throws {
    let data = try Data(contentsOf: repository.appendingPathComponent(Self.folder + name))
    let source = SourceFile(name: name, bytes: Array(data))
    let (tree, unread) = parse(source)
    let (network, diagnostics) = elaborate(tree)
    #expect(network == nil)
    let text = render(unread + diagnostics, in: source, as: .human(colour: false))
    try assertSnapshot(text, Self.folder + name.replacing(".nn", with: ".expected"))
  }

  /// The records hold every code but those that need a thousand errors or a prompt.
  @Test func everyCode() throws {
    var found: Set<String> = []
    for name in Self.sources {
      let data = try Data(contentsOf: repository.appendingPathComponent(Self.folder + name))
      let (tree, _) = parse(SourceFile(name: name, bytes: Array(data)))
      found.formUnion(elaborate(tree).diagnostics.map(\.code))
    }
    #expect(Set(layersDiagnosticCodes.map(\.code)).subtracting(found) == ["N0299", "N0322"])
    #expect(found.isSubset(of: layersDiagnosticCodes.map(\.code)))
  }
}
