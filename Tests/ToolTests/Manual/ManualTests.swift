import Foundation
import NNCTestSupport
import Testing

@testable import NNCAlgebra
@testable import NNCLayers
@testable import NNCSyntax
@testable import NNCTool

/// The manual: what is made from tables is up to date, transcripts are what the tool prints, code compiles.
///
/// `RECORD_SNAPSHOTS=1` writes tables, generated pages and transcripts anew.
@Suite struct ManualTests {
  static let catalogue = "Sources/NNC/NNC.docc"

  static let pages: [String] = {
    let folder = root.appendingPathComponent(catalogue)
    let paths = FileManager.default.enumerator(atPath: folder.path)
    return (paths?.allObjects as? [String] ?? []).filter { $0.hasSuffix(".md") }.sorted()
  }()

  @Test func generatedPagesAreUpToDate() throws {
    let generated = generatedPages()
    for (path, text) in generated.sorted(by: { $0.key < $1.key }) {
      try assertSnapshot(text, "\(Self.catalogue)/\(path)")
    }
    let forgotten = Self.pages.filter { $0.hasPrefix("Commands/nnc-") && generated[$0] == nil }
    #expect(forgotten == [], "pages of commands that there are no more")
  }

  @Test func everyTableIsShown() throws {
    let text = try Self.pages.map(Self.text).joined()
    for name in manualTables.keys { #expect(text.contains("<!-- table: \(name) -->"), "\(name)") }
  }

  /// Each word of the language stands in some example of the pages about the language.
  @Test func everyWordHasAnExample() throws {
    let blocks = try Self.pages.filter { $0.hasPrefix("Language/") }
      .flatMap { MarkdownPage(try Self.text($0)).blocks }
    let code = blocks.filter { $0.language != "ebnf" }.map(\.text).joined()
    let words = Set(code.matches(of: /[A-Za-z_][A-Za-z0-9_]*/).map { String($0.output) })
    let own = layers.map(\.name).filter { Operation($0)?.row.isPublic != true }
    let tables = [
      Keyword.allCases.map(\.rawValue), own, tensorFunctions.map(\.name), losses.map(\.name),
      DerivativeFunction.allCases.map(\.rawValue), RewritingFunction.allCases.map(\.rawValue),
      updateRules.map(\.name),
      initialisers.map(\.name),
    ]
    for word in tables.joined() { #expect(words.contains(word), "\(word)") }
  }

  /// Tables between their markers, and every block of code, in the order of the page.
  @Test(arguments: pages) func pageIsTrue(_ path: String) throws {
    let text = try Self.withTables(try Self.text(path))
    let page = MarkdownPage(text)
    // What a command prints, where that is not what stands below it.
    var corrections: [(place: Range<Int>, output: [String])] = []
    try withFolder { folder in
      let folder = try ExampleFolder(folder)
      for block in page.blocks {
        do { try folder.check(block) } catch let fault as ExampleFolder.Fault {
          Issue.record("\(path), line \(block.start): \(fault)")
        }
        for example in block.language == "console" ? block.examples : []
        where folder.canTry(example.command) {
          let output = try folder.output(of: example.command)
          if example.fits(output) { continue }
          if example.expected.contains("...") {
            Issue.record("\(path): $ \(example.command)\n\(output.joined(separator: "\n"))")
          } else {
            corrections.append((example.place, output))
          }
        }
      }
    }
    var lines = page.lines
    // From the last to the first, so that the places of the others stay.
    for (place, output) in corrections.reversed() { lines.replaceSubrange(place, with: output) }
    try assertSnapshot(lines.joined(separator: "\n"), "\(Self.catalogue)/\(path)")
  }

  private static func text(_ path: String) throws -> String {
    try String(contentsOfFile: "\(root.path)/\(catalogue)/\(path)", encoding: .utf8)
  }

  /// The page with what the code's tables say between `<!-- table: NAME -->` and `<!-- end -->`.
  private static func withTables(_ text: String) throws -> String {
    try text.components(separatedBy: "<!-- table: ").enumerated().map { index, part in
      if index == 0 { return part }
      let name = String(part.prefix { $0 != " " })
      let table = try #require(manualTables[name], "no table `\(name)`")
      let rest = try #require(part.range(of: "<!-- end -->"), "the table `\(name)` has no end")
      return "<!-- table: \(name) -->\n\n\(table())\n<!-- end -->" + part[rest.upperBound...]
    }.joined()
  }
}
