/// What each action does.
extension EditorState {
  mutating func perform(_ action: EditAction) -> Effect {
    switch action {
    case .accept: return accept()
    case .newline: buffer.insert("\n")
    case .cancel: return .cancel
    case .deleteOrEnd: return buffer.isEmpty ? .end : perform(.delete)
    case .complete: return complete()
    case .search: search = HistorySearch(original: buffer)
    case .suspend: return .suspend
    case .clear: return .clear
    case .ignore: break
    case .left: return move(to: buffer.cursor - 1)
    case .right: return move(to: buffer.cursor + 1)
    case .wordLeft: return move(to: buffer.wordStart)
    case .wordRight: return move(to: buffer.wordEnd)
    case .lineStart: buffer.move(to: buffer.lineStart)
    case .lineEnd: buffer.move(to: buffer.lineEnd)
    case .textStart: buffer.move(to: 0)
    case .textEnd: buffer.move(to: buffer.characters.count)
    case .up where !buffer.isOnFirstLine: buffer.moveUp()
    case .down where !buffer.isOnLastLine: buffer.moveDown()
    case .up, .previousEntry: return recall(entryIndex - 1)
    case .down, .nextEntry: return recall(entryIndex + 1)
    case .backspace: return delete(buffer.cursor - 1..<buffer.cursor)
    case .delete: return delete(buffer.cursor..<buffer.cursor + 1)
    case .transpose: return buffer.transpose() ? .redraw : .bell
    case .yank: return yank()
    case .yankPop: return yankPop()
    case .killToEnd: return kill(buffer.cursor..<endToKill, from: .after)
    case .killToStart: return kill(buffer.lineStart..<buffer.cursor, from: .before)
    case .killBlankDelimited:
      return kill(buffer.blankDelimitedStart..<buffer.cursor, from: .before)
    case .killWordLeft: return kill(buffer.wordStart..<buffer.cursor, from: .before)
    case .killWordRight: return kill(buffer.cursor..<buffer.wordEnd, from: .after)
    }
    return .redraw
  }

  private mutating func accept() -> Effect {
    let text = buffer.text
    if isIncomplete(text) {
      buffer.insert("\n")
      return .redraw
    }
    buffer.move(to: buffer.characters.count)
    return .accept(text)
  }

  private mutating func move(to position: Int) -> Effect {
    let before = buffer.cursor
    buffer.move(to: position)
    return buffer.cursor == before ? .bell : .redraw
  }

  private mutating func recall(_ index: Int) -> Effect {
    guard (0...entries.count).contains(index), index != entryIndex else { return .bell }
    show(entry: index)
    return .redraw
  }

  private mutating func delete(_ range: Range<Int>) -> Effect {
    guard range.lowerBound >= 0, range.upperBound <= buffer.characters.count else { return .bell }
    _ = buffer.remove(range)
    return .redraw
  }

  /// At the end of a line that is not the last, the newline itself is cut.
  private var endToKill: Int {
    let end = buffer.lineEnd
    return end == buffer.cursor ? min(end + 1, buffer.characters.count) : end
  }

  private mutating func kill(_ range: Range<Int>, from side: KillRing.Side) -> Effect {
    guard !range.isEmpty else { return .bell }
    killRing.kill(buffer.remove(range), from: side, continuing: lastAction.isKill)
    return .redraw
  }

  private mutating func yank() -> Effect {
    guard let text = killRing.current else { return .bell }
    let start = buffer.cursor
    buffer.insert(text)
    yanked = min(start, buffer.cursor)..<buffer.cursor
    return .redraw
  }

  private mutating func yankPop() -> Effect {
    guard lastAction == .yank || lastAction == .yankPop, let range = yanked else { return .bell }
    killRing.rotate()
    guard let text = killRing.current else { return .bell }
    buffer.replace(range, with: text)
    yanked = min(range.lowerBound, buffer.cursor)..<buffer.cursor
    return .redraw
  }

  private mutating func complete() -> Effect {
    guard let completer else { return .bell }
    let text = buffer.text
    let cursor = text.index(text.startIndex, offsetBy: buffer.cursor)
    let completion = completer(text, cursor)
    let prefix = completion.commonPrefix
    let present = text[completion.range]
    if !completion.candidates.isEmpty, prefix != present, prefix.count >= present.count {
      let head = text[..<completion.range.lowerBound] + prefix
      let tail = text[completion.range.upperBound...]
      buffer.replaceAll(String(head + tail), cursor: head.count)
      return .redraw
    }
    guard completion.candidates.count > 1, lastAction == .complete else { return .bell }
    return .list(completion.candidates)
  }
}

extension EditAction {
  /// Whether it cuts, so that another cut after it continues it.
  fileprivate var isKill: Bool {
    switch self {
    case .killToEnd, .killToStart, .killBlankDelimited, .killWordLeft, .killWordRight: true
    default: false
    }
  }
}
