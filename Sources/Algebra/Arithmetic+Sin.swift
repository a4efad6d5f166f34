/// sin and cos of r + t = x − n·π/2, |r| ≤ π/4, with a t that is small beside r's last digit or not far above it.
///
/// sin and cos of one argument share all of it.
struct QuarterTurns {
  /// The low bits of n.
  let word: Formula
  /// r and t.
  private let r, tail: Formula
  /// sin(r + t) − r, and 1 − r²/2 − cos(r + t).
  private let sinePart, cosinePart: Formula
  /// sin(r + t) and cos(r + t).
  let sine, cosine: Formula

  /// sin(r + t) = r + (r·z·S(z) + t), cos(r + t) = 1 − (z/2 − (z²·C(z) − r·t)), z = r².
  init(word: Formula, r: Formula, tail: Formula, _ precision: Precision) {
    self.word = word
    self.r = r
    self.tail = tail
    let z = r * r
    let square = z * z
    let s = Arithmetic.polynomial(Coefficients.sine[precision], z, square: square)
    sinePart = r * z * s + tail
    sine = r + sinePart
    let c = Arithmetic.polynomial(Coefficients.cosine[precision], z, square: square)
    cosinePart = square * c - r * tail
    cosine = 1 - (0.5 * z - cosinePart)
  }

  /// Reduces `x`, which is not negative, by Cody and Waite's method: π/2 is a sum of numbers so short that n times
  /// each is exact, and the products are subtracted from the largest on. The first two differences are exact; the
  /// rounding of the fourth goes, with the fifth product, into the tail, and so does that of the third where the tail is
  /// to be `whole`: it is below half a unit of r.
  init(_ x: Formula, _ precision: Precision, whole isWhole: Bool = false) {
    let whole = Arithmetic.number(precision, 0x1.8p52, 0x1.8p23)
    let shifted = x * Arithmetic.number(precision, 0x1.45f306dc9c883p-1, 0x1.45f306p-1) + whole
    let n = shifted - whole
    let products = Coefficients.quarterTurn[precision].map { n * Arithmetic.number($0) }
    let exact = x - products[0] - products[1]
    let first = exact - products[2]
    let r = first - products[3]
    var tail = first - r - products[3] - products[4]
    if isWhole { tail = tail + (exact - first - products[2]) }
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

  /// tan x, which is sin r/cos r or −cos r/sin r: with a/b rounded to y, y + (a′ − y·b′)/b, a′ and b′ what a and b lack.
  ///
  /// For the cosine r² = h² + (r − h)·(r + h), h the upper half of r's digits, so that h² is exact.
  var tangent: Formula {
    let h = Arithmetic.head(r)
    let half = 0.5 * (h * h)
    let whole = 1 - half
    let small = 0.5 * ((r - h) * (r + h)) - cosinePart
    let cosine = whole - small
    let cosineRest = (whole - cosine - small) + (1 - whole - half)
    let sineRest = (r - sine) + sinePart
    let a = select(isOdd, -cosine, sine)
    let b = select(isOdd, sine, cosine)
    let y = a / b
    return y + (select(isOdd, -cosineRest, sineRest) - y * select(isOdd, sineRest, cosineRest)) / b
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

  /// tan|x|, then the sign of x.
  static func tan(_ precision: Precision) -> Formula {
    let x: Formula = "x"
    let magnitude = abs(x)
    let value = select(
      isLarge(magnitude, precision), .apply("tan_large", magnitude),
      QuarterTurns(magnitude, precision, whole: true).tangent)
    return real(bits(value) ^ (bits(x) & signMask))
  }
}
