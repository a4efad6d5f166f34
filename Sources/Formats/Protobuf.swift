/// A field of a message of Protocol Buffers.
public struct ProtobufField: Sendable {
  /// The field's number.
  public let number: Int
  /// What it holds.
  public let content: Content

  /// What a field holds, by how it is stored.
  public enum Content: Hashable, Sendable {
    /// A whole number of one to ten bytes.
    case whole(UInt64)
    /// Eight bytes, smallest first.
    case eight(UInt64)
    /// Four bytes, smallest first.
    case four(UInt32)
    /// A text, a message or a list of numbers: where its bytes lie in the source.
    case bytes(Range<Int>)
  }
}

/// Reads the fields of one message of Protocol Buffers, one after the other, without their schema.
///
/// Nothing is copied: a text, a message inside or a list is the range of its bytes, which lies within the message. Groups,
/// which the format has given up, are refused.
///
/// Source: Protocol Buffers, "Encoding".
public struct ProtobufReader: Sendable {
  private let source: ByteSource
  private let end: Int
  private var place: Int
  private var block: [UInt8] = []
  private var blockStart = 0

  /// Reads the message that a range of a source is; all of the source where none is given.
  public init(_ source: ByteSource, _ range: Range<Int>? = nil) {
    let range = range ?? 0..<source.count
    self.source = source
    place = range.lowerBound
    end = range.upperBound
  }

  /// The next field; nil at the message's end.
  public mutating func next() throws(FileFailure) -> ProtobufField? {
    if place == end { return nil }
    let start = place
    let tag = try whole()
    guard tag >> 3 > 0, tag >> 3 < 1 << 29 else { throw failure("field \(tag >> 3)", at: start) }
    let number = Int(tag >> 3)
    switch tag & 7 {
    case 0: return ProtobufField(number: number, content: .whole(try whole()))
    case 1: return ProtobufField(number: number, content: .eight(try fixed(8)))
    case 5: return ProtobufField(number: number, content: .four(UInt32(try fixed(4))))
    case 2:
      let count = try whole()
      guard count <= UInt64(end - place) else {
        throw failure(
          "\(count) bytes of field \(number), but \(end - place) are left", at: start)
      }
      let range = place..<(place + Int(count))
      place = range.upperBound
      return ProtobufField(number: number, content: .bytes(range))
    default: throw failure("a field of the kind \(tag & 7)", at: start)
    }
  }

  /// The next whole number of a list of them; nil at its end.
  public mutating func nextWhole() throws(FileFailure) -> UInt64? {
    place == end ? nil : try whole()
  }

  /// Seven bits a byte, the lowest first; a byte's highest bit says that another follows.
  private mutating func whole() throws(FileFailure) -> UInt64 {
    let start = place
    var result: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      let byte = try byte()
      if shift == 63, byte > 1 { break }
      result |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return result }
    }
    throw failure("a number of more than 64 bits", at: start)
  }

  private mutating func fixed(_ count: Int) throws(FileFailure) -> UInt64 {
    var result: UInt64 = 0
    for index in 0..<count { result |= UInt64(try byte()) << UInt64(8 * index) }
    return result
  }

  private mutating func byte() throws(FileFailure) -> UInt8 {
    if place == end { throw failure("a field that is cut short", at: place) }
    if place < blockStart || place >= blockStart + block.count {
      // Most messages are short, and what lies behind a long field is most often another long one.
      block = try source.bytes(place..<min(end, place + Self.blockSize))
      blockStart = place
    }
    defer { place += 1 }
    return block[place - blockStart]
  }

  /// How many bytes are read at once.
  private static let blockSize = 1 << 12

  private func failure(_ what: String, at offset: Int) -> FileFailure {
    .wrong("`\(source.name)` is no sound protobuf message: \(what), at byte \(offset)")
  }
}

/// A message of Protocol Buffers that is being written, field by field.
public struct ProtobufWriter: Sendable {
  /// The bytes so far.
  public private(set) var bytes: [UInt8] = []

  /// A message without fields.
  public init() {}

  /// Adds all fields of another message.
  public mutating func append(_ other: ProtobufWriter) { bytes += other.bytes }

  /// Adds a whole number.
  public mutating func add(_ number: Int, whole value: Int) {
    tag(number, 0)
    append(UInt64(bitPattern: Int64(value)))
  }

  /// Adds a number of four bytes.
  public mutating func add(_ number: Int, single value: Float) {
    tag(number, 5)
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 }
  }

  /// Adds a text.
  public mutating func add(_ number: Int, text: String) { add(number, bytes: Array(text.utf8)) }

  /// Adds a message.
  public mutating func add(_ number: Int, message: ProtobufWriter) {
    add(number, bytes: message.bytes)
  }

  /// Adds bytes.
  public mutating func add(_ number: Int, bytes content: some Collection<UInt8>) {
    tag(number, 2)
    append(UInt64(content.count))
    bytes += content
  }

  /// Adds a list of whole numbers.
  public mutating func add(_ number: Int, wholes values: [Int]) {
    var list = ProtobufWriter()
    for value in values { list.append(UInt64(bitPattern: Int64(value))) }
    add(number, bytes: list.bytes)
  }

  private mutating func tag(_ number: Int, _ kind: UInt64) { append(UInt64(number) << 3 | kind) }

  private mutating func append(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
