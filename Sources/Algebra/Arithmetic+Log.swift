/// x = 2ᵏ·m with √½ ≤ m < √2, for a positive normal x.
struct BinaryDecomposition {
  /// k + 1024 (k + 128 at f32), over the fraction of m/√½ in the bits.
  let word: Formula
  /// m.
  let significand: Formula

  /// The bits of x less those of √½ have k over them and the bits of m less those of √½ under them.
  init(_ x: Formula) {
    let root = Arithmetic.word(0x3FE6_A09E_667F_3BCD, 0x3F35_04F3)
    let bias = Arithmetic.word(
      0x4000_0000_0000_0000 - 0x3FE6_A09E_667F_3BCD, 0x4000_0000 - 0x3F35_04F3)
    word = Arithmetic.bits(x) &+ bias
    significand = Arithmetic.real((word & Arithmetic.fractionMask) &+ root)
  }

  /// offset − k, for an `offset` that is added to 2^(fraction bits) + 1024 (or 128).
  func negatedExponent(_ origin: Formula) -> Formula {
    let whole = Arithmetic.word(0x4330_0000_0000_0000, 0x4B00_0000)
    return origin - Arithmetic.real((word >> Arithmetic.fraction) | whole)
  }
}

extension Arithmetic {
  /// k·ln 2 + ln(1 + f), given −k and f, √½ ≤ 1 + f < √2.
  ///
  /// ln(1 + f) = 2·atanh(s) = 2s + s·T, s = f/(2 + f), T = s²·(2/3 + 2s²/5 + …); since 2s = f − s·f,
  /// it is f − s·(f − T): f itself carries no rounding. Subtracting −k·ln 2 keeps the sign of a zero.
  static func logarithm(_ negatedExponent: Formula, _ f: Formula, _ precision: Precision) -> Formula
  {
    let ln2 = Coefficients.ln2[precision].map { number($0) }
    let s = f / (2 + f)
    let z = s * s
    let t = z * polynomial(Coefficients.logarithm[precision], z)
    let small = s * (f - t) + negatedExponent * ln2[1]
    return (f - small) - negatedExponent * ln2[0]
  }

  /// ln x = k·ln 2 + ln m, x = 2ᵏ·m; subnormal numbers are scaled into the normal range first.
  static func log(_ precision: Precision) -> Formula {
    let x: Formula = "x"
    let isTiny = x < number(precision, 0x1p-1022, 0x1p-126)
    let scaled = select(isTiny, x * number(precision, 0x1p54, 0x1p25), x)
    let origin = select(
      isTiny, number(precision, 0x1p52 + 1024 + 54, 0x1p23 + 128 + 25),
      number(precision, 0x1p52 + 1024, 0x1p23 + 128))
    let parts = BinaryDecomposition(scaled)
    let value = logarithm(parts.negatedExponent(origin), parts.significand - 1, precision)
    let outside = select(x .== 0, minusInfinity, notANumber)
    return select(0 < x, select(x < infinity, value, x), outside)
  }

  /// ln(1 + x).
  static func log1p(_ precision: Precision) -> Formula { log1p("x", rest: nil, precision) }

  /// ln(1 + x + rest), the rest so small that x is the rounded sum: u + c = 1 + x exactly (Knuth's sum), u = 2ᵏ·m,
  /// f = (m − 1) + (c + rest)·2⁻ᵏ.
  static func log1p(_ x: Formula, rest: Formula?, _ precision: Precision) -> Formula {
    let u = 1 + x
    let part = u - 1
    let lost = (x - part) - ((u - part) - 1)
    let c = rest.map { lost + $0 } ?? lost
    let parts = BinaryDecomposition(u)
    // 2^(1 − k): the half keeps its exponent in range where k is greatest.
    let exponent =
      word(0x8000_0000_0000_0000, 0x8000_0000)
      &- (parts.word & word(0xFFF0_0000_0000_0000, 0xFF80_0000))
    let f = c * real(exponent) * 0.5 - (1 - parts.significand)
    let origin = number(precision, 0x1p52 + 1024, 0x1p23 + 128)
    let value = logarithm(parts.negatedExponent(origin), f, precision)
    let outside = select(x .== -1, minusInfinity, notANumber)
    return select(-1 < x, select(x < infinity, value, x), outside)
  }
}
