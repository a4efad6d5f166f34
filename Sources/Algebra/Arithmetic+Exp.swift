/// x = n·ln 2 + r with |r| ≤ ln 2 / 2, and eʳ − 1 from it.
struct ExponentialReduction {
  /// n added to a bias, in the low bits of a word.
  let word: Formula
  /// n.
  let n: Formula
  /// x − n·(ln 2's first part), exact.
  let high: Formula
  /// What to take from `high` to have eʳ − 1.
  let correction: Formula
  /// eʳ − 1 with r's rounding: two operations sooner than by `high` and `correction`.
  let rest: Formula

  /// n = round(x / ln 2) by adding 1.5·2^(fraction bits), at which numbers are whole; `bias` goes along.
  ///
  /// r = (x − n·L₁) − n·L₂, where L₁ + L₂ = ln 2 and n·L₁ is exact. With q(r) = (eʳ − 1 − r)/r²,
  /// eʳ − 1 = (x − n·L₁) − (n·L₂ − r²·q(r)): only the small correction carries r's rounding.
  ///
  /// A `tail` is added to x: a number so small beside it that only the correction takes it in.
  init(_ x: Formula, _ precision: Precision, bias: Double, tail: Formula? = nil) {
    let ln2 = Coefficients.ln2[precision].map { Arithmetic.number($0) }
    let whole = Arithmetic.number(precision, 0x1.8p52 + bias, 0x1.8p23 + bias)
    let scaled = x * Arithmetic.number(precision, 0x1.71547652b82fep+0, 0x1.715476p+0)
    let shifted = scaled + whole
    let n = shifted - whole
    let high = x - n * ln2[0]
    let low = tail.map { n * ln2[1] - $0 } ?? n * ln2[1]
    let r = high - low
    let square = r * r
    let q = Arithmetic.polynomial(Coefficients.exponential[precision], r, square: square)
    self.word = Arithmetic.bits(shifted)
    self.n = n
    self.high = high
    self.correction = low - square * q
    self.rest = square * q + (high - low)
  }
}

extension Arithmetic {
  /// eˣ = 2ⁿ·eʳ, x = n·ln 2 + r. 2ⁿ is two factors 2^⌊n/2⌋·2^⌈n/2⌉, so that neither leaves the exponents' range while
  /// the product may overflow, or round once into the subnormal numbers.
  static func exp(_ precision: Precision) -> Formula {
    let x: Formula = "x"
    let reduced = ExponentialReduction(x, precision, bias: twiceBias(precision))
    let value = 1 + (reduced.high - reduced.correction)
    let scaled = scale(value, byTwoTo: reduced.word)
    let bounded = select(number(precision, 710, 89) < x, infinity, scaled)
    return select(x < number(precision, -746, -104), 0, bounded)
  }

  /// Twice the exponent field's bias.
  static func twiceBias(_ precision: Precision) -> Double { precision == .f64 ? 2046 : 254 }

  /// x·2ⁿ, given n plus twice the bias in the low bits of a word: each of the two factors takes half of both.
  static func scale(_ x: Formula, byTwoTo word: Formula) -> Formula {
    let half = word >> self.word(1, 1)
    let rest = word &- half
    return x * real(half << fraction) * real(rest << fraction)
  }

  /// eˣ − 1 = (2ⁿ·p + 2ⁿ) − 1, p = eʳ − 1; for n = 0 it is p, and keeps the sign of a zero.
  ///
  /// With h = 2ⁿ⁻¹, which has an exponent even where 2ⁿ overflows: (h·2p − (½ − h)) − (½ − h).
  /// Right for −50 ≤ x and up to where it overflows.
  static func expm1(_ reduced: ExponentialReduction) -> Formula {
    let p = reduced.high - reduced.correction
    let h = real(reduced.word << fraction)
    let rest = 0.5 - h
    return h * (p + p) - rest - rest
  }

  /// The reduction that ``expm1(_:)`` needs: the bias of the exponent, less the 1 of h.
  static func reducedForExpm1(_ x: Formula, _ precision: Precision) -> ExponentialReduction {
    ExponentialReduction(x, precision, bias: precision == .f64 ? 1022 : 126)
  }

  static func expm1(_ precision: Precision) -> Formula {
    let x: Formula = "x"
    let value = expm1(reducedForExpm1(x, precision))
    let bounded = select(number(precision, 710, 89) < x, infinity, value)
    return select(x < -50, -1, bounded)
  }
}
