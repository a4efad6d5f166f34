/// Places in the text that keys move to.
extension EditBuffer {
  /// The start of the cursor's line.
  var lineStart: Int {
    characters[..<cursor].lastIndex(of: "\n").map { $0 + 1 } ?? 0
  }

  /// The end of the cursor's line.
  var lineEnd: Int {
    characters[cursor...].firstIndex(of: "\n") ?? characters.count
  }

  var isOnFirstLine: Bool { lineStart == 0 }
  var isOnLastLine: Bool { lineEnd == characters.count }

  /// The start of the word at or before the cursor.
  var wordStart: Int {
    var i = cursor
    while i > 0, !Self.isWord(characters[i - 1]) { i -= 1 }
    while i > 0, Self.isWord(characters[i - 1]) { i -= 1 }
    return i
  }

  /// The end of the word at or after the cursor.
  var wordEnd: Int {
    var i = cursor
    while i < characters.count, !Self.isWord(characters[i]) { i += 1 }
    while i < characters.count, Self.isWord(characters[i]) { i += 1 }
    return i
  }

  /// The start of what stands before the cursor up to white space.
  var blankDelimitedStart: Int {
    var i = cursor
    while i > 0, characters[i - 1].isWhitespace { i -= 1 }
    while i > 0, !characters[i - 1].isWhitespace { i -= 1 }
    return i
  }

  /// Moves up a line, keeping the column where the line is long enough.
  mutating func moveUp() {
    let column = cursor - lineStart
    guard !isOnFirstLine else { return }
    move(to: lineStart - 1)
    move(to: min(lineStart + column, lineEnd))
  }

  /// Moves down a line, keeping the column where the line is long enough.
  mutating func moveDown() {
    let column = cursor - lineStart
    guard !isOnLastLine else { return }
    move(to: lineEnd + 1)
    move(to: min(cursor + column, lineEnd))
  }

  /// Swaps the characters around the cursor, at the end of a line the two before it.
  ///
  /// Answers false where there are no two characters on the line to swap.
  mutating func transpose() -> Bool {
    let second = cursor == lineEnd ? cursor - 1 : cursor
    guard second - 1 >= lineStart else { return false }
    let swapped = String(characters[second]) + String(characters[second - 1])
    replace(second - 1..<second + 1, with: swapped)
    return true
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }
}
