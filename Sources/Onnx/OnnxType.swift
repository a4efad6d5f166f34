import NNCFormats

/// A type of a tensor's elements: a row of the table of those that ONNX numbers.
struct OnnxType: Hashable, Sendable {
  /// The number that stands in files.
  let code: Int
  /// ONNX's name of it.
  let name: String
  /// How its numbers lie in a file; nil of those that are not numbers, and of the packed ones.
  let numbers: NumberType?
  /// What its whole numbers may be, where they wrap around within 32 bits.
  let wraps: ClosedRange<Double>?

  private init(
    _ code: Int, _ name: String, _ numbers: NumberType? = nil, wraps: ClosedRange<Double>? = nil
  ) {
    self.code = code
    self.name = name
    self.numbers = numbers
    self.wraps = wraps
  }

  /// Whether its elements are whole numbers.
  var isWhole: Bool { numbers.map { !$0.isReal && $0 != .bool } ?? false }
  /// Whether its elements are true or false.
  var isTruth: Bool { numbers == .bool }
  /// Whether its elements are real numbers.
  var isReal: Bool { numbers?.isReal ?? false }

  static let f32 = OnnxType(1, "float", .f32)
  static let i64 = OnnxType(7, "int64", .i64)
  static let truth = OnnxType(9, "bool", .bool)
  static let f64 = OnnxType(11, "double", .f64)

  static let all: [OnnxType] = [
    .f32,
    OnnxType(2, "uint8", .u8, wraps: 0...255),
    OnnxType(3, "int8", .i8, wraps: -128...127),
    OnnxType(4, "uint16", .u16, wraps: 0...65535),
    OnnxType(5, "int16", .i16, wraps: -32768...32767),
    OnnxType(6, "int32", .i32, wraps: -0x1p31...0x1p31 - 1),
    .i64,
    OnnxType(8, "string"),
    .truth,
    OnnxType(10, "float16", .f16),
    .f64,
    OnnxType(12, "uint32", .u32, wraps: 0...0x1p32 - 1),
    OnnxType(13, "uint64", .u64),
    OnnxType(14, "complex64"), OnnxType(15, "complex128"),
    OnnxType(16, "bfloat16", .bf16),
    OnnxType(17, "float8e4m3fn"), OnnxType(18, "float8e4m3fnuz"), OnnxType(19, "float8e5m2"),
    OnnxType(20, "float8e5m2fnuz"), OnnxType(21, "uint4"), OnnxType(22, "int4"),
    OnnxType(23, "float4e2m1"), OnnxType(24, "float8e8m0"), OnnxType(25, "uint2"),
    OnnxType(26, "int2"),
  ]

  /// The type of that number.
  init?(code: Int) {
    guard let row = Self.all.first(where: { $0.code == code }) else { return nil }
    self = row
  }
}
