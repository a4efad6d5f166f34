/// Reads the records of a delimited text one after another: CSV as RFC 4180 describes it, or with tabs or semicolons.
///
/// Fields may stand in double quotes, a quote inside being doubled; such a field may hold delimiters and line ends.
/// Lines end with LF or CRLF; blank lines do not count. Memory is bounded by the longest record, at most 64 MiB.
public struct RecordReader: ~Copyable {
  /// The byte between fields.
  public let delimiter: UInt8
  /// Where the next record begins.
  public private(set) var offset: Int
  /// The line on which the next record begins, counted from 1.
  public private(set) var nextLine: Int
  /// The line on which the present record begins, counted from 1.
  public private(set) var line = 0
  /// The present record's fields without their quotes, one after another.
  private var text: [UInt8] = []
  /// Where each field ends in `text`.
  private var ends: [Int] = []

  private let source: ByteSource
  private let blockSize: Int
  private var block: [UInt8] = []
  private var place = 0
  private var blockStart: Int

  static let longestRecord = 1 << 26

  /// Reads from a place, which must be where a record begins.
  public init(
    _ source: ByteSource, delimiter: UInt8, offset: Int, line: Int, blockSize: Int = 1 << 16
  ) {
    self.source = source
    self.delimiter = delimiter
    self.offset = offset
    self.blockSize = blockSize
    blockStart = offset
    nextLine = line
  }

  /// How many fields the present record has.
  public var fieldCount: Int { ends.count }

  /// Calls `body` with a field's bytes.
  public func withField<Result>(
    _ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    let start = index == 0 ? 0 : ends[index - 1]
    return text.withUnsafeBufferPointer { body(.init(rebasing: $0[start..<ends[index]])) }
  }

  /// A field's text, without blanks around it.
  public func field(_ index: Int) -> String {
    withField(index) { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
      let body = text.drop(while: isBlank)
      return String(body.prefix(body.count - body.reversed().prefix(while: isBlank).count))
    }
  }

  /// All fields' texts.
  public var fields: [String] { (0..<fieldCount).map { field($0) } }

  /// Goes on to the next record; false at the end.
  public mutating func next() throws(FileFailure) -> Bool {
    while true {
      line = nextLine
      text.removeAll(keepingCapacity: true)
      ends.removeAll(keepingCapacity: true)
      guard try record() else { return false }
      let isBlank = ends.count == 1 && text.allSatisfy { $0 == 0x20 || $0 == 0x09 }
      if !isBlank { return true }
    }
  }

  /// Where the reader stands in a record.
  private enum State {
    /// At the first byte of a field.
    case start
    /// In a field without quotes.
    case plain
    /// Between quotes.
    case quoted
    /// Behind a quote that ended a field or is the first of two.
    case closed
  }

  /// Reads up to the end of the line that ends the record; false where there is nothing.
  private mutating func record() throws(FileFailure) -> Bool {
    var state = State.start
    var isEmpty = true
    while true {
      if place == block.count, try !refill() {
        if isEmpty { return false }
        if state == .quoted { throw failure("a quote is opened but not closed") }
        endLine()
        return true
      }
      let byte = block[place]
      place += 1
      offset += 1
      isEmpty = false
      if byte == 0x0A {
        nextLine += 1
        if state != .quoted {
          endLine()
          return true
        }
      }
      switch state {
      case .start where byte == 0x22: state = .quoted
      case .start, .plain:
        if byte == delimiter {
          ends.append(text.count)
          state = .start
        } else {
          text.append(byte)
          state = .plain
        }
      case .quoted where byte == 0x22: state = .closed
      case .quoted: text.append(byte)
      case .closed:
        switch byte {
        case 0x22:
          text.append(byte)
          state = .quoted
        case delimiter:
          ends.append(text.count)
          state = .start
        case 0x0D, 0x20, 0x09: break
        default: throw failure("field \(ends.count + 1) goes on behind its closing quote")
        }
      }
      if text.count > Self.longestRecord {
        throw failure("a record is longer than 64 MiB; is this a table of text?")
      }
    }
  }

  private mutating func endLine() {
    let start = ends.last ?? 0
    if text.count > start, text.last == 0x0D { text.removeLast() }
    ends.append(text.count)
  }

  private mutating func refill() throws(FileFailure) -> Bool {
    blockStart += block.count
    let count = min(blockSize, source.count - blockStart)
    if count <= 0 { return false }
    block = try source.bytes(blockStart..<(blockStart + count))
    place = 0
    return true
  }

  private func failure(_ what: String) -> FileFailure { .wrong("\(source.name):\(line): \(what)") }
}
