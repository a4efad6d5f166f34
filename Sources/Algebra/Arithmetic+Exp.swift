/// x = n·ln 2 + r with |r| ≤ ln 2 / 2, and eʳ − 1 from it.
struct ExponentialReduction {
  /// n added to a bias, in the low bits of a word.
  let word: Formula
  /// x − n·(ln 2's first part), exact.
  let high: Formula
  /// What to take from `high` to have eʳ − 1.
  let correction: Formula

  /// n = round(x / ln 2) by adding 1.5·2^(fraction bits), at which numbers are whole; `bias` goes along.
  ///
  /// r = (x − n·L₁) − n·L₂, where L₁ + L₂ = ln 2 and n·L₁ is exact. With q(r) = (eʳ − 1 − r)/r²,
  /// eʳ − 1 = (x − n·L₁) − (n·L₂ − r²·q(r)): only the small correction carries r's rounding.
  init(_ x: Formula, _ precision: Precision, bias: Double) {
    let ln2 = Coefficients.ln2[precision].map { Arithmetic.number($0) }
    let whole = Arithmetic.number(precision, 0x1.8p52 + bias, 0x1.8p23 + bias)
    let shifted = x * Arithmetic.number(precision, 0x1.71547652b82fep+0, 0x1.715476p+0) + whole
    let n = shifted - whole
    let high = x - n * ln2[0]
    let low = n * ln2[1]
    let r = high - low
    let q = Arithmetic.polynomial(Coefficients.exponential[precision], r)
    self.word = Arithmetic.bits(shifted)
    self.high = high
    self.correction = low - r * r * q
  }
}

extension Arithmetic {
  /// eˣ = 2ⁿ·eʳ, x = n·ln 2 + r. 2ⁿ is two factors 2^⌊n/2⌋·2^⌈n/2⌉, so that neither leaves the exponents' range while
  /// the product may overflow, or round once into the subnormal numbers.
  static func exp(_ precision: Precision) -> Formula {
    let x: Formula = "x"
    // Twice the exponent's bias: each half takes one.
    let reduced = ExponentialReduction(x, precision, bias: precision == .f64 ? 2046 : 254)
    let half = reduced.word >> word(1, 1)
    let rest = reduced.word &- half
    let value = 1 + (reduced.high - reduced.correction)
    let scaled = value * real(half << fraction) * real(rest << fraction)
    let bounded = select(number(precision, 710, 89) < x, infinity, scaled)
    return select(x < number(precision, -746, -104), 0, bounded)
  }

  /// eˣ − 1 = (2ⁿ·p + 2ⁿ) − 1, p = eʳ − 1; for n = 0 it is p, and keeps the sign of a zero.
  ///
  /// With h = 2ⁿ⁻¹, which has an exponent even where 2ⁿ overflows: (h·2p − (½ − h)) − (½ − h). Needs x ≥ −50.
  static func expm1(reducing x: Formula, _ precision: Precision) -> Formula {
    let reduced = ExponentialReduction(x, precision, bias: precision == .f64 ? 1022 : 126)
    let p = reduced.high - reduced.correction
    let h = real(reduced.word << fraction)
    let rest = 0.5 - h
    return h * (p + p) - rest - rest
  }

  static func expm1(_ precision: Precision) -> Formula {
    let x: Formula = "x"
    let value = expm1(reducing: x, precision)
    let bounded = select(number(precision, 710, 89) < x, infinity, value)
    return select(x < -50, -1, bounded)
  }

  /// tanh|x| = t/(t + 2), t = e^2|x| − 1, with |x| held where the quotient rounds to 1; then the sign.
  static func tanh(_ precision: Precision) -> Formula {
    let x: Formula = "x"
    let magnitude = abs(x)
    let limit = number(precision, 22, 10)
    let held = select(limit < magnitude, limit, magnitude)
    let t = expm1(reducing: held + held, precision)
    return signed(t / (t + 2), like: x)
  }
}
