import NNC
import NNCTraining

/// What a network adds to a text.
struct Continuation {
  let vocabulary: Vocabulary
  let choice: TokenChoice
  /// How many tokens the network sees, and how many it tells apart.
  let steps: Int
  let classes: Int
  /// Whether there are logits for every step, and not for the last alone.
  let isOfSteps: Bool
  /// How many tokens are added.
  let length: Int

  /// Writes them, each as soon as it is chosen and its character is whole.
  func write(
    behind prompt: [Int32], _ console: Console, _ predict: ([Double]) throws -> [Double]
  ) throws {
    var tokens = prompt
    var bytes: [UInt8] = []
    for place in 0..<length {
      let seen = tokens.suffix(steps).map { Double($0) }
      // What comes after the last token has no influence on it in a causal network; elsewhere the text stands at the end.
      let rest = Array(repeating: 0.0, count: steps - seen.count)
      let logits = try predict(isOfSteps ? seen + rest : rest + seen)
      let row = isOfSteps ? seen.count - 1 : 0
      let own = logits[(row * classes)..<(row * classes + vocabulary.count)]
      guard let token = choice.token(own, at: place) else {
        throw Failure.input("the network gives no numbers: its weights hold some that are none")
      }
      bytes += vocabulary.bytes(of: Int32(token), behind: tokens.last)
      tokens.append(Int32(token))
      let whole = Self.wholeCharacters(bytes)
      if whole > 0 {
        try console.write(String(decoding: bytes[..<whole], as: UTF8.self))
        bytes.removeFirst(whole)
      }
    }
    try console.write(String(decoding: bytes, as: UTF8.self) + "\n")
  }

  /// How many of the bytes are not the beginning of a character that may still be completed.
  private static func wholeCharacters(_ bytes: [UInt8]) -> Int {
    for back in 1...4 where back <= bytes.count {
      let byte = bytes[bytes.count - back]
      if byte & 0xC0 == 0x80 { continue }
      let needed = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      return needed > back ? bytes.count - back : bytes.count
    }
    return bytes.count
  }
}
