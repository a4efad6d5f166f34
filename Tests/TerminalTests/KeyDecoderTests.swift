import Testing

@testable import NNCTerminal

@Suite struct KeyDecoderTests {
  static let rows: [(bytes: String, keys: [Key])] = [
    ("ab", [.text("a"), .text("b")]), ("é日👩", [.text("é"), .text("日"), .text("👩")]),
    ("\r\n\t\u{7F}", [.enter, .enter, .tab, .backspace]),
    ("\u{01}\u{08}\u{1A}\u{1F}", [.control("a"), .control("h"), .control("z"), .control("_")]),
    ("\u{1B}[A\u{1B}[B\u{1B}[C\u{1B}[D", [.up, .down, .right, .left]),
    ("\u{1B}OA\u{1B}OH\u{1B}OF", [.up, .home, .end]),
    (
      "\u{1B}[H\u{1B}[F\u{1B}[1~\u{1B}[4~\u{1B}[7~\u{1B}[8~",
      [.home, .end, .home, .end, .home, .end]
    ),
    ("\u{1B}[3~\u{1B}[5~\u{1B}[6~\u{1B}[Z", [.delete, .pageUp, .pageDown, .backTab]),
    ("\u{1B}b\u{1B}f\u{1B}d", [.alt("b"), .alt("f"), .alt("d")]),
    ("\u{1B}\u{7F}\u{1B}\r", [.deleteWordLeft, .alt("\n")]),
    ("\u{1B}[1;5C\u{1B}[1;5D\u{1B}[1;3C\u{1B}[5D", [.wordRight, .wordLeft, .wordRight, .wordLeft]),
    ("\u{1B}[1;2D\u{1B}\u{1B}[D\u{1B}[3;5~", [.left, .wordLeft, .deleteWordRight]),
    ("\u{1B}[200~a\r\n\u{1B}[Ab\u{1B}[201~c", [.paste("a\n\u{1B}[Ab"), .text("c")]),
    (
      "\u{1B}[[Ax\u{1B}[24;80Rx\u{1B}OPx",
      [.unknown, .text("x"), .unknown, .text("x"), .unknown, .text("x")]
    ),
    ("\u{1B}[1\u{1B}[Ax", [.unknown, .up, .text("x")]),
  ]

  @Test(arguments: rows.indices) func decodes(_ index: Int) {
    let row = Self.rows[index]
    var whole = KeyDecoder()
    #expect(whole.decode(row.bytes.utf8) == row.keys)
    #expect(!whole.isInsideSequence)
    var single = KeyDecoder()
    #expect(row.bytes.utf8.flatMap { single.decode([$0]) } == row.keys)
  }

  @Test func malformedTextIsReplaced() {
    var decoder = KeyDecoder()
    #expect(decoder.decode([0xFF, 0x61]) == [.text("\u{FFFD}"), .text("a")])
    #expect(decoder.decode([0xE6, 0x97, 0x61]) == [.text("\u{FFFD}"), .text("a")])
    #expect(decoder.decode([0xC3, 0x1B, 0x5B, 0x41]) == [.text("\u{FFFD}"), .up])
  }

  @Test func loneEscapeNeedsAFlush() {
    var decoder = KeyDecoder()
    #expect(decoder.decode([0x1B]) == [])
    #expect(decoder.isInsideSequence)
    #expect(decoder.flush() == [.escape])
    #expect(!decoder.isInsideSequence)
    #expect(decoder.decode([0x61]) == [.text("a")])
  }

  @Test func recoversFromAnyBytes() {
    var random = SplitMix(seed: 1)
    for _ in 0..<2000 {
      var decoder = KeyDecoder()
      _ = decoder.decode((0..<40).map { _ in UInt8.random(in: 0...255, using: &random) })
      _ = decoder.flush()
      #expect(decoder.decode([0x61]) == [.text("a")])
    }
  }
}

/// A random generator with a seed, so that failures repeat.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
