extension Arithmetic {
  /// erf x = x + x·P(x²) for |x| < 1, else ±(1 − erfc|x|).
  ///
  /// erfc(1 + u) = 2^L(u) with a polynomial L; 2^L = 2ⁿ·2ᶠ, n = round(L). |x| is held where erf rounds to 1.
  static func erf(_ precision: Precision) -> Formula {
    let x: Formula = "x"
    let z = x * x
    let near = x + x * polynomial(Coefficients.erfNear[precision], z)

    let magnitude = abs(x)
    let limit = number(precision, 6, 4)
    let held = select(limit < magnitude, limit, magnitude)
    let power = polynomial(Coefficients.erfFar[precision], held - 1)
    let whole = number(precision, 0x1.8p52 + 1023, 0x1.8p23 + 127)
    let shifted = power + whole
    let f = power - (shifted - whole)
    let factor = real(bits(shifted) << fraction)
    let far = 1 - factor * powerOfTwo(f, precision)
    return select(magnitude < 1, near, signed(far, like: x))
  }

  /// 2ᶠ = 1 + f·G(f), |f| ≤ ½.
  static func powerOfTwo(_ f: Formula, _ precision: Precision) -> Formula {
    1 + f * polynomial(Coefficients.powerOfTwo[precision], f)
  }
}
