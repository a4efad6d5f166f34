/// The text being edited and the cursor in it, both in characters as a person counts them.
struct EditBuffer: Equatable {
  private(set) var characters: [Character] = []
  private(set) var cursor = 0

  init() {}

  /// A buffer with the cursor at the end of `text`.
  init(_ text: String) {
    replaceAll(text)
  }

  var text: String { String(characters) }
  var isEmpty: Bool { characters.isEmpty }

  /// Replaces everything; the cursor goes to `cursor`, by default the end.
  mutating func replaceAll(_ text: String, cursor: Int? = nil) {
    characters = Array(Self.cleaned(text))
    self.cursor = min(cursor ?? characters.count, characters.count)
  }

  /// Puts `text` at the cursor.
  mutating func insert(_ text: String) {
    replace(cursor..<cursor, with: Self.cleaned(text))
  }

  /// Replaces `range`, and leaves the cursor behind the new text.
  ///
  /// Characters that meet may join (a letter and an accent typed after it), so the neighbours are
  /// split anew; the rest of the buffer is left alone.
  mutating func replace(_ range: Range<Int>, with text: String) {
    let low = max(0, range.lowerBound - 1)
    let high = min(characters.count, range.upperBound + 1)
    let head = String(characters[low..<range.lowerBound]) + text
    let pieces = Array(head + String(characters[range.upperBound..<high]))
    let headCount = head.count
    characters.replaceSubrange(low..<high, with: pieces)
    cursor = low + min(headCount, pieces.count)
  }

  /// Moves the cursor, within the text.
  mutating func move(to position: Int) {
    cursor = max(0, min(position, characters.count))
  }

  /// Takes `range` out, and puts the cursor where it was.
  mutating func remove(_ range: Range<Int>) -> String {
    let removed = String(characters[range])
    replace(range, with: "")
    return removed
  }

  /// `text` with every kind of line end as a newline.
  static func cleaned(_ text: String) -> String {
    guard text.utf8.contains(0x0D) else { return text }
    var scalars = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in text.unicodeScalars {
      if scalar == "\r" {
        scalars.append("\n")
      } else if !(scalar == "\n" && afterReturn) {
        scalars.append(scalar)
      }
      afterReturn = scalar == "\r"
    }
    return String(scalars)
  }
}
