/// An incremental search backwards (Ctrl-R) or forwards (Ctrl-S) through the history.
struct HistorySearch: Equatable {
  /// Which way the search goes.
  enum Direction { case older, newer }

  private(set) var query = ""
  /// The entry found, as an index.
  private(set) var match: Int?
  private(set) var failed = false
  /// The text and cursor from before the search.
  let original: EditBuffer

  init(original: EditBuffer) { self.original = original }

  var prompt: String { "(\(failed ? "no match" : "search")) `\(query)`: " }

  /// Searches on for the same text.
  mutating func next(_ direction: Direction, in entries: [String]) {
    let start = match ?? entries.count
    find(in: entries, direction == .older ? start - 1 : start + 1, direction)
  }

  /// Searches for more; the entry found so far is kept where it still matches.
  mutating func extend(_ text: String, in entries: [String]) {
    query += text
    find(in: entries, match ?? entries.count - 1, .older)
  }

  /// Takes the query's last character back and searches from the newest entry.
  mutating func shorten(in entries: [String]) {
    _ = query.popLast()
    match = nil
    failed = false
    if !query.isEmpty { find(in: entries, entries.count - 1, .older) }
  }

  /// The match with the cursor on what was found; the original text before there is one.
  func buffer(in entries: [String]) -> EditBuffer {
    guard let match else { return original }
    var buffer = EditBuffer(entries[match])
    buffer.move(to: Self.position(of: Array(query), in: buffer.characters) ?? 0)
    return buffer
  }

  private mutating func find(in entries: [String], _ start: Int, _ direction: Direction) {
    guard !query.isEmpty else { return }
    let wanted = Array(query)
    var i = start
    while entries.indices.contains(i) {
      if Self.position(of: wanted, in: Array(entries[i])) != nil {
        match = i
        failed = false
        return
      }
      i += direction == .older ? -1 : 1
    }
    failed = true
  }

  private static func position(of wanted: [Character], in text: [Character]) -> Int? {
    guard !wanted.isEmpty, wanted.count <= text.count else { return nil }
    return (0...text.count - wanted.count).first {
      text[$0..<$0 + wanted.count].elementsEqual(wanted)
    }
  }
}
