extension Arithmetic {
  /// atan|x| of a magnitude, infinity included, to less than a unit.
  ///
  /// atan a = atan c + atan((a − c)/(1 + c·a)) with c = 0, ½, 1, 3/2 or ∞, whichever is nearest in angle: what is left is
  /// below 7/16 (S. Moshier, fdlibm). atan t = t + t·z·P(z), z = t²; atan c is a number and what that lacks.
  static func arctangent(_ a: Formula, _ precision: Precision) -> Formula {
    let angles = Coefficients.arctangents[precision].map { number($0) }
    let bounds = [0.4375, 0.6875, 1.1875, 2.4375].map { a < number($0) }
    func chosen(_ first: Formula, _ second: Formula, _ third: Formula, _ last: Formula) -> Formula {
      select(bounds[1], first, select(bounds[2], second, select(bounds[3], third, last)))
    }
    let above = chosen(a + a - 1, a - 1, a - 1.5, -1)
    let below = chosen(2 + a, 1 + a, 1 + 1.5 * a, a)
    let isNear = bounds[0]
    let t = select(isNear, a, above) / select(isNear, 1, below)
    let z = t * t
    let small = t * (z * polynomial(Coefficients.arctangent[precision], z))
    let high = chosen(angles[0], angles[2], angles[4], angles[6])
    let low = chosen(angles[1], angles[3], angles[5], angles[7])
    return select(isNear, t + small, high + (t + (small + low)))
  }

  /// atan|x|, then the sign of x.
  static func atan(_ precision: Precision) -> Formula {
    signed(arctangent(abs("x"), precision), like: "x")
  }

  /// The angle of the point (b, a): atan|a/b| in the first quadrant, π less it left of the axis; then the sign of a. That of
  /// a zero counts, and equal magnitudes, infinities too, have the angle π/4.
  static func atan2(_ precision: Precision) -> Formula {
    let (a, b): (Formula, Formula) = ("a", "b")
    let (above, beside) = (abs(a), abs(b))
    let isOnAxis = and(above .== 0, b .== b)
    let ratio = select(isOnAxis, 0, select(above .== beside, 1, above / beside))
    let angle = arctangent(ratio, precision)
    let halves = Coefficients.arctangents[precision]
    let turned = number(2 * halves[6]) - (angle - number(2 * halves[7]))
    let one = word(0x3FF0_0000_0000_0000, 0x3F80_0000)
    let isLeft = real((bits(b) & signMask) | one) < 0
    return signed(select(isLeft, turned, angle), like: a)
  }
}
