/// How numbers are stored in a file: a row of the table of types.
public enum NumberType: String, Sendable, CaseIterable {
  case f64, f32, f16, bf16
  case i64, i32, i16, i8
  case u64, u32, u16, u8
  case bool

  /// Bytes of one number.
  public var size: Int {
    switch self {
    case .f64, .i64, .u64: 8
    case .f32, .i32, .u32: 4
    case .f16, .bf16, .i16, .u16: 2
    case .i8, .u8, .bool: 1
    }
  }

  /// What safetensors calls it.
  public var safetensorsName: String { rawValue.uppercased() }

  /// What NumPy calls it, without the order of bytes; NumPy has no bfloat16.
  public var numpyName: String? {
    switch self {
    case .f64: "f8"
    case .f32: "f4"
    case .f16: "f2"
    case .bf16: nil
    case .i64: "i8"
    case .i32: "i4"
    case .i16: "i2"
    case .i8: "i1"
    case .u64: "u8"
    case .u32: "u4"
    case .u16: "u2"
    case .u8: "u1"
    case .bool: "b1"
    }
  }

  /// Whether its numbers may have a fraction.
  public var isReal: Bool {
    switch self {
    case .f64, .f32, .f16, .bf16: true
    default: false
    }
  }

  /// Reads numbers; all but large 64-bit integers are kept exactly.
  func decode(
    _ bytes: UnsafeRawBufferPointer, isBigEndian: Bool,
    into numbers: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(bytes.count == numbers.count * size)
    switch self {
    case .f64: load(UInt64.self) { Double(bitPattern: $0) }
    case .f32: load(UInt32.self) { Double(Float(bitPattern: $0)) }
    case .f16: load(UInt16.self, Self.half)
    case .bf16: load(UInt16.self) { Double(Float(bitPattern: UInt32($0) << 16)) }
    case .i64: load(Int64.self) { Double($0) }
    case .i32: load(Int32.self) { Double($0) }
    case .i16: load(Int16.self) { Double($0) }
    case .i8: load(Int8.self) { Double($0) }
    case .u64: load(UInt64.self) { Double($0) }
    case .u32: load(UInt32.self) { Double($0) }
    case .u16: load(UInt16.self) { Double($0) }
    case .u8: load(UInt8.self) { Double($0) }
    case .bool: load(UInt8.self) { $0 == 0 ? 0 : 1 }
    }

    func load<Word: FixedWidthInteger>(_: Word.Type, _ value: (Word) -> Double) {
      let size = MemoryLayout<Word>.size
      for index in numbers.indices {
        let word = bytes.loadUnaligned(fromByteOffset: index * size, as: Word.self)
        numbers[index] = value(isBigEndian ? Word(bigEndian: word) : Word(littleEndian: word))
      }
    }
  }

  /// The number that 16 bits are, of binary16 or bfloat16.
  public func number(ofBits bits: UInt16) -> Double {
    self == .f16 ? Self.half(bits) : Double(Float(bitPattern: UInt32(bits) << 16))
  }

  /// The number that IEEE 754 binary16 bits stand for: a sign, 5 bits of exponent, 10 of fraction.
  private static func half(_ bits: UInt16) -> Double {
    let fraction = Double(bits & 0x3FF)
    let exponent = Int(bits >> 10 & 0x1F)
    let size =
      switch exponent {
      case 0: fraction * 0x1p-24
      case 31: fraction == 0 ? Double.infinity : Double.nan
      default: Double(sign: .plus, exponent: exponent - 15, significand: 1 + fraction * 0x1p-10)
      }
    return bits >> 15 == 1 ? -size : size
  }

  /// Writes numbers with the smallest byte first, rounded to the nearest of this type, which must be f64 or f32.
  func encode(_ numbers: ArraySlice<Double>) -> [UInt8] {
    precondition(self == .f64 || self == .f32)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(numbers.count * size)
    for number in numbers {
      if self == .f64 {
        withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes += $0 }
      } else {
        withUnsafeBytes(of: Float(number).bitPattern.littleEndian) { bytes += $0 }
      }
    }
    return bytes
  }
}
