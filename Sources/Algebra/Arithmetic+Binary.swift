extension Arithmetic {
  /// log₂ x to less than a unit, with the cases of the natural logarithm.
  static func log2(_ precision: Precision) -> Formula {
    let logarithm = BinaryLogarithm("x", precision)
    return logarithmOf("x", logarithm.high)
  }

  /// log₁₀ x = log₂ x · log₁₀ 2, both as two numbers: a power of ten has a whole logarithm.
  static func log10(_ precision: Precision) -> Formula {
    let logarithm = BinaryLogarithm("x", precision)
    let scale = Coefficients.log10of2[precision].map { number($0) }
    let h = head(logarithm.high)
    let rest = logarithm.high - h + logarithm.low
    let value = h * scale[0] + (h * scale[1] + rest * (scale[0] + scale[1]))
    return logarithmOf("x", value)
  }

  /// `value` for a positive number, −∞ for 0, and none below.
  private static func logarithmOf(_ x: Formula, _ value: Formula) -> Formula {
    let outside = select(x .== 0, minusInfinity, notANumber)
    return select(0 < x, select(x < infinity, value, x), outside)
  }

  /// 2ˣ = 2ⁿ·2ᶠ with n = round(x), 2ⁿ in two factors as in exp.
  static func exp2(_ precision: Precision) -> Formula {
    let x: Formula = "x"
    let whole = number((precision == .f64 ? 0x1.8p52 : 0x1.8p23) + twiceBias(precision))
    let shifted = x + whole
    let f = x - (shifted - whole)
    let value = scale(powerOfTwo(f, precision), byTwoTo: bits(shifted))
    let bounded = select(number(precision, 1025, 129) < x, infinity, value)
    return select(x < number(precision, -1077, -152), 0, bounded)
  }

  /// √(a² + b²), both scaled by a power of two where a square would leave the range; an infinity counts whatever the other.
  static func hypot(_ precision: Precision) -> Formula {
    let (a, b): (Formula, Formula) = (abs("a"), abs("b"))
    let greater = select(a < b, b, a)
    let isHuge = number(precision, 0x1p510, 0x1p62) < greater
    let isTiny = greater < number(precision, 0x1p-450, 0x1p-48)
    let scale = select(
      isHuge, number(precision, 0x1p-600, 0x1p-75),
      select(isTiny, number(precision, 0x1p600, 0x1p100), 1))
    let back = select(
      isHuge, number(precision, 0x1p600, 0x1p75),
      select(isTiny, number(precision, 0x1p-600, 0x1p-100), 1))
    let (p, q) = (a * scale, b * scale)
    let value = Formula.apply("sqrt", p * p + q * q) * back
    return select(or(a .== infinity, b .== infinity), infinity, value)
  }
}
