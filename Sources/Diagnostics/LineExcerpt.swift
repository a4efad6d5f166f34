/// A line of source made ready to be shown: tabs expanded, control characters replaced, and a
/// long line cut down to what stands around the labels.
struct LineExcerpt {
  /// What is shown.
  private(set) var text = ""
  /// The offset of each shown character, and the column where it begins; the last entry is the
  /// end.
  private var marks: [(offset: Int, column: Int)] = []

  /// The most columns of an excerpt.
  static let maximumWidth = 140
  /// The bytes around the labels that are looked at.
  private static let reach = 500
  private static let tabWidth = 4

  /// The part of `line` (an extent without its line end) around the offsets of interest.
  init(_ source: SourceFile, line: Range<Int>, around interest: Range<Int>) {
    let bytes = source.bytes
    var low = max(line.lowerBound, min(interest.lowerBound, line.upperBound) - Self.reach)
    var high = min(
      line.upperBound, max(min(interest.upperBound, low + 2 * Self.reach), low) + Self.reach)
    while low > line.lowerBound, bytes[low] & 0xC0 == 0x80 { low -= 1 }
    while high < line.upperBound, bytes[high] & 0xC0 == 0x80 { high += 1 }
    if low == 0, bytes[..<high].starts(with: [0xEF, 0xBB, 0xBF]) { low = 3 }
    let cells = Self.cells(bytes, low..<max(low, high))
    let isCut = low > max(line.lowerBound, 3) || high < line.upperBound
    layOut(cells, from: low, to: max(low, high), line: line, interest: interest, isCut: isCut)
  }

  /// A character, its bytes and its columns.
  private struct Cell {
    var text: String
    var start: Int
    var width: Int
  }

  private static func cells(_ bytes: [UInt8], _ range: Range<Int>) -> [Cell] {
    var cells: [Cell] = []
    var offset = range.lowerBound
    var column = 0
    for character in String(decoding: bytes[range], as: UTF8.self) {
      let isTab = character == "\t"
      let shown = displayed(character)
      let width = isTab ? tabWidth - column % tabWidth : displayWidth(shown)
      let text = isTab ? String(repeating: " ", count: width) : String(shown)
      cells.append(Cell(text: text, start: offset, width: width))
      offset += byteCount(character, bytes, offset)
      column += width
    }
    return cells
  }

  /// How many bytes of the source a decoded character stands for: its own, or of U+FFFD, which may
  /// stand for bytes that are not UTF-8, those that were replaced.
  private static func byteCount(_ character: Character, _ bytes: [UInt8], _ offset: Int) -> Int {
    var count = 0
    for scalar in character.unicodeScalars {
      let start = offset + count
      if scalar == "\u{FFFD}", bytes[start] != 0xEF || !isReplacement(bytes, start) {
        count += replacedLength(bytes, start)
      } else {
        count += UTF8.width(scalar)
      }
    }
    return count
  }

  private static func isReplacement(_ bytes: [UInt8], _ start: Int) -> Bool {
    bytes[start...].starts(with: [0xEF, 0xBF, 0xBD])
  }

  /// The length of the faulty sequence at `start`, as the decoder divides them.
  private static func replacedLength(_ bytes: [UInt8], _ start: Int) -> Int {
    var decoder = Unicode.UTF8.ForwardParser()
    var iterator = bytes[start..<min(start + 4, bytes.count)].makeIterator()
    if case .error(let length) = decoder.parseScalar(from: &iterator) { return length }
    return 1
  }

  /// Chooses which cells to show, and shows them.
  private mutating func layOut(
    _ cells: [Cell], from low: Int, to high: Int, line: Range<Int>, interest: Range<Int>,
    isCut: Bool
  ) {
    let width = cells.reduce(0) { $0 + $1.width }
    var shown = cells[...]
    if isCut || width > Self.maximumWidth {
      let first = cells.firstIndex { $0.start >= interest.lowerBound } ?? cells.count
      var begin = first
      var lead = 0
      while begin > 0, lead + cells[begin - 1].width <= Self.maximumWidth / 3 {
        begin -= 1
        lead += cells[begin].width
      }
      var end = begin
      var total = 0
      while end < cells.count, total + cells[end].width <= Self.maximumWidth {
        total += cells[end].width
        end += 1
      }
      shown = cells[begin..<end]
    }
    let start = shown.first?.start ?? low
    let end = shown.endIndex < cells.count ? cells[shown.endIndex].start : high
    if start > max(line.lowerBound, low == 3 ? 3 : 0) { text = "…" }
    var column = text.isEmpty ? 0 : 1
    for cell in shown {
      marks.append((cell.start, column))
      text += cell.text
      column += cell.width
    }
    marks.append((end, column))
    if end < line.upperBound { text += "…" }
  }

  /// The columns under `span`: from the first character that it touches to the last, at least one.
  func columns(of span: Range<Int>) -> Range<Int> {
    let first = marks.lastIndex { $0.offset <= span.lowerBound } ?? 0
    let low = marks[first].column
    let after = marks[first...].first { $0.offset >= span.upperBound } ?? marks[marks.count - 1]
    return low..<max(after.column, low + 1)
  }
}
