/// The checksum CRC-32 of gzip and zip: the remainder by x³² + x²⁶ + … + 1, the polynomial 0xEDB88320 with its bits
/// reversed (RFC 1952, section 8).
struct Checksum {
  private var state: UInt32 = 0xFFFF_FFFF

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { word, _ in word >> 1 ^ (word & 1 == 1 ? 0xEDB8_8320 : 0) }
  }

  /// Takes further bytes.
  mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { state = Self.table[Int(state & 0xFF) ^ Int(byte)] ^ state >> 8 }
  }

  /// The checksum of the bytes so far.
  var value: UInt32 { ~state }
}
