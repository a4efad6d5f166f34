import NNCDiagnostics
import Foundation
import NNCSyntax
import Testing

/// Every sample network parses, and is in the formatter's form.
struct SampleTests {
  static var samples: [String] {
    let folder = root.appendingPathComponent("Samples").path
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".nn") }.sorted()
  }

  @Test func thereAreSamples() { #expect(Self.samples.count >= 10) }

  @Test(arguments: samples)
  func parses(sample: String) throws {
    let source = try load("Samples/" + sample)
    let (tree, diagnostics) = parse(source)
    #expect(diagnostics == [])
    #expect(!tree.statements.isEmpty)
    #expect(format(source).text == source.text(of: SourceSpan(0, source.bytes.count)))
  }
}
