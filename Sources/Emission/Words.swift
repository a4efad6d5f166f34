/// The identifiers and keywords of code that was written, comments left out: what it calls needs a definition.
///
/// One pass over the text, however many words are asked for.
struct Words {
  private var words: Set<String> = []
  private var isComment = false

  init(_ lines: [String]) { add(lines) }

  /// Whether a word stands anywhere.
  func contains(_ word: String) -> Bool { words.contains(word) }

  /// Takes more code in.
  mutating func add(_ lines: [String]) {
    var word: [UInt8] = []
    for line in lines {
      var line = line
      line.withUTF8 { add($0, &word) }
    }
  }

  /// The words of one line; a comment between `/*` and `*/` may go on from the line before.
  private mutating func add(_ text: UnsafeBufferPointer<UInt8>, _ word: inout [UInt8]) {
    var before: UInt8 = 0
    for byte in text {
      if isComment {
        if before == UInt8(ascii: "*"), byte == UInt8(ascii: "/") { isComment = false }
        before = byte == UInt8(ascii: "/") ? 0 : byte
        continue
      }
      if Self.isLetter(byte) {
        word.append(byte)
      } else {
        end(&word)
        if before == UInt8(ascii: "/") {
          if byte == UInt8(ascii: "/") { return }
          isComment = byte == UInt8(ascii: "*")
        }
      }
      before = isComment ? 0 : byte
    }
    end(&word)
  }

  private mutating func end(_ word: inout [UInt8]) {
    if word.isEmpty { return }
    words.insert(String(decoding: word, as: UTF8.self))
    word.removeAll(keepingCapacity: true)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}
