import Testing

@testable import NNCTerminal

@Suite struct ScreenLayoutTests {
  private func layout(
    _ text: String, cursor: Int, columns: Int, highlight: ((String) -> String)? = nil
  ) -> ScreenLayout {
    ScreenLayout(
      prompt: "> ", continuation: ". ",
      text: StyledPiece.pieces(of: Array(text), highlightedBy: highlight), cursor: cursor,
      columns: columns)
  }

  @Test func wrapsAndContinues() {
    let wrapped = layout("abcdef\ngh", cursor: 6, columns: 6)
    #expect(wrapped.rows == ["> abcd", "ef", ". gh"])
    #expect(wrapped.cursorRow == 1 && wrapped.cursorColumn == 2)
  }

  @Test func aFullRowIsFollowedByAnother() {
    let full = layout("abcd", cursor: 4, columns: 6)
    #expect(full.rows == ["> abcd", ""] && full.endsInEmptyRow)
    #expect(full.cursorRow == 1 && full.cursorColumn == 0)
  }

  @Test func controlCharactersNeverReachTheTerminal() {
    #expect(layout("\u{1B}[2J\u{7F}\u{9B}", cursor: 0, columns: 40).rows == ["> ^[[2J^?^["])
  }

  @Test func stylesTakeNoCellsAndEndWithTheirRow() {
    let red = layout("abcdef", cursor: 1, columns: 6) { "\u{1B}[31m\($0)\u{1B}[0m" }
    #expect(red.rows == ["> \u{1B}[31mabcd\u{1B}[0m", "\u{1B}[31mef\u{1B}[0m"])
    #expect(red.cursorRow == 0 && red.cursorColumn == 3)
  }

  @Test func aHighlighterCannotChangeTheText() {
    #expect(layout("abc", cursor: 0, columns: 40) { $0 + "!" }.rows == ["> abc"])
  }

  /// Draws random texts over each other on an emulated terminal, whose cells must agree.
  @Test func drawsWhatItSays() {
    var random = SplitMix(seed: 3)
    let pieces: [Character] = ["a", "b", "é", "e\u{301}", "日", "語", "👩🏽‍🔬", "👍", "\n", " ", "\t", "_"]
    for _ in 0..<200 {
      let columns = Int.random(in: 4...20, using: &random)
      var screen = Screen()
      var emulator = ScreenEmulator(columns: columns, rows: 80)
      for _ in 0..<8 {
        let text = (0..<Int.random(in: 0...30, using: &random)).map { _ in
          pieces.randomElement(using: &random)!
        }
        let cursor = Int.random(in: 0...text.count, using: &random)
        let layout = layout(String(text), cursor: cursor, columns: columns)
        emulator.feed(screen.draw(layout, height: 80).utf8)
        #expect(emulator.text == trimmed(layout.rows))
        let under = cursor < text.count ? text[cursor] : "\n"
        let blank = under.isWhitespace
        #expect(emulator.cellAtCursor == (blank ? " " : String(under)))
        #expect(emulator.row == layout.cursorRow && emulator.unknown == [])
      }
    }
  }

  private func trimmed(_ rows: [String]) -> [String] {
    var rows = rows.map { row in
      var row = row
      while row.last == " " { row.removeLast() }
      return row
    }
    while rows.last == "" { rows.removeLast() }
    return rows
  }
}
