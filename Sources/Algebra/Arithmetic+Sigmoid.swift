extension Arithmetic {
  /// σ(−a) = 1 / (1 + eᵃ), a = |x|: the smaller of σ(x) and 1 − σ(x).
  ///
  /// eᵃ = 2ⁿ·(1 + v) as in ``exp(_:)``, with v = r + r²·q(r). Numerator and denominator are scaled by a power of two each,
  /// so that neither leaves the exponents' range, and the quotient rounds once, into the subnormal numbers too:
  ///
  ///     D / (D + U·(1 + v)),   U = c·2^⌊n/2⌋,   D = c·2^−⌈n/2⌉
  ///
  /// The numerator is exact, and the scales and their sum are known before v is: v is followed by one fused operation and
  /// the division. c = 31/16 keeps the denominator, near U where a is large, away from the beginning of an interval
  /// between powers of two, where a rounding weighs most.
  static func sigmoidTail(_ precision: Precision) -> Formula {
    let magnitude = abs("x")
    let highest = number(precision, 746, 104)
    let held = select(highest < magnitude, highest, magnitude)
    let reduced = ExponentialReduction(held, precision, bias: twiceBias(precision))
    let half = reduced.word >> word(1, 1)
    let rest = reduced.word &- half
    let up = real((half << fraction) &+ word(0x000F_0000_0000_0000, 0x0078_0000))
    let down = real(word(0x7FEF_0000_0000_0000, 0x7F78_0000) &- (rest << fraction))
    return down / (reduced.rest * up + (up + down))
  }

  /// σ(x) = q where x < 0 and 1 − q elsewhere, q = σ(−|x|).
  static func sigmoid(_ precision: Precision) -> Formula {
    let tail = sigmoidTail(precision)
    return select("x" < 0, tail, 1 - tail)
  }
}
