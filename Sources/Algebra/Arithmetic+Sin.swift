/// sin and cos of r + t = x − n·π/2, |r| ≤ π/4, with a t that is small beside r's last digit or not far above it.
///
/// sin and cos of one argument share all of it.
struct QuarterTurns {
  /// The low bits of n.
  let word: Formula
  /// sin(r + t) and cos(r + t).
  let sine, cosine: Formula

  /// sin(r + t) = r + (r·z·S(z) + t), cos(r + t) = 1 − (z/2 − z²·C(z) + r·t), z = r².
  init(word: Formula, r: Formula, tail: Formula, _ precision: Precision) {
    self.word = word
    let z = r * r
    let square = z * z
    let s = Arithmetic.polynomial(Coefficients.sine[precision], z, square: square)
    sine = r + (r * z * s + tail)
    let c = Arithmetic.polynomial(Coefficients.cosine[precision], z, square: square)
    cosine = 1 - (0.5 * z - (square * c - r * tail))
  }

  /// Reduces `x`, which is not negative, by Cody and Waite's method: π/2 is a sum of numbers so short that n times
  /// each is exact, and the products are subtracted from the largest on. The first two differences are exact; the
  /// rounding of the fourth goes, with the fifth product, into the tail.
  init(_ x: Formula, _ precision: Precision) {
    let whole = Arithmetic.number(precision, 0x1.8p52, 0x1.8p23)
    let shifted = x * Arithmetic.number(precision, 0x1.45f306dc9c883p-1, 0x1.45f306p-1) + whole
    let n = shifted - whole
    let products = Coefficients.quarterTurn[precision].map { n * Arithmetic.number($0) }
    let first = x - products[0] - products[1] - products[2]
    let r = first - products[3]
    let tail = first - r - products[3] - products[4]
    self.init(word: Arithmetic.bits(shifted), r: r, tail: tail, precision)
  }

  /// Whether the lowest bit of `word` is set.
  private var isOdd: Formula {
    let one = Arithmetic.word(0x3FF0_0000_0000_0000, 0x3F80_0000)
    return Arithmetic.real((word << Arithmetic.word(63, 31)) | one) < 0
  }

  /// sin x, which is sin r, cos r, −sin r, −cos r for n = 0, 1, 2, 3 (modulo 4).
  var value: Formula {
    let value = select(isOdd, cosine, sine)
    return Arithmetic.real(
      Arithmetic.bits(value) ^ ((word << Arithmetic.word(62, 30)) & Arithmetic.signMask))
  }

  /// cos x, which is cos r, −sin r, −cos r, sin r.
  var cosineValue: Formula {
    let value = select(isOdd, sine, cosine)
    let next = word &+ Arithmetic.word(1, 1)
    return Arithmetic.real(
      Arithmetic.bits(value) ^ ((next << Arithmetic.word(62, 30)) & Arithmetic.signMask))
  }
}

extension Arithmetic {
  /// Whether |x| is beyond 2²⁶·π/2 ≈ 1.05·10⁸ (2¹³·π/2 ≈ 12867 at f32), where n times a part of π/2 is not exact.
  private static func isLarge(_ magnitude: Formula, _ precision: Precision) -> Formula {
    number(precision, 0x1.921fb54442d18p26, 0x1.921fb4p13) < magnitude
  }

  /// sin|x|, then the sign of x.
  static func sin(_ precision: Precision) -> Formula {
    let x: Formula = "x"
    let magnitude = abs(x)
    let large = Formula.apply("sin_large", magnitude, 0)
    let value = select(
      isLarge(magnitude, precision), large, QuarterTurns(magnitude, precision).value)
    return real(bits(value) ^ (bits(x) & signMask))
  }

  /// cos|x|; that of a large x is sin(|x| + π/2).
  static func cos(_ precision: Precision) -> Formula {
    let magnitude = abs("x")
    let large = Formula.apply("sin_large", magnitude, 1)
    return select(
      isLarge(magnitude, precision), large, QuarterTurns(magnitude, precision).cosineValue)
  }
}
