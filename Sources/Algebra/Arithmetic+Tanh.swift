extension Arithmetic {
  /// tanh x by what it lacks: 1 − r with r = 1 − tanh a, a = |x|, far from 0; then the sign.
  ///
  /// Far from 0 r is small beside 1, so that its roundings weigh little. Near 0 it is a + a·z·p(z), z = a², ready before
  /// the quotient in r.
  static func tanh(_ precision: Precision) -> Formula { tanh(precision, rest: tanhRest(precision)) }

  /// The same, given r.
  static func tanh(_ precision: Precision, rest: Formula) -> Formula {
    let x: Formula = "x"
    let a = abs(x)
    let z = a * a
    let near = a + a * z * horner(Coefficients.tanhNear[precision], z)
    return signed(select(a < 0.5625, near, 1 - rest), like: x)
  }

  /// 1 − tanh a = 2/(1 + e²ᵃ), a = |x|: with e²ᵃ = 2ⁿ·(1 + v), 1/((v·s + s) + ½) where s = 2ⁿ⁻¹ has an exponent; 0
  /// where it has none, and the result would be subnormal.
  static func tanhRest(_ precision: Precision) -> Formula {
    let a = abs("x")
    let reduced = ExponentialReduction(a + a, precision, bias: twiceBias(precision) / 2 - 1)
    let scale = real(reduced.word << fraction)
    let rest = 1 / (reduced.rest * scale + (scale + 0.5))
    return select(number(precision, 355, 44.5) < a, 0, rest)
  }
}
