import NNCDiagnostics
import Testing

/// Lines and columns of places.
struct SourceFileTests {
  /// Texts with the line and column of the offset after `|` in them.
  static let rows: [(text: String, line: Int, column: Int)] = [
    ("|", 1, 1),
    ("abc|", 1, 4),
    ("a\n|b", 2, 1),
    ("a\r\n|b", 2, 1),
    ("a\r|b", 2, 1),
    ("a\n\n\n|", 4, 1),
    ("\r\r\n\n|x", 4, 1),
    ("äö|ü", 1, 3),
    ("e\u{301}|x", 1, 2),
    ("👩‍👩‍👧|x", 1, 2),
    ("漢字|", 1, 3),
    ("\t|x", 1, 2),
    ("\u{FEFF}|x", 1, 1),
    ("\u{FEFF}ab|x", 1, 3),
  ]

  @Test(arguments: rows)
  func locations(text: String, line: Int, column: Int) throws {
    let bytes = Array(text.utf8)
    let bar = try #require(bytes.firstIndex(of: UInt8(ascii: "|")))
    let source = SourceFile(name: "net.nn", text: text.replacing("|", with: ""))
    var locator = SourceLocator(source)
    let found = locator.location(of: bar)
    #expect(found.line == line)
    #expect(found.column == column)
  }

  /// In whatever order places are asked for, on lines long or short, the answers are the same.
  @Test func locatorsRememberRightly() {
    let line = String(repeating: "ab é 漢 👩‍👩‍👧 ", count: 4000)
    let source = SourceFile(name: "net.nn", text: line + "\n" + line)
    var locator = SourceLocator(source)
    let offsets = (0..<60).map { ($0 * 7919 * 131) % source.bytes.count }
    for offset in offsets where source.bytes[offset] < 0x80 {
      let found = locator.location(of: offset)
      let start = Int(source.lineStarts[found.line - 1])
      let before = source.text(of: SourceSpan(start, offset))
      #expect(found.column == before.count + 1)
    }
  }

  @Test func extents() {
    let source = SourceFile(name: "net.nn", text: "ab\r\n\ncd\re")
    let lines = source.lineStarts.indices.map { line in
      let extent = source.extent(ofLine: line)
      return source.text(of: SourceSpan(extent.lowerBound, extent.upperBound))
    }
    #expect(lines == ["ab", "", "cd", "e"])
    #expect(source.text(of: SourceSpan(5, 100)) == "cd\re")
  }
}
