import NNCDiagnostics
import Foundation
import NNCSyntax
import NNCTestSupport
import Testing

/// Every message of the parser, as people see it.
struct GoldenTests {
  static let folder = "Tests/Snapshots/Syntax/"

  static var sources: [String] {
    let files =
      (try? FileManager.default.contentsOfDirectory(atPath: root.path + "/" + folder)) ?? []
    return files.filter { $0.hasSuffix(".nn") }.sorted()
  }

  @Test(arguments: sources)
  func messages(name: String) throws {
    let file = try load(Self.folder + name)
    let source = SourceFile(name: name, bytes: file.bytes)
    let (_, diagnostics) = parse(source)
    let text = render(diagnostics, in: source, as: .human(colour: false))
    try assertSnapshot(text, Self.folder + name.replacing(".nn", with: ".expected"))
  }
}
