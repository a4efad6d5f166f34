/// The formats of Netpbm: a P and a digit, the extents, the largest value, then the pixels as text (P1 to P3) or bytes.
///
/// In PBM (P1, P4) a pixel is a bit, 1 for black; in PGM (P2, P5) and PPM (P3, P6) values are brought to 0 to 255 where the
/// largest is another. Source: the manual pages pbm(5), pgm(5), ppm(5) of Netpbm.
enum Pnm {
  /// Whether bytes begin as such a file does.
  static func begins(_ source: ByteSource) throws(FileFailure) -> Bool {
    guard source.count >= 3 else { return false }
    let head = try source.bytes(0..<3)
    return head[0] == UInt8(ascii: "P") && (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(head[1])
      && (isBlank(head[2]) || head[2] == UInt8(ascii: "#"))
  }

  /// Reads a file's first picture.
  static func read(_ source: ByteSource) throws(FileFailure) -> Picture {
    var reader = Reader(source)
    let kind = try source.bytes(1..<2)[0] - UInt8(ascii: "0")
    let isText = kind <= 3
    let isBits = kind == 1 || kind == 4
    let channels = kind == 3 || kind == 6 ? 3 : 1
    let (width, height) = (try reader.number(), try reader.number())
    let largest = isBits ? 1 : try reader.number()
    guard let size = Picture.size(width, height, channels) else {
      throw reader.failure("its extents \(width)x\(height) are too large")
    }
    guard (1...0xFFFF).contains(largest) else {
      throw reader.failure("its largest value is \(largest), which 16 bits do not hold")
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    func append(_ value: Int) throws(FileFailure) {
      if value > largest {
        throw reader.failure("it has the value \(value) beyond its largest, \(largest)")
      }
      let grey = largest == 255 ? value : (255 * value + largest / 2) / largest
      bytes.append(UInt8(isBits ? 255 - grey : grey))
    }
    if isText {
      for _ in 0..<size { try append(isBits ? try reader.bit() : try reader.number()) }
    } else {
      let data = try reader.rest(
        rows: height, of: isBits ? (width + 7) / 8 : width * channels * (largest > 255 ? 2 : 1))
      if isBits {
        for row in 0..<height {
          for column in 0..<width {
            try append(Int(data[row * ((width + 7) / 8) + column / 8] >> UInt8(7 - column % 8) & 1))
          }
        }
      } else if largest > 255 {
        for place in 0..<size { try append(Int(data[2 * place]) << 8 | Int(data[2 * place + 1])) }
      } else {
        for byte in data { try append(Int(byte)) }
      }
    }
    return Picture(width: width, height: height, channels: channels, bytes: bytes)
  }

  fileprivate static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (9...13).contains(byte)
  }
}

/// Reads numbers between blanks and comments.
private struct Reader {
  private let source: ByteSource
  private var cursor: ByteCursor

  init(_ source: ByteSource) {
    self.source = source
    cursor = ByteCursor(source, 2..<source.count)
  }

  func failure(_ problem: String) -> FileFailure {
    .wrong("`\(source.name)` is no sound picture of Netpbm: \(problem)")
  }

  /// The next byte that is no blank and in no comment.
  private mutating func solid() throws(FileFailure) -> UInt8 {
    var isComment = false
    while let byte = try cursor.next() {
      if byte == UInt8(ascii: "\n") { isComment = false }
      if byte == UInt8(ascii: "#") { isComment = true }
      if !isComment, !Pnm.isBlank(byte) { return byte }
    }
    throw failure("it is cut short")
  }

  /// A number, and the one blank behind it.
  mutating func number() throws(FileFailure) -> Int {
    var byte: UInt8? = try solid()
    var value = 0
    while let digit = byte, !Pnm.isBlank(digit) {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit), value < 1 << 32 else {
        throw failure("a number was expected at byte \(cursor.offset - 1)")
      }
      value = 10 * value + Int(digit - UInt8(ascii: "0"))
      byte = try cursor.next()
    }
    return value
  }

  /// A bit, which need not be followed by a blank.
  mutating func bit() throws(FileFailure) -> Int {
    switch try solid() {
    case UInt8(ascii: "0"): return 0
    case UInt8(ascii: "1"): return 1
    default: throw failure("0 or 1 was expected at byte \(cursor.offset - 1)")
    }
  }

  /// The bytes that follow, so many rows of them.
  func rest(rows: Int, of width: Int) throws(FileFailure) -> [UInt8] {
    guard source.count - cursor.offset >= rows * width else { throw failure("it is cut short") }
    return try source.bytes(cursor.offset..<(cursor.offset + rows * width))
  }
}
