extension Arithmetic {
  /// ln cosh x = x²/2 + x⁴·P(x²) for |x| < 1, where 1 + (cosh x − 1) loses digits; |x| − ln 2 + ln(1 + e^(−2|x|)) beyond.
  static func logcosh(_ precision: Precision) -> Formula {
    let a = abs("x")
    let z = a * a
    let near = 0.5 * z + z * z * polynomial(Coefficients.logCosh[precision], z)
    let rest = Formula.apply("log1p", .apply("exp", -2 * a))
    return select(a < 1, near, (a - 0.6931471805599453) + rest)
  }
}
