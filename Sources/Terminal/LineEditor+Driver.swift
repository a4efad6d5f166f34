#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The editor on its terminal: waits for keys, lets the state act, draws.
extension LineEditor {
  /// Edits one entry; nil where the terminal cannot be set to raw mode.
  mutating func editEntry() throws(SystemError) -> Entry? {
    guard let mode = RawMode(input: inputNumber, output: output.number) else { return nil }
    defer { mode.leave() }
    state.begin(entries: history.entries)
    screen = Screen()
    try redraw()
    while true {
      switch try keys.next(wake: mode.wake) {
      case .end:
        // A terminal that was hung up takes no last drawing.
        _ = try? finish(.endOfInput)
        return .endOfInput
      case .wake:
        mode.resume()
        try redraw()
      case .key(let key):
        let effect = state.apply(key)
        if effect == .suspend {
          try suspend(mode)
        } else if let entry = try perform(effect) {
          return entry
        }
      }
    }
  }

  private mutating func perform(_ effect: EditorState.Effect) throws(SystemError) -> Entry? {
    switch effect {
    case .redraw:
      if !keys.hasMore { try redraw() }
    case .bell:
      try redraw()
      try send("\u{07}")
    case .clear:
      try send(screen.clear())
      try redraw()
    case .list(let candidates): try list(candidates)
    case .end: return try finish(.endOfInput)
    case .cancel: return try finish(.cancelled, tail: "^C")
    case .suspend: break
    case .accept(let text):
      let entry = try finish(.text(text))
      history.add(text)
      return entry
    }
    return nil
  }

  /// Gives the terminal back, stops as the terminal's own Ctrl-Z would, and goes on from there.
  private mutating func suspend(_ mode: RawMode) throws(SystemError) {
    try send(screen.finish(layout(cursorAtEnd: true)))
    mode.pause()
    kill(0, SIGTSTP)
    mode.resume()
    try redraw()
  }

  private mutating func list(_ candidates: [String]) throws(SystemError) {
    let limit = 200
    let rows = Completion.columns(Array(candidates.prefix(limit)), width: terminal.size.columns)
    var out = screen.finish(layout(cursorAtEnd: true))
    for row in rows { out += row + "\r\n" }
    if candidates.count > limit { out += "… and \(candidates.count - limit) more\r\n" }
    try send(out)
    try redraw()
  }

  private mutating func finish(_ entry: Entry, tail: String = "") throws(SystemError) -> Entry {
    try send(screen.finish(layout(cursorAtEnd: true), tail: tail))
    return entry
  }

  private mutating func redraw() throws(SystemError) {
    try send(screen.draw(layout(), height: terminal.size.rows))
  }

  private func layout(cursorAtEnd: Bool = false) -> ScreenLayout {
    let buffer = state.buffer
    return ScreenLayout(
      prompt: state.search?.prompt ?? prompt,
      continuation: continuation,
      text: StyledPiece.pieces(of: buffer.characters, highlightedBy: highlight),
      cursor: cursorAtEnd ? buffer.characters.count : buffer.cursor,
      columns: terminal.size.columns)
  }

  private func send(_ text: String) throws(SystemError) {
    try output.write(Array(text.utf8))
  }
}
