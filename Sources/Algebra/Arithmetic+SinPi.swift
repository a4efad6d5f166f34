/// sin πm and cos πm of a magnitude m, which is reduced exactly: whole turns go first, then halves.
///
/// m − 2·round(m/2) lies between −1 and 1, and less half of what is nearest to its double between −¼ and ¼; π times that is
/// a number and what it lacks.
struct HalfTurns {
  /// sin πm and cos πm.
  let sine, cosine: Formula

  init(_ m: Formula, _ precision: Precision) {
    let rest = m - 2 * Arithmetic.nearest(0.5 * m, precision)
    let whole = Arithmetic.number(precision, 0x1.8p52, 0x1.8p23)
    let shifted = rest + rest + whole
    let part = rest - 0.5 * (shifted - whole)
    let angle = Self.angle(part, precision)
    let turns = QuarterTurns(
      word: Arithmetic.bits(shifted), r: angle.high, tail: angle.low, precision)
    // No zero is negative.
    sine = turns.value + 0
    cosine = turns.cosineValue + 0
  }

  /// π·x as a number and what it lacks.
  static func angle(_ x: Formula, _ precision: Precision) -> (high: Formula, low: Formula) {
    let pi = Coefficients.piParts[precision].map { Arithmetic.number($0) }
    let head = Arithmetic.head(x)
    let tail = x - head
    let product = head * pi[0]
    let small = head * pi[1] + tail * (pi[0] + pi[1])
    let high = product + small
    return (high, product - high + small)
  }
}

extension Arithmetic {
  /// sinc x = sin(πx)/(πx), with what the rounded divisor lacks made up for; near 0, 1 + z·P(z) with z = x².
  static func sinc(_ precision: Precision) -> Formula {
    let m = abs("x")
    let z = m * m
    let near = 1 + z * polynomial(Coefficients.cardinal[precision], z)
    return select(m < 0.5, near, farSinc(m, HalfTurns(m, precision), precision))
  }

  /// sinc m for m ≥ ½. Numbers from 2⁵³ on (2²⁴ at f32) are whole, so that it is 0; of the largest π·m is none any more.
  private static func farSinc(
    _ m: Formula, _ turns: HalfTurns, _ precision: Precision
  ) -> Formula {
    let (high, low) = HalfTurns.angle(m, precision)
    let quotient = turns.sine / high
    let value = quotient - quotient * (low / high)
    return select(number(precision, 0x1p60, 0x1p30) < m, 0, value)
  }

  /// The derivative of sinc, (cos πx − sinc x)/x; near 0, where the two cancel, x·P(x²).
  static func sincSlope(_ precision: Precision) -> Formula {
    let x: Formula = "x"
    let m = abs(x)
    let turns = HalfTurns(m, precision)
    let near = x * polynomial(Coefficients.cardinalSlope[precision], x * x)
    let far = (turns.cosine - farSinc(m, turns, precision)) / x
    return select(m < 0.5, near, select(m .== infinity, 0, far))
  }
}
