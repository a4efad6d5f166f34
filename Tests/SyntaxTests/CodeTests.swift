import NNCDiagnostics
import Foundation
import Testing

@testable import NNCSyntax

/// The table of codes: each row's example is reported with its code, and its correction is not.
struct CodeTests {
  /// Rows whose example cannot be a short text in a file.
  static let exceptions: Set = ["N0100", "N0103", "N0123", "N0145", "N0199"]

  static func codes(_ text: String) -> Set<String> {
    Set(parse(source(text)).diagnostics.map(\.code))
  }

  @Test func codesAreDistinct() {
    #expect(Set(syntaxDiagnosticCodes.map(\.code)).count == syntaxDiagnosticCodes.count)
    #expect(syntaxDiagnosticCodes.allSatisfy { !$0.title.isEmpty && !$0.explanation.isEmpty })
  }

  @Test(arguments: syntaxDiagnosticCodes.filter { !exceptions.contains($0.code) })
  func examples(row: DiagnosticCode) {
    #expect(Self.codes(row.erroneous) == [row.code])
    #expect(Self.codes(row.corrected) == [])
  }

  @Test func fileTooLarge() {
    var parser = Parser(source("linear 2->3"), limit: 10)
    parser.parseFile()
    #expect(parser.diagnostics.map(\.code) == ["N0100"])
    #expect(parser.tree.statements.isEmpty)
  }

  @Test func tooDeep() throws {
    let row = try #require(syntaxDiagnosticCodes.first { $0.code == "N0123" })
    for (text, codes) in [(row.erroneous, ["N0123"]), (row.corrected, [])] {
      var parser = Parser(source(text))
      parser.maximumDepth = 3
      parser.parseFile()
      #expect(parser.diagnostics.map(\.code) == codes)
    }
  }

  @Test func notUTF8() {
    let latin = SourceFile(name: "net.nn", bytes: Array("linear ".utf8) + [0xE9] + [0x0A])
    #expect(parse(latin).diagnostics.map(\.code) == ["N0103"])
  }

  @Test func assignmentToAnExpression() throws {
    let row = try #require(syntaxDiagnosticCodes.first { $0.code == "N0145" })
    #expect(parseEntry(source(row.erroneous)).diagnostics.map(\.code) == ["N0145"])
    #expect(parseEntry(source(row.corrected)).diagnostics == [])
  }

  @Test func tooManyErrors() {
    let diagnostics = parse(source(String(repeating: "1\n", count: 1500))).diagnostics
    #expect(diagnostics.count == Parser.maximumDiagnostics + 1)
    #expect(diagnostics.last?.code == "N0199")
  }

  /// Every code stands in a golden message, apart from those above.
  @Test func everyCodeIsGolden() throws {
    let golden = try GoldenTests.sources.map { name in
      let file = try load(GoldenTests.folder + name.replacing(".nn", with: ".expected"))
      return file.text(of: SourceSpan(0, file.bytes.count))
    }.joined()
    let missing = syntaxDiagnosticCodes.map(\.code).filter {
      !golden.contains("[\($0)]") && !Self.exceptions.contains($0)
    }
    #expect(missing == [])
  }

  /// Every code that the parser's sources mention has a row.
  @Test func everyCodeHasARow() throws {
    let folder = root.appendingPathComponent("Sources/Syntax")
    let rows = Set(syntaxDiagnosticCodes.map(\.code))
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      let codes = text.matches(of: /"(N[0-9]{4})"/).map { String($0.output.1) }
      #expect(Set(codes).subtracting(rows) == [], "\(file)")
    }
  }
}
