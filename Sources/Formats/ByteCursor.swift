/// Goes through bytes of a source one after another.
struct ByteCursor: Sendable {
  /// The source.
  let source: ByteSource
  /// Where the bytes end.
  let end: Int
  private var block: [UInt8] = []
  private var blockStart: Int
  private var place = 0

  /// Begins at the start of a range.
  init(_ source: ByteSource, _ range: Range<Int>) {
    self.source = source
    end = range.upperBound
    blockStart = range.lowerBound
  }

  /// Where the next byte lies in the source.
  var offset: Int { blockStart + place }

  /// The next byte; nil at the end.
  mutating func next() throws(FileFailure) -> UInt8? {
    if place == block.count {
      blockStart += block.count
      place = 0
      block = try source.bytes(blockStart..<min(end, blockStart + 1 << 16))
      if block.isEmpty { return nil }
    }
    place += 1
    return block[place - 1]
  }

  /// Goes back over bytes that were read.
  mutating func back(_ count: Int) {
    if count <= place {
      place -= count
    } else {
      blockStart = offset - count
      block = []
      place = 0
    }
  }

  /// Goes on to a place.
  mutating func seek(_ offset: Int) {
    blockStart = offset
    block = []
    place = 0
  }
}
