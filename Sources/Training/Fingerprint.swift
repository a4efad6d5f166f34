/// A number of 128 bits that stands for a sequence of bytes: FNV-1a.
///
/// Source: G. Fowler, L. Noll, K.-P. Vo, D. Eastlake, "The FNV Non-Cryptographic Hash Algorithm". It tells texts
/// apart that differ by accident; it withstands nobody who seeks collisions.
public struct Fingerprint: Hashable, Sendable {
  private var value: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d

  /// The fingerprint of nothing.
  public init() {}

  /// Takes in a text, and that it ends here.
  public mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte) }
    add(0xFF)
  }

  /// Takes in samples: their number, and up to 256 of them, evenly spread.
  public mutating func add(
    _ source: some SampleSource, inputs: Int, targets: Int
  ) throws {
    add("\(source.count) \(inputs) \(targets)")
    let count = min(source.count, 256)
    var input = [Double](repeating: 0, count: inputs)
    var target = [Double](repeating: 0, count: targets)
    for place in 0..<count {
      let sample = place * source.count / count
      try input.withUnsafeMutableBufferPointer { input in
        try target.withUnsafeMutableBufferPointer { target in
          try source.read([sample], input: input, target: target)
        }
      }
      for number in input + target {
        withUnsafeBytes(of: number.bitPattern.littleEndian) { for byte in $0 { add(byte) } }
      }
    }
  }

  private mutating func add(_ byte: UInt8) {
    value = (value ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013b
  }

  /// 32 hexadecimal digits.
  public var text: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
  }
}
