/// asin and acos of a = |x|.
///
/// For a < ½, asin a = a + a·z·P(z) with z = a². Elsewhere a = 1 − 2z, s = √z, and acos a = 2·asin s, of which s is a number
/// h of half the digits, exact in its square, and the rest c = (z − h²)/(s + h).
private struct Arcsine {
  /// Whether a < ½.
  let isNear: Formula
  /// a·z·P(z), or s·z·P(z).
  let small: Formula
  /// h and c.
  let head, tail: Formula
  /// π/2, and what that lacks.
  let quarter, rest: Formula

  init(_ a: Formula, _ precision: Precision) {
    isNear = a < 0.5
    let z = select(isNear, a * a, 0.5 * (1 - a))
    let s: Formula = .apply("sqrt", z)
    let base = select(isNear, a, s)
    small = base * (z * Arithmetic.polynomial(Coefficients.arcsine[precision], z))
    head = Arithmetic.head(s)
    tail = select(z .== 0, 0, (z - head * head) / (s + head))
    let angles = Coefficients.arctangents[precision].map { Arithmetic.number($0) }
    (quarter, rest) = (angles[6], angles[7])
  }
}

extension Arithmetic {
  /// asin a, or π/2 − 2·asin √((1 − a)/2); then the sign of x.
  static func asin(_ precision: Precision) -> Formula {
    let a = abs("x")
    let parts = Arcsine(a, precision)
    let far = parts.quarter - 2 * parts.head - (2 * (parts.small + parts.tail) - parts.rest)
    return signed(select(parts.isNear, a + parts.small, far), like: "x")
  }

  /// π/2 − asin x near 0; 2·asin √((1 − x)/2) to the right, and π less that of −x to the left.
  static func acos(_ precision: Precision) -> Formula {
    let x: Formula = "x"
    let parts = Arcsine(abs(x), precision)
    let near = parts.quarter - (x - (parts.rest - signed(parts.small, like: x)))
    let small = parts.small + parts.tail
    let right = 2 * (parts.head + small)
    let left = 2 * parts.quarter - 2 * parts.head - 2 * (small - parts.rest)
    return select(parts.isNear, near, select(x < 0, left, right))
  }
}
