import NNCDiagnostics

/// A picture: rows of pixels from the top, each of 1 byte (grey) or 3 (red, green, blue).
public struct Picture: Hashable, Sendable {
  /// How many pixels a row has.
  public let width: Int
  /// How many rows there are.
  public let height: Int
  /// The bytes of a pixel: 1 or 3.
  public let channels: Int
  /// Pixel by pixel.
  public let bytes: [UInt8]

  init(width: Int, height: Int, channels: Int, bytes: [UInt8]) {
    precondition(bytes.count == width * height * channels)
    (self.width, self.height, self.channels, self.bytes) = (width, height, channels, bytes)
  }

  /// Reads a picture in one of the formats, told by its bytes: PNG, or PBM, PGM and PPM, plain or raw.
  public static func read(_ source: ByteSource) throws(FileFailure) -> Picture {
    if try Png.begins(source) { return try Png.read(source) }
    if try Pnm.begins(source) { return try Pnm.read(source) }
    throw .wrong("`\(source.name)` is no picture in PNG, PBM, PGM or PPM")
  }

  /// The picture channel by channel, each row by row: grey from colours by their brightness, colours from grey three times
  /// the same.
  ///
  /// The brightness is ITU-R BT.601's, 0.299 red + 0.587 green + 0.114 blue, in 16-bit fractions as Pillow computes it.
  ///
  /// - Parameter wanted: 1 or 3.
  public func planes(_ wanted: Int) -> [UInt8] {
    if channels == 1 { return wanted == 1 ? bytes : bytes + bytes + bytes }
    var result: [UInt8] = []
    result.reserveCapacity(width * height * wanted)
    let pixels = stride(from: 0, to: bytes.count, by: 3)
    if wanted == 1 {
      for place in pixels {
        let (red, green, blue) = (Int(bytes[place]), Int(bytes[place + 1]), Int(bytes[place + 2]))
        result.append(UInt8((19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16))
      }
    } else {
      for channel in 0..<3 { for place in pixels { result.append(bytes[place + channel]) } }
    }
    return result
  }

  /// The bytes that a picture of this size takes; nil where it is none or more than ``Limits/pictureBytes``.
  static func size(_ width: Int, _ height: Int, _ channels: Int) -> Int? {
    guard width > 0, height > 0, let size = checkedProduct([width, height], channels),
      size <= Limits.pictureBytes
    else { return nil }
    return size
  }
}
