extension Arithmetic {
  /// σ(−a) = 1 / (1 + eᵃ), a = |x|: the smaller of σ(x) and 1 − σ(x).
  ///
  /// a = m·½·ln 2 + r with |r| ≤ ¼·ln 2, and eᵃ = √2ᵐ·(1 + v), v = eʳ − 1: in half steps the polynomial is short.
  /// With m = 2k + b, numerator and denominator are scaled by a power of two each, so that neither leaves the exponents'
  /// range, and the quotient rounds once, into the subnormal numbers too:
  ///
  ///     D / (D + U·(1 + v)),   U = c·√2ᵇ·2^⌊k/2⌋,   D = c·2^−⌈k/2⌉
  ///
  /// c is a number of which c·√2 is a number as well, nearly: the numerator is exact, and the scales and their sum are
  /// known before v is. v is followed by one fused operation and the division.
  static func sigmoidTail(_ precision: Precision) -> Formula {
    let tail = SigmoidScales(precision)
    let ln2 = Coefficients.ln2[precision].map { number($0 / 2) }
    let r = tail.magnitude - tail.steps * ln2[0] - tail.steps * ln2[1]
    let square = r * r
    return tail.quotient(square * exponentialQuotient(precision, r, square) + r)
  }

  /// The same where products are fused with sums: r = a − m·½·ln 2 needs one operation, and v does not wait for what the
  /// rounding of ½·ln 2 left, m·λ. To first order in that, v = eʳ − 1 − m·λ·eʳ, and eʳ = 1 + r + r²/2 is enough there,
  /// 1 + r at f32.
  static func fusedSigmoidTail(_ precision: Precision) -> Formula {
    let tail = SigmoidScales(precision)
    let taken = Coefficients.halfLn2[precision].map { number(-$0) }
    let r: Formula = .apply("fma", tail.steps, taken[0], tail.magnitude)
    let square = r * r
    let factor = precision == .f64 ? square * 0.5 + (1 + r) : 1 + r
    let first = r + tail.steps * taken[1] * factor
    return tail.quotient(square * exponentialQuotient(precision, r, square) + first)
  }

  /// (eʳ − 1 − r)/r², |r| ≤ ¼·ln 2.
  private static func exponentialQuotient(
    _ precision: Precision, _ r: Formula, _ square: Formula
  ) -> Formula {
    polynomial(Coefficients.exponentialHalf[precision], r, square: square)
  }

  /// σ(x) = q where x < 0 and 1 − q elsewhere, q = σ(−|x|).
  static func sigmoid(_ precision: Precision) -> Formula {
    sigmoid(tail: sigmoidTail(precision))
  }

  /// The same where products are fused with sums.
  static func fusedSigmoid(_ precision: Precision) -> Formula {
    sigmoid(tail: fusedSigmoidTail(precision))
  }

  private static func sigmoid(tail: Formula) -> Formula { select("x" < 0, tail, 1 - tail) }
}

/// What the sigmoid takes from a = |x| before its exponential is known.
private struct SigmoidScales {
  /// a, held where the quotient is 0.
  let magnitude: Formula
  /// m = round(2a / ln 2).
  let steps: Formula
  /// U = c·√2ᵇ·2^⌊k/2⌋, m = 2k + b.
  private let up: Formula
  /// D = c·2^−⌈k/2⌉.
  private let down: Formula

  init(_ precision: Precision) {
    let x = Arithmetic.abs("x")
    let highest = Arithmetic.number(precision, 746, 104)
    magnitude = select(highest < x, highest, x)
    // 1.5·2^(fraction bits), at which numbers are whole, and the exponents' bias for the fourth part of m.
    let bias = 2 * Arithmetic.twiceBias(precision)
    let whole = Arithmetic.number(precision, 0x1.8p52 + bias, 0x1.8p23 + bias)
    let shifted =
      magnitude * Arithmetic.number(precision, 0x1.71547652b82fep+1, 0x1.715476p+1) + whole
    steps = shifted - whole
    let word = Arithmetic.bits(shifted)
    let half = word >> Arithmetic.word(2, 2)
    let rest = (word >> Arithmetic.word(1, 1)) &- half
    let isOdd = Arithmetic.word(0, 0) &- (word & Arithmetic.word(1, 1))
    up = Arithmetic.real(
      (half << Arithmetic.fraction)
        &+ (Self.scale { $0[0] - $1 } &+ (isOdd & Self.scale { c, _ in c[1] - c[0] })))
    down = Arithmetic.real(Self.scale { $0[0] + $1 } &- (rest << Arithmetic.fraction))
  }

  /// D / (D + U·(1 + v)).
  func quotient(_ v: Formula) -> Formula { down / (v * up + (up + down)) }

  /// A word made of those of c and c·√2 and of the exponents' bias in its field.
  private static func scale(_ form: ([UInt64], UInt64) -> UInt64) -> Formula {
    let (f64, f32) = (Coefficients.diagonal.f64, Coefficients.diagonal.f32)
    let narrow = form(f32.map { UInt64(Float($0).bitPattern) }, 127 << 23)
    return Arithmetic.word(form(f64.map(\.bitPattern), 1023 << 52), UInt32(narrow))
  }
}
