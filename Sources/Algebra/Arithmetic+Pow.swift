/// log₂ a of a positive a, as a sum of two numbers.
///
/// a = 2ᵏ·m, and m lies near one of five centres c: s = (m − c)/(m + c), and
/// log₂ a = k + log₂ c + 2s/ln 2 + s³·Q(s²), |s| < 0.036. The first three terms are carried in two numbers each; the
/// last is below 2⁻¹¹ of the third, so that its own roundings do not count. Near 1, k and log₂ c are 0.
struct BinaryLogarithm {
  /// The sum, rounded.
  let high: Formula
  /// What `high` lacks.
  let low: Formula

  init(_ x: Formula, _ precision: Precision) {
    let isTiny = x < Arithmetic.number(precision, 0x1p-1022, 0x1p-126)
    let scaled = select(isTiny, x * Arithmetic.number(precision, 0x1p54, 0x1p25), x)
    let origin = select(
      isTiny, Arithmetic.number(precision, 0x1p52 + 1024 + 54, 0x1p23 + 128 + 25),
      Arithmetic.number(precision, 0x1p52 + 1024, 0x1p23 + 128))
    let parts = BinaryDecomposition(scaled)
    let m = parts.significand

    let below = Coefficients.powBounds[precision].map { m < Arithmetic.number($0) }
    func nearest(_ row: Coefficients) -> Formula {
      let values = row[precision].map { Arithmetic.number($0) }
      let left = select(below[0], values[0], values[1])
      let right = select(below[2], values[2], select(below[3], values[3], values[4]))
      return select(below[1], left, right)
    }
    let c = nearest(Coefficients.powCentres)

    // s = head + tail: the head half as long as a number, the tail from the exact remainder of the division.
    let f = m - c
    let sum = m + c
    let sumHead = Arithmetic.head(sum)
    let sumTail = m - (sumHead - c)
    let inverse = 1 / sum
    let s = f * inverse
    let head = Arithmetic.head(s)
    let tail = (f - head * sumHead - head * sumTail) * inverse

    let scale = Coefficients.binaryLogarithmScale[precision].map { Arithmetic.number($0) }
    let z = s * s
    let q = Arithmetic.polynomial(Coefficients.binaryLogarithm[precision], z)
    let first = nearest(Coefficients.powHeads) - parts.negatedExponent(origin)
    let second = head * scale[0]
    let sumOfTwo = first + second
    let lost = first - sumOfTwo + second
    let small = s * z * q + (tail * scale[0] + s * scale[1]) + nearest(Coefficients.powTails)
    let rest = lost + small
    high = sumOfTwo + rest
    low = sumOfTwo - high + rest
  }
}

extension Arithmetic {
  /// The upper half of a number's digits: two such have an exact product.
  static func head(_ x: Formula) -> Formula {
    real(bits(x) & word(0xFFFF_FFFF_F800_0000, 0xFFFF_F000))
  }

  /// |a|ᵇ = 2^(b·log₂|a|), with the product in two numbers; then the cases of C99's Annex F.
  ///
  /// aᵇ is 1 for b = 0 and for a = 1, whatever the other; a zero or an infinity acts by its logarithm ∓∞; a negative
  /// base keeps its sign under odd exponents, loses it under even ones (every number from 2⁵³ on, or 2²⁴ at f32, and
  /// ±∞ is even), and has no power, NaN, under the others.
  static func pow(_ precision: Precision) -> Formula {
    let a: Formula = "a"
    let b: Formula = "b"
    let base = abs(a)
    let logarithm = BinaryLogarithm(base, precision)

    // b·log₂|a|, the halves of each.
    let logarithmHead = head(logarithm.high)
    let logarithmTail = logarithm.high - logarithmHead + logarithm.low
    let exponentHead = head(b)
    let exponentTail = b - exponentHead
    let productHead = exponentHead * logarithmHead
    let productTail = b * logarithmTail + exponentTail * logarithmHead

    // 2ⁿ·2ᶠ, 2ⁿ in two factors as in exp.
    let whole = number((precision == .f64 ? 0x1.8p52 : 0x1.8p23) + twiceBias(precision))
    let shifted = productHead + productTail + whole
    let f = productHead - (shifted - whole) + productTail
    let scaled = scale(powerOfTwo(f, precision), byTwoTo: bits(shifted))

    let edge = select(base .== 0, minusInfinity, logarithm.high)
    let estimate = b * select(base .== infinity, infinity, edge)
    let bounded = select(number(precision, 1025, 129) < estimate, infinity, scaled)
    let positive = select(estimate < number(precision, -1077, -152), 0, bounded)
    let known = select(a .== a, positive, a)
    let magnitude = select(or(base .== 1, b .== 0), 1, known)

    let size = abs(b)
    let isInteger = isInteger(size, precision)
    let isEven = self.isInteger(0.5 * size, precision)
    let isOdd = and(isInteger, not(isEven))
    let hasNoPower = and(and(a < 0, base < infinity), not(isInteger))
    let value = select(hasNoPower, notANumber, magnitude)
    return select(isOdd, signed(value, like: a), value)
  }

  /// Whether `x`, which is not negative, is an integer or +∞: beyond 2^(fraction bits) all are.
  private static func isInteger(_ x: Formula, _ precision: Precision) -> Formula {
    let whole = number(precision, 0x1p52, 0x1p23)
    return or(whole <= x, x + whole - whole .== x)
  }
}
