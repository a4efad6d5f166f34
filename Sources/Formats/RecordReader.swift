/// Reads the records of a delimited text one after another: CSV as RFC 4180 describes it, or with tabs or semicolons.
///
/// Fields may stand in double quotes, a quote inside being doubled; such a field may hold delimiters and line ends.
/// Lines end with LF or CRLF; blank lines do not count. A record lies in memory as a whole, at most 64 MiB, and its
/// fields where they were read, a quoted one without its quotes.
public struct RecordReader: ~Copyable {
  /// The byte between fields.
  public let delimiter: UInt8
  /// The line on which the next record begins, counted from 1.
  public private(set) var nextLine: Int
  /// The line on which the present record begins, counted from 1.
  public private(set) var line = 0
  /// How many fields the present record has.
  public private(set) var fieldCount = 0
  /// Where each of them begins and ends in the block.
  private var bounds: UnsafeMutableBufferPointer<(start: Int, end: Int)>

  private let source: ByteSource
  /// A part of the source, of which `filled` bytes are read; `place` is where the next record begins.
  private var block: UnsafeMutableBufferPointer<UInt8>
  private var blockStart: Int
  private var filled = 0
  private var place = 0

  static let longestRecord = 1 << 26

  /// Reads from a place, which must be where a record begins.
  public init(
    _ source: ByteSource, delimiter: UInt8, offset: Int, line: Int, blockSize: Int = 1 << 18
  ) {
    self.source = source
    self.delimiter = delimiter
    block = .allocate(capacity: blockSize)
    block.initialize(repeating: 0)
    bounds = .allocate(capacity: 64)
    blockStart = offset
    nextLine = line
  }

  deinit {
    block.deallocate()
    bounds.deallocate()
  }

  /// Where the next record begins.
  public var offset: Int { blockStart + place }

  /// Calls `body` with a field's bytes.
  public func withField<Result>(
    _ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    body(bytes(index))
  }

  /// What a field that should be a number is.
  public func number(_ index: Int) -> DecimalNumber { DecimalNumber(bytes(index)) }

  /// A field's text, without blanks around it.
  public func field(_ index: Int) -> String {
    let bytes = bytes(index)
    var (low, high) = (0, bytes.count)
    while low < high, bytes[low] == 0x20 || bytes[low] == 0x09 { low += 1 }
    while high > low, bytes[high - 1] == 0x20 || bytes[high - 1] == 0x09 { high -= 1 }
    return String(decoding: bytes[low..<high], as: UTF8.self)
  }

  /// All fields' texts.
  public var fields: [String] { (0..<fieldCount).map { field($0) } }

  private func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    precondition(index >= 0 && index < fieldCount)
    let (start, end) = bounds[index]
    return UnsafeBufferPointer(start: block.baseAddress! + start, count: end - start)
  }

  /// Goes on to the next record; false at the end.
  public mutating func next() throws(FileFailure) -> Bool {
    while true {
      line = nextLine
      switch try scan() {
      case .record:
        let isBlank = fieldCount == 1 && bytes(0).allSatisfy { $0 == 0x20 || $0 == 0x09 }
        if !isBlank { return true }
      case .cut: try refill()
      case .nothing: return false
      }
    }
  }

  /// What lies at the beginning of the unread part of a block.
  private enum Scan {
    /// A record, whose fields are known.
    case record
    /// The beginning of a record that goes on behind the block.
    case cut
    /// Nothing, since the source is over.
    case nothing
  }

  /// Reads up to the end of the line that ends the record, if that lies in the block.
  private mutating func scan() throws(FileFailure) -> Scan {
    fieldCount = 0
    let isLast = blockStart + filled == source.count
    let bytes = block.baseAddress!
    let (delimiter, filled) = (delimiter, filled)
    var at = place
    var lines = 0
    if at == filled { return isLast ? .nothing : .cut }
    while true {
      if at < filled, bytes[at] == 0x22 {
        guard let end = try unquote(from: at, isLast: isLast, &lines) else { return .cut }
        at = end
        if at == filled, !isLast { return .cut }
      } else {
        let start = at
        while at < filled {
          let byte = bytes[at]
          if byte == delimiter || byte == 0x0A { break }
          at += 1
        }
        if at == filled, !isLast { return .cut }
        let isEndOfLine = at == filled || bytes[at] == 0x0A
        add(start, isEndOfLine && at > start && bytes[at - 1] == 0x0D ? at - 1 : at)
      }
      if at < filled, bytes[at] == delimiter, delimiter != 0x0A {
        at += 1
        continue
      }
      place = min(at + 1, filled)
      nextLine += lines + 1
      return .record
    }
  }

  @inline(__always)
  private mutating func add(_ start: Int, _ end: Int) {
    if fieldCount == bounds.count { widen() }
    bounds[fieldCount] = (start, end)
    fieldCount += 1
  }

  private mutating func widen() {
    let wider = UnsafeMutableBufferPointer<(start: Int, end: Int)>.allocate(
      capacity: bounds.count * 2)
    _ = wider.moveInitialize(fromContentsOf: bounds)
    bounds.deallocate()
    bounds = wider
  }

  /// Takes the quotes off a field and answers where the delimiter or the line's end behind it stands; nil if that is
  /// not in the block.
  private mutating func unquote(
    from start: Int, isLast: Bool, _ lines: inout Int
  ) throws(FileFailure) -> Int? {
    let bytes = block.baseAddress!
    var at = start + 1
    var end = start
    while true {
      if at == filled {
        if isLast { throw failure("a quote is opened but not closed") }
        return nil
      }
      if bytes[at] == 0x22 {
        if at + 1 == filled, !isLast { return nil }
        guard at + 1 < filled, bytes[at + 1] == 0x22 else { break }
        at += 1
      } else if bytes[at] == 0x0A {
        lines += 1
      }
      bytes[end] = bytes[at]
      end += 1
      at += 1
    }
    add(start, end)
    at += 1
    while at < filled, bytes[at] != delimiter, bytes[at] != 0x0A {
      guard bytes[at] == 0x0D || bytes[at] == 0x20 || bytes[at] == 0x09 else {
        throw failure("field \(fieldCount) goes on behind its closing quote")
      }
      at += 1
    }
    return at
  }

  /// Reads a block that begins with the next record, larger than the one before if that is all it held.
  private mutating func refill() throws(FileFailure) {
    if place == 0, filled == block.count {
      if block.count > Self.longestRecord {
        throw failure("a record is longer than 64 MiB; is this a table of text?")
      }
      let size = block.count * 2
      block.deallocate()
      block = .allocate(capacity: size)
      block.initialize(repeating: 0)
    }
    blockStart += place
    place = 0
    filled = min(block.count, source.count - blockStart)
    try source.read(
      at: blockStart, into: .init(rebasing: UnsafeMutableRawBufferPointer(block)[..<filled]))
  }

  private func failure(_ what: String) -> FileFailure { .wrong("\(source.name):\(line): \(what)") }
}
