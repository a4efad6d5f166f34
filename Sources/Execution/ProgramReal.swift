import NNCAlgebra

/// A floating-point type that Programs compute with.
public protocol ProgramReal: BinaryFloatingPoint, SIMDScalar, Codable, Sendable {
  /// Its bits as an unsigned integer.
  associatedtype Word: FixedWidthInteger & UnsignedInteger & Sendable
  /// The precision it has.
  static var precision: Precision { get }
  /// Its bits.
  var bitPattern: Word { get }
  /// The number with those bits.
  init(bitPattern: Word)
  /// Some of them side by side, which a machine adds and multiplies at once.
  associatedtype Lanes: SIMD where Lanes.Scalar == Self
  /// sum + number · lanes in every lane, the product and the sum each rounded.
  static func add(to sum: inout Lanes, _ number: Self, _ lanes: Lanes)
  /// sum + number · lanes in every lane, rounded once.
  static func addFused(to sum: inout Lanes, _ number: Self, _ lanes: Lanes)
}

extension Double: ProgramReal {
  /// binary64.
  public static var precision: Precision { .f64 }
  /// sum + number · lanes, the product and the sum each rounded.
  @inline(__always)
  public static func add(to sum: inout SIMD4<Double>, _ number: Double, _ lanes: SIMD4<Double>) {
    sum += number * lanes
  }
  /// sum + number · lanes, rounded once.
  @inline(__always)
  public static func addFused(to sum: inout SIMD4<Double>, _ number: Double, _ lanes: SIMD4<Double>)
  {
    sum.addProduct(number, lanes)
  }
}

extension Float: ProgramReal {
  /// binary32.
  public static var precision: Precision { .f32 }
  /// sum + number · lanes, the product and the sum each rounded.
  @inline(__always)
  public static func add(to sum: inout SIMD8<Float>, _ number: Float, _ lanes: SIMD8<Float>) {
    sum += number * lanes
  }
  /// sum + number · lanes, rounded once.
  @inline(__always)
  public static func addFused(to sum: inout SIMD8<Float>, _ number: Float, _ lanes: SIMD8<Float>) {
    sum.addProduct(number, lanes)
  }
}
