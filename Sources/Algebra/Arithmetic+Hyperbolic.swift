/// eᵃ and e⁻ᵃ of one a ≥ 0, as powers of two and what each lacks: eᵃ = 2ⁿ·(1 + v), e⁻ᵃ = 2⁻ⁿ·(1 − w), w = v/(1 + v).
///
/// Both are scaled by the same power of two, so that neither leaves the exponents' range before a result does.
private struct ExponentialPair {
  /// 2ⁿ and 2⁻ⁿ, scaled; the second is 0 where it does not count beside the first.
  let up, down: Formula
  /// v and w.
  let v, w: Formula

  /// What eᵃ + e⁻ᵃ, scaled, is beyond `up`: what is small is added up first.
  var rest: Formula { up * v + (down - down * w) }

  /// Reduces a, which is at most so great that 2ⁿ⁺ˢ has an exponent, s the binary logarithm of the scale.
  init(_ a: Formula, _ precision: Precision, scaledBy s: Double) {
    let bias = (precision == .f64 ? 1023 : 127) + s
    let reduced = ExponentialReduction(a, precision, bias: bias)
    v = reduced.high - reduced.correction
    w = v / (1 + v)
    up = Arithmetic.real(reduced.word << Arithmetic.fraction)
    // e^−60 is below half a unit of 1.
    let twice = Arithmetic.word(UInt64(2 * (1023 + s)), UInt32(2 * (127 + s)))
    down = select(a < 30, Arithmetic.real((twice &- reduced.word) << Arithmetic.fraction), 0)
  }
}

extension Arithmetic {
  /// sinh a = ½·(eᵃ − e⁻ᵃ), a = |x|; a polynomial for a < 1; then the sign.
  ///
  /// 2ⁿ and 2⁻ⁿ are subtracted first, which is exact or nearly so. ¼ of each keeps them in range up to the end.
  static func sinh(_ precision: Precision) -> Formula {
    let x: Formula = "x"
    let a = abs(x)
    let z = a * a
    let near = a + a * (z * polynomial(Coefficients.sinhNear[precision], z))
    let e = ExponentialPair(heldBelowOverflow(a, precision), precision, scaledBy: -2)
    let far = 2 * ((e.up - e.down) + (e.up * e.v + e.down * e.w))
    return signed(select(a < 1, near, far), like: x)
  }

  /// cosh a = ½·(eᵃ + e⁻ᵃ), a = |x|.
  static func cosh(_ precision: Precision) -> Formula {
    let e = ExponentialPair(heldBelowOverflow(abs("x"), precision), precision, scaledBy: -2)
    return 2 * (e.up + e.rest)
  }

  /// 1 / cosh x, held where it has become 0: 2⁻⁶¹ by 2⁻⁶¹·cosh x, which is in range where cosh x is not.
  static func sech(_ precision: Precision) -> Formula {
    let (a, limit) = (abs("x"), number(precision, 747, 105))
    let e = ExponentialPair(select(limit < a, limit, a), precision, scaledBy: -62)
    // With s = up + rest rounded and q = 2⁻⁶¹/s, what s lacks counts q times as much as s does.
    let s = e.up + e.rest
    let q = 0x1p-61 / s
    return q - q * ((e.rest - (s - e.up)) * q * 0x1p61)
  }

  /// a, held where sinh and cosh have become infinite and 2ⁿ⁻² still has an exponent.
  private static func heldBelowOverflow(_ a: Formula, _ precision: Precision) -> Formula {
    let limit = number(precision, 710.6, 89.5)
    return select(limit < a, limit, a)
  }

  /// artanh a = ½·ln(1 + 2a + 2a·a/(1 − a)), a = |x|; then the sign.
  static func atanh(_ precision: Precision) -> Formula {
    let x: Formula = "x"
    let a = abs(x)
    let sum = Sum(2 * a, 2 * a * a / (1 - a))
    let isInside = a < 1
    let value =
      0.5 * log1p(select(isInside, sum.high, a), rest: select(isInside, sum.low, 0), precision)
    return signed(select(isInside, value, select(a .== 1, infinity, notANumber)), like: x)
  }

  /// arcosh x = ln(1 + t + √(2t + t²)), t = x − 1; ln x + ln 2 from 2⁶⁰ on, where 1 does not count and 2x may be out of
  /// range.
  static func acosh(_ precision: Precision) -> Formula {
    let x: Formula = "x"
    let (t, isFar) = (x - 1, 0x1p60 < x)
    let sum = Sum(.apply("sqrt", 2 * t + t * t), t)
    let value = log1p(select(isFar, x, sum.high), rest: select(isFar, 0, sum.low), precision)
    return select(x < 1, notANumber, value + select(isFar, 0.6931471805599453, 0))
  }
}

/// a + b as its rounded value and what that lacks, |a| ≥ |b| (Dekker's sum).
private struct Sum {
  let high, low: Formula

  init(_ a: Formula, _ b: Formula) {
    high = a + b
    low = b - (high - a)
  }
}
