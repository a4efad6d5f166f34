extension Arithmetic {
  /// tanh a, a = |x|, then the sign.
  ///
  /// Far from 0 it is 1 − 2/(1 + e²ᵃ), whose quotient is small beside 1, so that its roundings weigh little; with
  /// e²ᵃ = 2ⁿ·(1 + v), a held where tanh a rounds to 1. Near 0 it is a + a·z·p(z), z = a², ready before the quotient.
  static func tanh(_ precision: Precision) -> Formula {
    let x: Formula = "x"
    let magnitude = abs(x)
    let limit = number(precision, 20, 10)
    let a = select(limit < magnitude, limit, magnitude)
    let reduced = ExponentialReduction(a + a, precision, bias: twiceBias(precision) / 2)
    let scale = real(reduced.word << fraction)
    let far = 1 - 2 * (1 / (reduced.rest * scale + (scale + 1)))
    let z = a * a
    let near = a + a * z * horner(Coefficients.tanhNear[precision], z)
    return signed(select(a < 0.5625, near, far), like: x)
  }

  /// 1/cosh²(x/2) = 4e/(1 + e)² with e = eˣ, x not positive: the slope of tanh far from 0.
  static func sechSquare(_ precision: Precision) -> Formula {
    let e = exp(precision)
    return 4 * e / ((1 + e) * (1 + e))
  }
}
