/// A delimited text with what its beginning tells: where the records start, what divides fields, the first record.
public struct DelimitedText: Sendable {
  /// The bytes.
  public let source: ByteSource
  /// The byte between fields: a comma, a tab or a semicolon, whichever the first line has most of.
  public let delimiter: UInt8
  /// The first record.
  public let firstRecord: [String]
  /// Whether the first record names the columns; unless the caller knows, where none of its fields is a number.
  public let hasHeader: Bool
  /// Where the first record of data begins, and on which line.
  public let dataStart: (offset: Int, line: Int)

  /// The names of the columns, or their numbers counted from 1 where they have no names.
  public var columnNames: [String] {
    hasHeader ? firstRecord : firstRecord.indices.map { "\($0 + 1)" }
  }

  /// Looks at the beginning of a text.
  ///
  /// - Parameters:
  ///   - delimiter: the byte between fields; nil to find out.
  ///   - hasHeader: whether the first record names the columns; nil to find out.
  public init(
    _ source: ByteSource, delimiter: UInt8? = nil, hasHeader: Bool? = nil
  ) throws(FileFailure) {
    self.source = source
    let head = try source.bytes(0..<min(source.count, 1 << 16))
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
      throw .wrong("`\(source.name)` is UTF-16; a table must be UTF-8 or ASCII")
    }
    if head.contains(0) { throw .wrong("`\(source.name)` holds binary data, not a table of text") }
    let start = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let delimiter = delimiter ?? Self.delimiter(of: head[start...])
    self.delimiter = delimiter
    var reader = RecordReader(source, delimiter: delimiter, offset: start, line: 1)
    guard try reader.next() else { throw .wrong("`\(source.name)` holds no data") }
    firstRecord = reader.fields
    let hasNumber = firstRecord.contains {
      switch DecimalNumber($0) {
      case .finite, .infinite: true
      case .missing, .text: false
      }
    }
    self.hasHeader = hasHeader ?? !hasNumber
    dataStart = self.hasHeader ? (reader.offset, reader.nextLine) : (start, 1)
    if self.hasHeader { try Self.check(firstRecord, source) }
  }

  private static func check(_ names: [String], _ source: ByteSource) throws(FileFailure) {
    var seen: Set<String> = []
    for name in names where !name.isEmpty && !seen.insert(name).inserted {
      throw .wrong("\(source.name):1: two columns are called \(quoted(name))")
    }
  }

  private static func delimiter(of text: ArraySlice<UInt8>) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in text {
      if byte == 0x22 { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == 0x0A, !counts.isEmpty { break }
      counts[byte, default: 0] += 1
    }
    let candidates: [UInt8] = [0x2C, 0x09, 0x3B]
    return candidates.max { counts[$0] ?? 0 < counts[$1] ?? 0 }.flatMap {
      counts[$0] == nil ? nil : $0
    } ?? 0x2C
  }
}
