import Testing

@testable import NNCTerminal

@Suite struct EditBufferTests {
  @Test func accentsJoinTheLetterBefore() {
    var buffer = EditBuffer("ab")
    buffer.move(to: 1)
    buffer.insert("\u{301}")
    #expect(buffer.text == "a\u{301}b" && buffer.cursor == 1 && buffer.characters.count == 2)
    buffer.insert("c")
    #expect(buffer.text == "a\u{301}cb" && buffer.cursor == 2)
  }

  @Test func flagsAndFamiliesAreOneCharacter() {
    var buffer = EditBuffer()
    for scalar in "🇫🇷👩‍👧".unicodeScalars { buffer.insert(String(scalar)) }
    #expect(buffer.characters == ["🇫🇷", "👩‍👧"] && buffer.cursor == 2)
    #expect(buffer.remove(1..<2) == "👩‍👧" && buffer.text == "🇫🇷")
  }

  @Test func everyLineEndIsANewline() {
    #expect(EditBuffer("a\r\nb\rc\nd\n\re").text == "a\nb\nc\nd\n\ne")
  }

  @Test func movesByWordsAndLines() {
    var buffer = EditBuffer("let f_1(x) = é2\n\n  x + 日本")
    #expect(buffer.wordStart == 23 && buffer.lineStart == 17)
    buffer.move(to: 17)
    #expect(buffer.wordEnd == 20)
    #expect(buffer.wordStart == 13)
    buffer.move(to: 20)
    buffer.moveUp()
    #expect(buffer.cursor == 16)
    buffer.moveUp()
    #expect(buffer.cursor == 0)
    buffer.moveUp()
    #expect(buffer.cursor == 0 && buffer.isOnFirstLine)
    buffer.move(to: 3)
    buffer.moveDown()
    #expect(buffer.cursor == 16)
  }

  /// Random edits, compared with the same edits of a plain string.
  @Test func agreesWithAString() {
    var random = SplitMix(seed: 2)
    let pieces = ["a", "e", "\u{301}", "日", "👩", "\u{200D}", "🇫", "\n", "x y", "\u{FE0F}", ""]
    for _ in 0..<300 {
      var buffer = EditBuffer()
      for _ in 0..<40 {
        let count = buffer.characters.count
        let low = Int.random(in: 0...count, using: &random)
        let high = Int.random(in: low...min(count, low + 3), using: &random)
        let piece = pieces.randomElement(using: &random)!
        let before = buffer.characters
        buffer.replace(low..<high, with: piece)
        let wanted = String(before[..<low]) + piece + String(before[high...])
        #expect(Array(buffer.text.unicodeScalars) == Array(wanted.unicodeScalars))
        #expect((0...buffer.characters.count).contains(buffer.cursor))
      }
    }
  }
}
