/// What the editor has drawn, so that it can draw over it.
struct Screen {
  /// The cursor's row, counted from the first row drawn.
  private var cursorRow = 0

  /// The sequence that replaces what was drawn by `layout`.
  ///
  /// Of a layout higher than the screen only the part around the cursor is drawn, since rows
  /// scrolled off cannot be reached again.
  mutating func draw(_ layout: ScreenLayout, height: Int) -> String {
    let height = max(height, 1)
    let top = max(0, layout.cursorRow - height + 1)
    let shown = layout.rows[top..<min(layout.rows.count, top + height)]
    var out = erase() + shown.joined(separator: "\r\n")
    cursorRow = layout.cursorRow - top
    let up = shown.count - 1 - cursorRow
    if up > 0 { out += "\u{1B}[\(up)A" }
    out += "\r"
    if layout.cursorColumn > 0 { out += "\u{1B}[\(layout.cursorColumn)C" }
    return out
  }

  /// The sequence that draws all of `layout` for good, then `tail`, and starts a new row.
  mutating func finish(_ layout: ScreenLayout, tail: String = "") -> String {
    var rows = layout.rows
    if layout.endsInEmptyRow && tail.isEmpty { rows.removeLast() }
    let out = erase() + rows.joined(separator: "\r\n") + tail + "\r\n"
    cursorRow = 0
    return out
  }

  /// The sequence that clears the whole screen.
  mutating func clear() -> String {
    cursorRow = 0
    return "\u{1B}[H\u{1B}[2J"
  }

  private func erase() -> String {
    (cursorRow > 0 ? "\u{1B}[\(cursorRow)A" : "") + "\r\u{1B}[J"
  }
}
