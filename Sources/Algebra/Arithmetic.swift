/// How each transcendental function is computed: formulas of machine operations for either precision.
public enum Arithmetic {
  /// σ(x) = 1 / (1 + e⁻ˣ), by e = e^−|x| and q = e / (1 + e), so that neither tail overflows: 1 − q where x ≥ 0,
  /// e − e·q where x < 0. What q lost to rounding counts only in proportion.
  static func sigmoid(_ precision: Precision) -> Formula {
    let x: Formula = "x"
    let exponent = -abs(x)
    let reduced = ExponentialReduction(exponent, precision, bias: twiceBias(precision))
    let scaled = scale(reduced.exponential, byTwoTo: reduced.word)
    let e = select(exponent < number(precision, -746, -104), 0, scaled)
    let q = e / (1 + e)
    return select(x < 0, e - e * q, 1 - q)
  }
}
