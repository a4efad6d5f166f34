/// Prompt and text broken into the rows of a screen, and where the cursor stands among them.
///
/// A character that no longer fits its row starts the next one. A row that is exactly full is
/// followed by another, so the cursor always has a cell of its own. Each row is complete: it opens
/// with the style in force and ends by resetting it.
struct ScreenLayout: Equatable {
  private(set) var rows: [String] = []
  private(set) var cursorRow = 0
  private(set) var cursorColumn = 0
  /// Whether the last row is there only because the one before is full.
  private(set) var endsInEmptyRow = false

  private let columns: Int
  private var row = ""
  private var column = 0
  private var style = ""

  /// Lays out `text` after `prompt`, later lines after `continuation`; `cursor` counts characters.
  init(
    prompt: String, continuation: String, text: [StyledPiece], cursor: Int, columns: Int
  ) {
    self.columns = max(columns, 2)
    append(prompt: prompt)
    var index = 0
    for piece in text {
      guard case .character(let character) = piece else {
        append(piece)
        continue
      }
      if character == "\n" {
        wrap(before: 1)
        if index == cursor { markCursor() }
        endRow()
        append(prompt: continuation)
      } else {
        wrap(before: cells(of: character))
        if index == cursor { markCursor() }
        append(piece)
      }
      index += 1
    }
    let full = rows.count
    wrap(before: 1)
    endsInEmptyRow = rows.count > full
    if index <= cursor { markCursor() }
    endRow()
  }

  private mutating func append(prompt: String) {
    let outer = style
    if !outer.isEmpty { append(.style("\u{1B}[0m")) }
    for piece in StyledPiece.pieces(of: prompt) {
      if case .character(let character) = piece { wrap(before: cells(of: character)) }
      append(piece)
    }
    if !style.isEmpty { append(.style("\u{1B}[0m")) }
    if !outer.isEmpty { append(.style(outer)) }
  }

  private mutating func append(_ piece: StyledPiece) {
    switch piece {
    case .style(let sequence):
      row += sequence
      let resets = sequence == "\u{1B}[0m" || sequence == "\u{1B}[m"
      style = resets ? "" : style + sequence
    case .character(let character):
      row += shown(character)
      column += cells(of: character)
    }
  }

  private mutating func wrap(before cells: Int) {
    guard cells > 0, column + cells > columns else { return }
    endRow()
    row = style
  }

  private mutating func endRow() {
    rows.append(style.isEmpty ? row : row + "\u{1B}[0m")
    row = ""
    column = 0
  }

  private mutating func markCursor() {
    cursorRow = rows.count
    cursorColumn = column
  }

  private func cells(of character: Character) -> Int {
    character == "\t" ? min(8 - column % 8, columns) : displayWidth(of: character)
  }

  /// What is sent for `character`: control characters must never reach the terminal.
  private func shown(_ character: Character) -> String {
    if character == "\t" { return String(repeating: " ", count: cells(of: character)) }
    guard let value = character.unicodeScalars.first?.value else { return "" }
    if character.unicodeScalars.count == 1 || value < 0x20 {
      if value < 0x20 || value == 0x7F {
        return "^" + String(Unicode.Scalar(UInt8(value) ^ 0x40))
      }
      if (0x80...0x9F).contains(value) {
        return "^" + String(Unicode.Scalar(UInt8(value) - 0x40))
      }
    }
    return String(character)
  }
}
