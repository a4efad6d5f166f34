extension Arithmetic {
  /// x·Φ(x), Φ the normal distribution, as accurate in the left tail as elsewhere (½·x·(1 + erf(x/√2)) cancels there).
  ///
  /// For |x| < 0.8125 it is x·(½ + x·S(x²)). Beyond, with a = |x| and Q(a) = 1 − Φ(a), it is −a·Q(a) for x < 0 and
  /// x − a·Q(a) for x > 0, where a·Q(a) = P(u − ½)·e^(−a²/2), u = a/(a + 4), with a polynomial P.
  /// a² = h² + (a − h)·(a + h), where h is the upper half of a's digits and h² is exact. a is held where a·Q(a) has
  /// become 0.
  static func gelu(_ precision: Precision) -> Formula {
    let x: Formula = "x"
    let z = x * x
    // Constants are added last: Estrin's levels would each round at their size.
    let middle = Coefficients.normalMiddle[precision]
    let slope = number(middle[0]) + z * polynomial(Array(middle.dropFirst()), z)
    let near = x * (0.5 + x * slope)

    let magnitude = abs(x)
    let limit = number(precision, 39, 15)
    let a = select(limit < magnitude, limit, magnitude)
    let v = a / (a + 4) - 0.5
    let coefficients = Coefficients.normalTail[precision]
    let p = number(coefficients[0]) + v * polynomial(Array(coefficients.dropFirst()), v)
    let h = head(a)
    let tail = -0.5 * ((a - h) * (a + h))
    let reduced = ExponentialReduction(
      -0.5 * (h * h), precision, bias: twiceBias(precision), tail: tail)
    let product = scale(
      p + p * (reduced.high - reduced.correction), byTwoTo: reduced.word)
    let far = select(x < 0, -product, x - product)
    return select(magnitude < 0.8125, near, far)
  }
}
