/// A piece of text as it goes to the screen: a character, or a change of style that takes no cell.
enum StyledPiece: Equatable {
  case character(Character)
  case style(String)

  var width: Int {
    if case .character(let character) = self { return displayWidth(of: character) }
    return 0
  }

  /// Splits `text` into characters and `ESC [ … m` sequences.
  static func pieces(of text: String) -> [StyledPiece] {
    guard text.utf8.contains(0x1B) else { return text.map { .character($0) } }
    let characters = Array(text)
    var pieces: [StyledPiece] = []
    var i = 0
    while i < characters.count {
      if let end = styleEnd(characters, from: i) {
        pieces.append(.style(String(characters[i..<end])))
        i = end
      } else {
        pieces.append(.character(characters[i]))
        i += 1
      }
    }
    return pieces
  }

  /// The pieces of `characters` as `highlight` styles them.
  ///
  /// Where the highlighted text is not the same text with styles between, the styles are dropped:
  /// a highlighter must not change what the user sees. Text with escapes of its own stays plain.
  static func pieces(
    of characters: [Character], highlightedBy highlight: ((String) -> String)?
  ) -> [StyledPiece] {
    let plain = characters.map { StyledPiece.character($0) }
    guard let highlight, !characters.contains("\u{1B}") else { return plain }
    let styled = pieces(of: highlight(String(characters)))
    let same = styled.lazy.filter { if case .character = $0 { true } else { false } }
    return same.elementsEqual(plain) ? styled : plain
  }

  private static func styleEnd(_ characters: [Character], from start: Int) -> Int? {
    guard characters[start] == "\u{1B}", start + 1 < characters.count, characters[start + 1] == "["
    else { return nil }
    var i = start + 2
    while i < characters.count, characters[i].isASCII, "0123456789;:".contains(characters[i]) {
      i += 1
    }
    return i < characters.count && characters[i] == "m" ? i + 1 : nil
  }
}
