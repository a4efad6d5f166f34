/// What a user has put below each other on several lines, which the formatter keeps so.
///
/// The k-th key of a line makes a column with the k-th keys of the lines above and below where they begin at the same
/// place of the source; lines without keys may stand between, empty ones may not. So do comments. In the output the
/// column stands as far to the left as its longest line lets it, behind as many blanks as the source has there, but no
/// more than two. What is in no column gets the fewest blanks.
struct Columns {
  /// A place before which there may be more blanks than one.
  struct Place {
    /// Where it stands on its line of the source.
    var column: Int
    /// How many blanks stand before it in the source.
    var gap: Int
    /// Where what stands before it ends on the line of the output, all gaps of the line being the least.
    var end: Int
    /// The fewest blanks before it.
    var least: Int
    /// Whether it is a comment.
    var isComment: Bool
  }

  /// The most blanks before the longest line of a column.
  static let widest = 2

  private var places: [Place] = []
  /// The indices of places that make a column if their places of the source are the same: the k-th of each line of a
  /// paragraph, -1 for comments.
  private var candidates: [Int: [[Int]]] = [:]
  /// The line of each place.
  private var lines: [Int] = []
  private var line = 0
  private var number = 0
  /// The first line of the current paragraph.
  private var paragraph = 0
  /// The blanks before each place, once they are known.
  private var counts: [Int]?
  private var next = 0

  /// A new line of the output, behind an empty one or not.
  mutating func startLine(isApart: Bool) {
    line += 1
    number = 0
    if isApart { paragraph = line }
  }

  /// How many blanks stand before the next place. While they are not known it is taken down.
  mutating func blanks(before place: Place) -> Int {
    if let counts {
      next += 1
      return counts[next - 1]
    }
    let key = place.isComment ? -1 : number
    if !place.isComment { number += 1 }
    let last = candidates[key]?.last?.last
    if let last, lines[last] >= paragraph, lines[last] < line, places[last].column == place.column {
      candidates[key]![candidates[key]!.count - 1].append(places.count)
    } else {
      candidates[key, default: []].append([places.count])
    }
    places.append(place)
    lines.append(line)
    return place.least
  }

  /// Finds the blanks before each place, from the first keys of lines to the last and to the comments.
  mutating func align() {
    var counts = places.map(\.least)
    // By how much each line has grown so far.
    var growth = [Int](repeating: 0, count: line + 1)
    let order = candidates.keys.filter { $0 >= 0 }.sorted() + [-1]
    for key in order {
      for column in candidates[key] ?? [] where column.count > 1 {
        let gap = column.map { max(places[$0].least, min(places[$0].gap, Self.widest)) }.min()!
        let start = column.map { places[$0].end + growth[lines[$0]] + gap }.max()!
        for index in column {
          counts[index] = start - places[index].end - growth[lines[index]]
          growth[lines[index]] += counts[index] - places[index].least
        }
      }
    }
    self.counts = counts
    next = 0
  }
}
