import NNCDiagnostics

/// Pictures in PNG: chunks of bytes, each with a checksum, among them a head, perhaps a palette, and the compressed rows.
///
/// Of samples with 16 bits the first 8 count; how much shines through a pixel (alpha) does not. Source: Portable Network
/// Graphics (PNG) Specification, 3rd ed., W3C 2025.
enum Png {
  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Whether bytes begin as such a file does.
  static func begins(_ source: ByteSource) throws(FileFailure) -> Bool {
    source.count >= 8 ? try source.bytes(0..<8) == signature : false
  }

  /// What the head says.
  struct Head {
    let width: Int
    let height: Int
    /// The bits of a sample.
    let depth: Int
    /// What a pixel is.
    let colour: Colour
    let isInterlaced: Bool

    /// The bits of a pixel.
    var pixelBits: Int { depth * colour.samples }
    /// The bytes of a row of so many pixels.
    func rowBytes(_ width: Int) -> Int { (width * pixelBits + 7) / 8 }
  }

  /// The kinds of pixels by their numbers in the head.
  enum Colour: UInt8 {
    case grey = 0
    case colours = 2
    case palette = 3
    case greyAlpha = 4
    case coloursAlpha = 6

    var samples: Int {
      switch self {
      case .grey, .palette: 1
      case .greyAlpha: 2
      case .colours: 3
      case .coloursAlpha: 4
      }
    }

    /// The depths that there are, and the channels of the picture.
    var depths: [Int] {
      switch self {
      case .grey: [1, 2, 4, 8, 16]
      case .palette: [1, 2, 4, 8]
      case .colours, .greyAlpha, .coloursAlpha: [8, 16]
      }
    }

    var channels: Int { self == .grey || self == .greyAlpha ? 1 : 3 }
  }

  /// Reads a picture.
  static func read(_ source: ByteSource) throws(FileFailure) -> Picture {
    func failure(_ problem: String) -> FileFailure {
      .wrong("`\(source.name)` is no sound PNG file: \(problem)")
    }
    var head: Head?
    var palette: [UInt8] = []
    var data: [UInt8] = []
    var place = signature.count
    while true {
      guard source.count - place >= 12 else { throw failure("it is cut short") }
      let front = try source.bytes(place..<(place + 8))
      let size = front[..<4].reduce(0) { $0 << 8 | Int($1) }
      guard size <= source.count - place - 12 else { throw failure("it is cut short") }
      let body = try source.bytes((place + 4)..<(place + 12 + size))
      var checksum = Checksum()
      checksum.add(body[..<(size + 4)])
      guard body[(size + 4)...].reduce(0, { $0 << 8 | UInt32($1) }) == checksum.value else {
        throw failure("the checksum of its chunk at byte \(place) is wrong")
      }
      place += 12 + size
      let content = body[4..<(size + 4)]
      switch String(decoding: body[..<4], as: UTF8.self) {
      case "IHDR":
        guard let read = self.head(Array(content)) else {
          throw failure("its head is none that there is")
        }
        head = read
      case "PLTE": palette = Array(content)
      case "IDAT": data += content
      case "IEND":
        guard let head else { throw failure("it has no head") }
        guard
          let size = Picture.size(
            head.width, head.height, head.colour.samples * (head.depth > 8 ? 2 : 1))
        else {
          throw failure("its extents \(head.width)x\(head.height) are too large")
        }
        do throws(InflateFailure) {
          var rows = PngRows(
            head, try expanded(data, source.name, most: size + head.height * 8 + 64))
          return try rows.picture(palette)
        } catch {
          switch error {
          case .problem(let text): throw failure(text)
          case .file(let failure): throw failure
          }
        }
      default:
        // A chunk whose name begins with a small letter may be passed over.
        if body[0] & 0x20 == 0 { throw failure("it has a chunk that only later versions know") }
      }
    }
  }

  private static func head(_ bytes: [UInt8]) -> Head? {
    guard bytes.count == 13, let colour = Colour(rawValue: bytes[9]),
      colour.depths.contains(Int(bytes[8])), bytes[10] == 0, bytes[11] == 0, bytes[12] <= 1
    else { return nil }
    return Head(
      width: bytes[..<4].reduce(0) { $0 << 8 | Int($1) },
      height: bytes[4..<8].reduce(0) { $0 << 8 | Int($1) },
      depth: Int(bytes[8]), colour: colour, isInterlaced: bytes[12] == 1)
  }

  /// The bytes in a zlib stream (RFC 1950): two bytes of head, DEFLATE, Adler's checksum.
  private static func expanded(
    _ data: [UInt8], _ name: String, most: Int
  ) throws(InflateFailure) -> [UInt8] {
    guard data.count >= 6, data[0] & 0x0F == 8, (Int(data[0]) << 8 | Int(data[1])) % 31 == 0,
      data[1] & 0x20 == 0
    else { throw .problem("its rows are not compressed as they should be") }
    let source = ByteSource(name: name, bytes: data)
    var inflate = Inflate(ByteCursor(source, 2..<data.count))
    var bytes: [UInt8] = []
    try inflate.run { (part) throws(FileFailure) in
      if bytes.count + part.count > most {
        throw .wrong("`\(name)` is no sound PNG file: it has more rows than its head says")
      }
      bytes += part
    }
    let end = inflate.input.offset
    guard data.count - end >= 4 else { throw .problem("it is cut short") }
    // Adler's two sums stay below 2^32 for so many bytes without a remainder.
    var (low, high) = (1, 0)
    for start in stride(from: 0, to: bytes.count, by: 5552) {
      for byte in bytes[start..<min(start + 5552, bytes.count)] {
        low += Int(byte)
        high += low
      }
      (low, high) = (low % 65521, high % 65521)
    }
    guard data[end..<(end + 4)].reduce(0, { $0 << 8 | Int($1) }) == high << 16 | low else {
      throw .problem("the checksum of its rows is wrong")
    }
    return bytes
  }
}
