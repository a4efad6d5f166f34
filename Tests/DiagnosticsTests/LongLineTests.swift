import NNCDiagnostics
import Testing

/// Lines that do not fit on any screen.
struct LongLineTests {
  static let half = 4_000_000

  /// A place in the middle, at the start, and at the end of a line of megabytes.
  @Test(arguments: [0, half, 2 * half])
  func cutAroundThePlace(offset: Int) throws {
    var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 2 * Self.half + 3)
    for i in 0..<3 { bytes[offset + i] = UInt8(ascii: "X") }
    let source = SourceFile(name: "net.nn", bytes: bytes)
    let span = SourceSpan(offset, offset + 3)
    let text = render(
      [Diagnostic("N0000", "wrong", at: span, label: "here")], in: source,
      as: .human(colour: false))
    #expect(text.utf8.count < 1000)
    #expect(text.contains("net.nn:1:\(offset + 1)\n"))
    let lines = text.split(separator: "\n")
    let line = Array(try #require(lines.first { $0.contains("X") }))
    let underline = Array(try #require(lines.first { $0.contains("^") }))
    let marked = underline.indices.filter { underline[$0] == "^" }
    #expect(marked.map { line[$0] } == ["X", "X", "X"])
    #expect(line.contains("…"))
  }

  @Test func everythingUnderlined() {
    let source = SourceFile(name: "net.nn", text: String(repeating: "é", count: 100_000))
    let whole = Diagnostic("N0000", "wrong", at: SourceSpan(0, 200_000), label: "all")
    #expect(render([whole], in: source, as: .human(colour: false)).utf8.count < 2000)
  }

  @Test func farLabelsHaveTheirOwnExcerpts() {
    let marked = Marked("«ab»" + String(repeating: " ", count: 100_000) + "«cd»")
    let text = marked.rendered(["first", "second"])
    #expect(text.utf8.count < 2000)
    #expect(text.contains("^^ first"))
    #expect(text.contains("-- second"))
  }

  /// A thousand places on one line cost little more than one.
  @Test func manyPlaces() {
    let text = String(repeating: "漢字 ab ", count: 50_000)
    let source = SourceFile(name: "net.nn", text: text)
    let step = text.utf8.count / 1000
    let diagnostics = (0..<1000).map {
      Diagnostic("N0000", "wrong", at: SourceSpan($0 * step, $0 * step + 1))
    }
    #expect(render(diagnostics, in: source, as: .gcc).split(separator: "\n").count == 1000)
    #expect(render(diagnostics, in: source, as: .json).split(separator: "\n").count == 1000)
  }
}
