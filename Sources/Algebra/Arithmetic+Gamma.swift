/// What ln Γ and its derivatives take from a magnitude m.
///
/// With Γ(m + 1) = m·Γ(m) a magnitude below 8 is led to v between 1 and 3, where one polynomial holds: v = m + 1 for m < 1, and
/// for 3 ≤ m < 8 as many ones are taken away as lead between 2 and 3.
private struct GammaSteps {
  let m: Formula
  /// v − 2, exact for m ≥ ½.
  let u: Formula
  /// Whether m < 1, and whether m ≥ 8.
  let isBelow, isFar: Formula

  init(_ m: Formula, _ precision: Precision) {
    self.m = m
    isBelow = m < 1
    isFar = 8 <= m
    let near = Arithmetic.nearest(m, precision)
    let whole = select(m < near, near - 1, near)
    u = select(isBelow, m - 1, select(m < 3, m - 2, select(isFar, 0, m - whole)))
  }

  /// One value for each step from m ≥ 3 down: what is done with m − 1, m − 2 … as far as they are 2 or greater.
  func steps(_ start: Formula, _ step: (Formula, Formula) -> Formula) -> Formula {
    (1...5).reduce(start) { value, k in
      let isTaken = Arithmetic.number(Double(k + 2)) <= m
      return select(isTaken, step(value, m - Arithmetic.number(Double(k))), value)
    }
  }
}

extension Arithmetic {
  /// c₀ + x·(c₁ + c₂x + …): the rounding of the sum is that of its constant.
  private static func constantLast(_ coefficients: [Double], _ x: Formula) -> Formula {
    number(coefficients[0]) + x * polynomial(Array(coefficients.dropFirst()), x)
  }

  /// ln|Γ(x)|.
  ///
  /// ln Γ(v) = (v − 1)·(v − 2)·Q(v), so that both zeros are exact; the logarithm of the product of what was taken away is
  /// added. For m ≥ 8 it is Stirling's series, (m − ½)·(ln m − 1) + ½·(ln 2π − 1) + R(1/m²)/m. Left of 0
  /// Γ(x)·Γ(−x) = −π/(x·sin πx).
  static func lgamma(_ precision: Precision) -> Formula {
    let x: Formula = "x"
    let m = abs(x)
    let gamma = GammaSteps(m, precision)
    let product = gamma.steps(1) { $0 * $1 }
    let logarithm = Formula.apply(
      "log", select(gamma.isBelow, m, select(gamma.isFar, m, product)))
    let factor = select(gamma.isBelow, m, gamma.u + 1)
    let body = factor * gamma.u * constantLast(Coefficients.logGammaNear[precision], gamma.u)
    let near = body + select(gamma.isBelow, -logarithm, logarithm)
    let inverse = 1 / m
    let series = inverse * polynomial(Coefficients.logGammaFar[precision], inverse * inverse)
    let far = (m - 0.5) * (logarithm - 1) + (0.4189385332046727 + series)
    let right = select(gamma.isFar, far, near)
    let sine = abs(HalfTurns(m, precision).sine)
    let left = .apply("log", 3.141592653589793 / (m * sine)) - right
    let isLeft = and(x < 0, number(precision, 0x1p-60, 0x1p-30) < m)
    let value = select(isLeft, left, right)
    // The greatest number whose value is one; rounding alone would give one more.
    let limit = number(precision, 0x1.754d9278b51a7p+1014, 0x1.895f1ap121)
    return select(or(limit < m, and(isLeft, sine .== 0)), infinity, value)
  }

  /// ψ(x) = Γ′(x)/Γ(x).
  ///
  /// ψ(v) = (v − root)·P(v) between 1 and 3, the root in three numbers; ψ(m + 1) = ψ(m) + 1/m leads there. For m ≥ 8 it is
  /// ln m − 1/(2m) − R(1/m²)/m². Left of 0, ψ(−m) = ψ(m) + 1/m + π·cot πm; at whole numbers it has no value.
  static func digamma(_ precision: Precision) -> Formula {
    let x: Formula = "x"
    let m = abs(x)
    let gamma = GammaSteps(m, precision)
    let root = Coefficients.digammaRoot[precision].map { number($0) }
    let distance = gamma.u - root[0] - root[1] - root[2]
    let near = distance * constantLast(Coefficients.digammaNear[precision], gamma.u)
    let inverse = 1 / m
    let z = inverse * inverse
    let series = 0.5 * inverse + z * polynomial(Coefficients.digammaFar[precision], z)
    let above = select(
      gamma.isFar, .apply("log", m) - series, gamma.steps(0) { $0 + 1 / $1 } + near)
    let turns = HalfTurns(m, precision)
    let left =
      select(gamma.isBelow, near, above + inverse)
      + 3.141592653589793 * (turns.cosine / turns.sine)
    let right = select(gamma.isBelow, near - inverse, above)
    let poles = select(m .== 0, -signed(infinity, like: x), notANumber)
    let isPole = and(x <= 0, turns.sine .== 0)
    return select(isPole, poles, select(x < 0, left, right))
  }
}
