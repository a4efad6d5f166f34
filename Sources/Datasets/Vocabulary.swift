/// The names that whole numbers stand for in a text: bytes, characters or words.
public struct Vocabulary: Hashable, Sendable {
  /// What a token is.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A byte of UTF-8: its number.
    case bytes
    /// A Unicode scalar; they are sorted.
    case characters
    /// A word, a number, a line end or a sign of its own; the commonest first, behind what stands for all others.
    case words
  }

  /// What a token is.
  public let kind: Kind
  /// The tokens in the order of their numbers; empty of bytes.
  public let entries: [String]
  private let numbers: [String: Int32]

  /// What stands for words that are not in a vocabulary.
  public static let unknown = "<unknown>"
  /// How many different bytes there are.
  static let bytes = 256

  /// A vocabulary of these tokens; bytes need none.
  public init(_ kind: Kind, entries: [String] = []) {
    self.kind = kind
    self.entries = entries
    numbers = Dictionary(
      entries.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
  }

  /// The vocabulary of a text.
  ///
  /// - Parameter most: how many tokens there may be; of more words the commonest are kept.
  public init(_ kind: Kind, of text: [UInt8], most: Int) {
    switch kind {
    case .bytes: self.init(.bytes)
    case .characters:
      let scalars = Set(String(decoding: text, as: UTF8.self).unicodeScalars)
      self.init(.characters, entries: scalars.sorted().map { String($0) })
    case .words:
      var counts: [String: Int] = [:]
      Self.forEachWord(of: text) { counts[$0, default: 0] += 1 }
      // Equally common words are sorted, so that the numbers follow from the text alone.
      let ordered = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      self.init(
        .words, entries: [Self.unknown] + ordered.prefix(max(0, most - 1)).map(\.key))
    }
  }

  /// How many tokens there are.
  public var count: Int { kind == .bytes ? Self.bytes : entries.count }

  /// The tokens of a text; of a character that is not in the vocabulary its place in the text, counted from 0 in bytes.
  public func tokens(of text: [UInt8]) -> (tokens: [Int32], unknown: (text: String, place: Int)?) {
    var result: [Int32] = []
    result.reserveCapacity(text.count)
    switch kind {
    case .bytes: result = text.map { Int32($0) }
    case .characters:
      var place = 0
      for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
        guard let number = numbers[String(scalar)] else {
          return (result, (String(scalar), place))
        }
        result.append(number)
        place += scalar.utf8.count
      }
    case .words: Self.forEachWord(of: text) { result.append(numbers[$0] ?? 0) }
    }
    return (result, nil)
  }

  /// The bytes of a token, behind another or at the beginning.
  public func bytes(of token: Int32, behind last: Int32?) -> [UInt8] {
    switch kind {
    case .bytes: return [UInt8(truncatingIfNeeded: token)]
    case .characters: return Array(entries[Int(token)].utf8)
    case .words:
      let word = entries[Int(token)]
      let before = last.map { entries[Int($0)] } ?? "\n"
      let isApart = before != "\n" && word != "\n" && !Self.standsClose(word)
      return Array(((isApart ? " " : "") + word).utf8)
    }
  }

  /// Whether a sign follows upon a word without a blank.
  private static func standsClose(_ word: String) -> Bool {
    guard let first = word.unicodeScalars.first, word.unicodeScalars.count == 1 else {
      return false
    }
    return ".,;:!?)]}'’”%".unicodeScalars.contains(first)
  }

  /// Goes through words: runs of letters and digits with apostrophes inside, line ends, and signs, each of its own.
  private static func forEachWord(of text: [UInt8], _ body: (String) -> Void) {
    var word = String.UnicodeScalarView()
    func end() {
      if word.isEmpty { return }
      body(String(word))
      word = .init()
    }
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      let properties = scalar.properties
      if properties.isAlphabetic || properties.numericType != nil
        || (scalar == "'" || scalar == "’") && !word.isEmpty
      {
        word.append(scalar)
        continue
      }
      end()
      if scalar == "\n" || !properties.isWhitespace { body(String(scalar)) }
    }
    end()
  }
}
