/// sin and cos of r = x − n·π/2, |r| ≤ π/4, and n.
///
/// sin and cos of one argument share all of it.
struct QuarterTurns {
  /// The low bits of n.
  let word: Formula
  /// sin r and cos r.
  let sine, cosine: Formula

  /// Reduces `x`, which is not negative, by Cody and Waite's method: π/2 is a sum of numbers so short that n times
  /// each is exact, and the products are subtracted from the largest on. The first two differences are exact; the
  /// rounding of the fourth goes, with the fifth product, into a tail t:
  /// sin(r + t) = r + (r·z·S(z) + t), cos(r + t) = 1 − (z/2 − z²·C(z) + r·t), z = r².
  init(_ x: Formula, _ precision: Precision) {
    let whole = Arithmetic.number(precision, 0x1.8p52, 0x1.8p23)
    let shifted = x * Arithmetic.number(precision, 0x1.45f306dc9c883p-1, 0x1.45f306p-1) + whole
    let n = shifted - whole
    let products = Coefficients.quarterTurn[precision].map { n * Arithmetic.number($0) }
    let first = x - products[0] - products[1] - products[2]
    let r = first - products[3]
    let tail = first - r - products[3] - products[4]
    let z = r * r
    word = Arithmetic.bits(shifted)
    let square = z * z
    let s = Arithmetic.polynomial(Coefficients.sine[precision], z, square: square)
    sine = r + (r * z * s + tail)
    let c = Arithmetic.polynomial(Coefficients.cosine[precision], z, square: square)
    cosine = 1 - (0.5 * z - (square * c - r * tail))
  }

  /// Whether the lowest bit of `word` is set.
  var isOdd: Formula {
    let one = Arithmetic.word(0x3FF0_0000_0000_0000, 0x3F80_0000)
    return Arithmetic.real((word << Arithmetic.word(63, 31)) | one) < 0
  }
}

extension Arithmetic {
  /// |x|, and 0 where |x| ≥ 2⁵¹ (2²² at f32): there a number's neighbours are half a radian away or more.
  private static func turned(_ x: Formula, _ precision: Precision) -> QuarterTurns {
    let magnitude = abs(x)
    let held = select(magnitude < number(precision, 0x1p51, 0x1p22), magnitude, x - x)
    return QuarterTurns(held, precision)
  }

  /// sin|x| is sin r, cos r, −sin r, −cos r for n = 0, 1, 2, 3 (modulo 4); then the sign of x.
  ///
  /// Holds its bound for |x| ≤ 2²⁶·π/2 ≈ 1.05·10⁸ (2¹³·π/2 ≈ 12867 at f32). Beyond, the result is the sine of
  /// x·(1 + δ), |δ| at most half a unit in the last place; from 2⁵¹ (2²²) on it is 0.
  static func sin(_ precision: Precision) -> Formula {
    let x: Formula = "x"
    let turned = turned(x, precision)
    let value = select(turned.isOdd, turned.cosine, turned.sine)
    let sign = (bits(x) ^ (turned.word << word(62, 30))) & signMask
    return real(bits(value) ^ sign)
  }

  /// cos x is cos r, −sin r, −cos r, sin r for n = 0, 1, 2, 3 (modulo 4).
  ///
  /// Holds its bound where ``sin(_:)`` does; from 2⁵¹ (2²²) on it is 1.
  static func cos(_ precision: Precision) -> Formula {
    let x: Formula = "x"
    let turned = turned(x, precision)
    let value = select(turned.isOdd, turned.sine, turned.cosine)
    let sign = ((turned.word &+ word(1, 1)) << word(62, 30)) & signMask
    return real(bits(value) ^ sign)
  }
}
