/// The type of a scalar value inside a Program.
public enum ScalarType: UInt8, Hashable, Sendable {
  /// A floating-point number of the Program's precision.
  case real
  /// An unsigned integer as wide as a real; arithmetic wraps.
  case bits
  /// True or false.
  case truth
}

/// One machine operation on scalars: what the interpreter executes and every back end spells, bit for bit.
///
/// IEEE 754 binary64 or binary32, round to nearest even, no contraction. A row of ``primitives`` gives each its
/// operand types and its spelling.
public enum Primitive: UInt8, Hashable, Sendable, CaseIterable {
  case add, sub, mul, div, neg, abs, sqrt, fma
  case lt, le, eq, ne
  case and, or, not
  case select, selectBits
  case toBits, toReal
  case bitAdd, bitSub, bitAnd, bitOr, bitXor, shiftLeft, shiftRight
}

/// What the back ends need to know of one machine operation.
public struct PrimitiveRow: Sendable {
  /// The operation.
  public let primitive: Primitive
  /// Its name in formulas and in the printed Program.
  public let name: String
  /// The types of its operands.
  public let operands: [ScalarType]
  /// The type of its result.
  public let result: ScalarType
  /// Its C99 spelling: `$0 $1 $2` stand for the operands, `#` for the precision's suffix (nothing, or `f`), `@` for
  /// the prefix of helper functions.
  public let c: String
  /// Its Swift spelling, with the same signs.
  public let swift: String
  /// Its spelling in C with vectors as operands, truths as masks: `%` stands for the number of lanes.
  public let cVector: String
  /// Its Swift spelling likewise.
  public let swiftVector: String
}

private func row(
  _ primitive: Primitive, _ name: String, _ operands: [ScalarType], _ result: ScalarType,
  _ c: String, _ swift: String? = nil, vector: (c: String, swift: String)? = nil
) -> PrimitiveRow {
  PrimitiveRow(
    primitive: primitive, name: name, operands: operands, result: result, c: c, swift: swift ?? c,
    cVector: vector?.c ?? c, swiftVector: vector?.swift ?? swift ?? c)
}

/// The machine operations, in the order of the enumeration.
public let primitives: [PrimitiveRow] = [
  row(.add, "add", [.real, .real], .real, "$0 + $1"),
  row(.sub, "sub", [.real, .real], .real, "$0 - $1"),
  row(.mul, "mul", [.real, .real], .real, "$0 * $1"),
  row(.div, "div", [.real, .real], .real, "$0 / $1"),
  row(.neg, "neg", [.real], .real, "-$0", vector: ("-$0", "-1 * $0")),
  row(
    .abs, "abs", [.real], .real, "fabs#($0)", "$0.magnitude",
    vector: ("@abs%($0)", "laneMagnitudes($0)")),
  row(
    .sqrt, "sqrt", [.real], .real, "sqrt#($0)", "$0.squareRoot()",
    vector: ("@sqrt%($0)", "$0.squareRoot()")),
  row(
    .fma, "fma", [.real, .real, .real], .real, "fma#($0, $1, $2)", "$2.addingProduct($0, $1)",
    vector: ("@fma%($0, $1, $2)", "$2.addingProduct($0, $1)")),
  row(
    .lt, "lt", [.real, .real], .truth, "$0 < $1", vector: ("(@Bits)($0 < $1)", "$0 .< $1")),
  row(
    .le, "le", [.real, .real], .truth, "$0 <= $1", vector: ("(@Bits)($0 <= $1)", "$0 .<= $1")),
  row(
    .eq, "eq", [.real, .real], .truth, "$0 == $1", vector: ("(@Bits)($0 == $1)", "$0 .== $1")),
  row(
    .ne, "ne", [.real, .real], .truth, "$0 != $1", vector: ("(@Bits)($0 != $1)", "$0 .!= $1")),
  row(
    .and, "and", [.truth, .truth], .truth, "$0 && $1", vector: ("$0 & $1", "$0 .& $1")),
  row(
    .or, "or", [.truth, .truth], .truth, "$0 || $1", vector: ("$0 | $1", "$0 .| $1")),
  row(.not, "not", [.truth], .truth, "!$0", vector: ("~$0", ".!$0")),
  row(
    .select, "select", [.truth, .real, .real], .real, "$0 ? $1 : $2",
    vector: ("@select%($0, $1, $2)", "$2.replacing(with: $1, where: $0)")),
  row(
    .selectBits, "selectBits", [.truth, .bits, .bits], .bits, "$0 ? $1 : $2",
    vector: ("@pick%($0, $1, $2)", "$2.replacing(with: $1, where: $0)")),
  row(
    .toBits, "toBits", [.real], .bits, "@bits($0)", "$0.bitPattern",
    vector: ("(@Bits)$0", "unsafeBitCast($0, to: @Bits.self)")),
  row(
    .toReal, "toReal", [.bits], .real, "@real($0)", "@Real(bitPattern: $0)",
    vector: ("(@Reals)$0", "unsafeBitCast($0, to: @Reals.self)")),
  row(.bitAdd, "bitAdd", [.bits, .bits], .bits, "$0 + $1", "$0 &+ $1"),
  row(.bitSub, "bitSub", [.bits, .bits], .bits, "$0 - $1", "$0 &- $1"),
  row(.bitAnd, "bitAnd", [.bits, .bits], .bits, "$0 & $1"),
  row(.bitOr, "bitOr", [.bits, .bits], .bits, "$0 | $1"),
  row(.bitXor, "bitXor", [.bits, .bits], .bits, "$0 ^ $1"),
  row(.shiftLeft, "shiftLeft", [.bits, .bits], .bits, "$0 << $1", "$0 &<< $1"),
  row(.shiftRight, "shiftRight", [.bits, .bits], .bits, "$0 >> $1", "$0 &>> $1"),
]

/// A Program's floating-point precision.
public enum Precision: UInt8, Hashable, Sendable, CaseIterable {
  /// IEEE 754 binary64.
  case f64
  /// IEEE 754 binary32.
  case f32

  /// The bytes of one number.
  public var bytes: Int { self == .f64 ? 8 : 4 }
}

extension Primitive {
  /// The operation's row.
  public var row: PrimitiveRow { primitives[Int(rawValue)] }

  /// The operation of the table that it computes; nil for what only machines have.
  public var operation: Operation? { Self.operations[Int(rawValue)] }

  private static let operations: [Operation?] = primitives.map { Operation($0.name) }

  /// The operation called `name` in formulas.
  public init?(named name: String) {
    guard let primitive = Self.byName[name] else { return nil }
    self = primitive
  }

  private static let byName = Dictionary(
    uniqueKeysWithValues: primitives.map { ($0.name, $0.primitive) })
}
