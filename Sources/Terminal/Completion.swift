/// What may stand in place of a part of the text.
public struct Completion: Sendable {
  /// The part that a candidate replaces.
  public var range: Range<String.Index>
  /// The candidates, each a whole replacement of `range`, in the order they are to be listed.
  public var candidates: [String]

  /// `candidates` for `range` of the text.
  public init(range: Range<String.Index>, candidates: [String]) {
    self.range = range
    self.candidates = candidates
  }

  /// What all candidates begin with.
  var commonPrefix: String {
    guard var prefix = candidates.first.map({ $0[...] }) else { return "" }
    for candidate in candidates.dropFirst() {
      let shared = zip(prefix, candidate).prefix { $0 == $1 }.count
      prefix = prefix.prefix(shared)
    }
    return String(prefix)
  }

  /// `candidates` in columns, read downwards, no row wider than `width` if it can be helped.
  static func columns(_ candidates: [String], width: Int) -> [String] {
    let cell = (candidates.map { displayWidth($0) }.max() ?? 0) + 2
    let across = max(1, (width + 1) / cell)
    let down = (candidates.count + across - 1) / across
    return (0..<down).map { row in
      var line = ""
      var gap = 0
      for index in stride(from: row, to: candidates.count, by: down) {
        line += String(repeating: " ", count: gap) + candidates[index]
        gap = cell - displayWidth(candidates[index])
      }
      return line
    }
  }
}
