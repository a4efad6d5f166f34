/// How each transcendental function is computed: formulas of machine operations for either precision.
public enum Arithmetic {
  /// σ(x) = 1 / (1 + e⁻ˣ), by e = e^−|x| and r = 1 / (1 + e), so that neither tail overflows:
  /// r where x ≥ 0, e·r where x < 0.
  static func sigmoid(_ precision: Precision) -> Formula {
    let x: Formula = "x"
    let e = Formula.apply("exp", -.apply("abs", x))
    let r = 1 / (1 + e)
    return select(x < 0, e * r, r)
  }
}
