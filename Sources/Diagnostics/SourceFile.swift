/// The bytes of one source text, and where its lines are.
///
/// The bytes need not be valid UTF-8. A line ends at LF, CR LF or a CR of its own.
public struct SourceFile: Sendable {
  /// The name shown in messages, usually a path; `-` for standard input.
  public let name: String
  /// The text, byte for byte.
  public let bytes: [UInt8]
  /// The offset at which each line starts; the first is 0.
  public let lineStarts: [Int32]

  /// The most bytes a file may have.
  public static let maximumSize = Limits.sourceBytes

  /// A file of these bytes.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    var starts: [Int32] = [0]
    bytes.withUnsafeBufferPointer { text in
      let count = min(text.count, Self.maximumSize)
      var i = 0
      while i < count {
        let byte = text[i]
        i += 1
        guard byte <= 0x0D, byte == 0x0A || byte == 0x0D else { continue }
        if byte == 0x0D, i < count, text[i] == 0x0A { continue }
        starts.append(Int32(i))
      }
    }
    lineStarts = starts
  }

  /// A file of this text.
  public init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// The text under `span`, with U+FFFD for what is not UTF-8.
  public func text(of span: SourceSpan) -> String {
    String(decoding: bytes[span.range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  /// The line, counted from 0, on which the byte at `offset` stands.
  public func line(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(lineStarts[middle]) <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The bytes of the line counted from 0, without its line end.
  public func extent(ofLine line: Int) -> Range<Int> {
    let start = Int(lineStarts[line])
    var end = line + 1 < lineStarts.count ? Int(lineStarts[line + 1]) : bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }
}
