/// The machine operations on bits as operators, in which the formulas of ``Arithmetic`` are written.
extension Formula {
  static func & (a: Formula, b: Formula) -> Formula { apply("bitAnd", a, b) }
  static func | (a: Formula, b: Formula) -> Formula { apply("bitOr", a, b) }
  static func ^ (a: Formula, b: Formula) -> Formula { apply("bitXor", a, b) }
  static func &+ (a: Formula, b: Formula) -> Formula { apply("bitAdd", a, b) }
  static func &- (a: Formula, b: Formula) -> Formula { apply("bitSub", a, b) }
  static func << (a: Formula, b: Formula) -> Formula { apply("shiftLeft", a, b) }
  static func >> (a: Formula, b: Formula) -> Formula { apply("shiftRight", a, b) }
  /// 1 where the two are equal, else 0.
  static func .== (a: Formula, b: Formula) -> Formula { apply("eq", a, b) }
}

extension Arithmetic {
  static func bits(_ x: Formula) -> Formula { .apply("toBits", x) }
  static func real(_ x: Formula) -> Formula { .apply("toReal", x) }
  static func abs(_ x: Formula) -> Formula { .apply("abs", x) }
  static func and(_ a: Formula, _ b: Formula) -> Formula { .apply("and", a, b) }
  static func or(_ a: Formula, _ b: Formula) -> Formula { .apply("or", a, b) }
  static func not(_ a: Formula) -> Formula { .apply("not", a) }

  /// A constant of the bit type.
  static func word(_ f64: UInt64, _ f32: UInt32) -> Formula { Formula(.bits(f64: f64, f32: f32)) }

  /// A real constant.
  static func number(_ value: Double) -> Formula { Formula(.number(value)) }

  /// The constant of the precision at hand.
  static func number(_ precision: Precision, _ f64: Double, _ f32: Double) -> Formula {
    number(precision == .f64 ? f64 : f32)
  }

  /// +∞.
  static var infinity: Formula { real(word(0x7FF0_0000_0000_0000, 0x7F80_0000)) }
  /// −∞.
  static var minusInfinity: Formula { real(word(0xFFF0_0000_0000_0000, 0xFF80_0000)) }
  /// The quiet NaN.
  static var notANumber: Formula { real(word(0x7FF8_0000_0000_0000, 0x7FC0_0000)) }

  /// The width of the fraction field, as a shift.
  static var fraction: Formula { word(52, 23) }
  /// The fraction field.
  static var fractionMask: Formula { word(0x000F_FFFF_FFFF_FFFF, 0x007F_FFFF) }
  /// The sign bit.
  static var signMask: Formula { word(0x8000_0000_0000_0000, 0x8000_0000) }

  /// `magnitude`, which is not negative, with the sign of `x`.
  static func signed(_ magnitude: Formula, like x: Formula) -> Formula {
    real(bits(magnitude) | (bits(x) & signMask))
  }

  /// c₀ + c₁x + c₂x² + … by Estrin's scheme: neighbours are joined by x, then pairs by x², then fours by x⁴, so that
  /// the chain is as long as the logarithm of the degree. `square` is x², where the caller has it already.
  static func polynomial(
    _ coefficients: [Double], _ x: Formula, square: Formula? = nil
  ) -> Formula {
    var terms = coefficients.map { number($0) }
    var power = x
    while terms.count > 1 {
      var joined: [Formula] = []
      for i in stride(from: 0, to: terms.count - 1, by: 2) {
        joined.append(terms[i] + terms[i + 1] * power)
      }
      if terms.count % 2 == 1 { joined.append(terms[terms.count - 1]) }
      terms = joined
      let isFirst = terms.count == (coefficients.count + 1) / 2
      if terms.count > 1 { power = (isFirst ? square : nil) ?? power * power }
    }
    return terms[0]
  }

  /// c₀ + x·(c₁ + x·(c₂ + …)), Horner's scheme: the fewest operations, one after the other.
  static func horner(_ coefficients: [Double], _ x: Formula) -> Formula {
    coefficients.dropLast().reversed().reduce(number(coefficients[coefficients.count - 1])) {
      number($1) + $0 * x
    }
  }
}
