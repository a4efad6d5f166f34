/// Finds lines and columns of offsets, quickly even on very long lines.
///
/// Columns count characters (grapheme clusters) from 1; a byte-order mark is none. Places counted
/// before are remembered, so that many places on one line cost one pass over it together.
public struct SourceLocator {
  private let source: SourceFile
  private var line = -1
  /// Places on the line with their columns, in order.
  private var known: [(offset: Int, column: Int)] = []

  /// The bytes between remembered places.
  private static let stride = 1 << 14

  /// A locator in `source`.
  public init(_ source: SourceFile) { self.source = source }

  /// The line and the column, both counted from 1, of the byte at `offset`.
  public mutating func location(of offset: Int) -> (line: Int, column: Int) {
    let offset = min(max(offset, 0), source.bytes.count)
    let line = source.line(of: offset)
    if line != self.line {
      let start = Int(source.lineStarts[line])
      let hasMark = start == 0 && source.bytes.starts(with: [0xEF, 0xBB, 0xBF])
      self.line = line
      known = [(hasMark ? 3 : start, 1)]
    }
    while let last = known.last, last.offset + Self.stride < offset {
      let next = boundary(after: last.offset + Self.stride, before: offset)
      known.append((next, last.column + characterCount(last.offset..<next)))
    }
    let place = known[index(before: offset)]
    let column = place.column + (offset > place.offset ? characterCount(place.offset..<offset) : 0)
    return (line + 1, column)
  }

  /// The index of the last remembered place not after `offset`.
  private func index(before offset: Int) -> Int {
    var low = 0
    var high = known.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if known[middle].offset <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The next place, near `start`, at which a character surely begins: between two of ASCII.
  private func boundary(after start: Int, before end: Int) -> Int {
    var i = start
    while i < end, source.bytes[i] >= 0x80 || source.bytes[i - 1] >= 0x80 { i += 1 }
    return i
  }

  /// How many characters these bytes are.
  private func characterCount(_ range: Range<Int>) -> Int {
    let isASCII = source.bytes.withUnsafeBufferPointer { bytes in
      var i = range.lowerBound
      while i < range.upperBound, bytes[i] < 0x80 { i += 1 }
      return i == range.upperBound
    }
    return isASCII ? range.count : String(decoding: source.bytes[range], as: UTF8.self).count
  }
}
