/// A floating-point type of the machine, with the unsigned integer that holds its bits.
private protocol MachineReal: BinaryFloatingPoint {
  associatedtype Word: FixedWidthInteger & UnsignedInteger
  var bitPattern: Word { get }
  init(bitPattern: Word)
}

extension Double: MachineReal {}
extension Float: MachineReal {}

extension Primitive {
  /// The operation's value on operands given as words.
  ///
  /// A word holds a real by its bit pattern, bits as they are, and a truth as 0 or 1; at f32 the upper half of each
  /// word is zero. This is what every back end must compute, a NaN's payload aside: IEEE 754 arithmetic rounded to
  /// nearest even, wrapping integers, and shifts by less than the width.
  public func apply(_ operands: [UInt64], precision: Precision) -> UInt64 {
    switch precision {
    case .f64: apply(operands, Double.self)
    case .f32: apply(operands, Float.self)
    }
  }

  private func apply<Real: MachineReal>(_ operands: [UInt64], _: Real.Type) -> UInt64 {
    func word(_ i: Int) -> Real.Word { Real.Word(truncatingIfNeeded: operands[i]) }
    func real(_ i: Int) -> Real { Real(bitPattern: word(i)) }
    func truth(_ i: Int) -> Bool { operands[i] != 0 }
    func from(_ value: Real) -> UInt64 { UInt64(value.bitPattern) }
    func from(_ value: Bool) -> UInt64 { value ? 1 : 0 }
    func from(_ value: Real.Word) -> UInt64 { UInt64(value) }

    switch self {
    case .add: return from(real(0) + real(1))
    case .sub: return from(real(0) - real(1))
    case .mul: return from(real(0) * real(1))
    case .div: return from(real(0) / real(1))
    case .neg: return from(-real(0))
    case .abs: return from(real(0).magnitude)
    case .sqrt: return from(real(0).squareRoot())
    case .fma: return from(real(2).addingProduct(real(0), real(1)))
    case .lt: return from(real(0) < real(1))
    case .le: return from(real(0) <= real(1))
    case .eq: return from(real(0) == real(1))
    case .ne: return from(real(0) != real(1))
    case .and: return from(truth(0) && truth(1))
    case .or: return from(truth(0) || truth(1))
    case .not: return from(!truth(0))
    case .select, .selectBits: return truth(0) ? operands[1] : operands[2]
    case .toBits, .toReal: return operands[0]
    case .bitAdd: return from(word(0) &+ word(1))
    case .bitSub: return from(word(0) &- word(1))
    case .bitAnd: return from(word(0) & word(1))
    case .bitOr: return from(word(0) | word(1))
    case .bitXor: return from(word(0) ^ word(1))
    case .shiftLeft: return from(word(0) &<< word(1))
    case .shiftRight: return from(word(0) &>> word(1))
    }
  }
}

extension Precision {
  /// The bit pattern of `value`, rounded to this precision.
  public func word(_ value: Double) -> UInt64 {
    self == .f64 ? value.bitPattern : UInt64(Float(value).bitPattern)
  }

  /// The number whose bit pattern `word` is.
  public func number(_ word: UInt64) -> Double {
    self == .f64
      ? Double(bitPattern: word) : Double(Float(bitPattern: UInt32(truncatingIfNeeded: word)))
  }
}
