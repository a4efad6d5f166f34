extension Arithmetic {
  /// x·σ(w), w = 2·√(2/π)·(x + 0.044715·x³) = x·(α + β·x²), as accurate in the left tail as elsewhere.
  ///
  /// With t = |x| and E = e^(−w(t)) it is x/(1 + E) for x ≥ 0 and −t·E/(1 + E) for x < 0. There w goes up to 745 (103 at f32), so that
  /// it must be known far beyond one number's digits: as main + tail. h is the upper half of t's digits, t = h + l, and U that of
  /// α + β·t², which is U + δ. Products of halves are exact:
  ///
  ///     t² = h² + l·(t + h)        δ = (α₁ − U + β₁·q₁) + (α₂ + β₂·h² + β₁·q₂ + β·l·(t + h)),   h² = q₁ + q₂
  ///     w = h·U + (t·δ + l·U)
  ///
  /// which is off by no more than 2⁻⁶⁶ (2⁻²⁶ at f32). t is held where the value has become 0.
  static func geluTanh(_ precision: Precision) -> Formula {
    let x: Formula = "x"
    let magnitude = abs(x)
    let limit = number(precision, 21.75, 10.9)
    let t = select(limit < magnitude, limit, magnitude)
    let (alpha, beta) = (Coefficients.geluLinear[precision], Coefficients.geluCubic[precision])
    let whole = number(beta[0] + beta[1])
    let h = head(t)
    let l = t - h
    let square = h * h
    let more = l * (t + h)
    let q = head(square)
    let high = head(number(alpha[0] + alpha[1]) + whole * (square + more))
    let first = (number(alpha[0]) - high) + number(beta[0]) * q
    let second =
      (number(alpha[1]) + number(beta[1]) * square) + number(beta[0]) * (square - q)
      + whole * more
    let tail = t * (first + second) + l * high
    let reduced = ExponentialReduction(
      -(h * high), precision, bias: twiceBias(precision), tail: -tail)
    let power = 1 + (reduced.high - reduced.correction)
    let below = 1 + scale(power, byTwoTo: reduced.word)
    return select(x < 0, -scale(t * power / below, byTwoTo: reduced.word), x / below)
  }
}
