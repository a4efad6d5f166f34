import Algebra

/// A floating-point type that Programs compute with.
public protocol ProgramReal: BinaryFloatingPoint, Sendable {
  /// Its bits as an unsigned integer.
  associatedtype Word: FixedWidthInteger & UnsignedInteger & Sendable
  /// The precision it has.
  static var precision: Precision { get }
  /// Its bits.
  var bitPattern: Word { get }
  /// The number with those bits.
  init(bitPattern: Word)
}

extension Double: ProgramReal {
  /// binary64.
  public static var precision: Precision { .f64 }
}

extension Float: ProgramReal {
  /// binary32.
  public static var precision: Precision { .f32 }
}
