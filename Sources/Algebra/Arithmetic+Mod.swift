extension Arithmetic {
  /// a − b·⌊a/b⌋, exact where a number can be: what |a| leaves over |b|, with the sign of a; where that is not b's, b is
  /// added, and the sum rounds once.
  ///
  /// ⌊|a|/|b|⌋ of the rounded quotient is right, or 1 too great, below 2⁵⁰ (2²¹ at f32); its product with |b| is taken in
  /// two numbers, and what it leaves is a number. Greater quotients are for `mod_large`.
  static func mod(_ precision: Precision) -> Formula {
    let a: Formula = "a"
    let b: Formula = "b"
    let (size, divisor) = (abs(a), abs(b))
    let isLarge = and(mostTimes(precision) * divisor <= size, size < infinity)
    let near = select(
      isLarge, .apply("mod_large", size, divisor), remainder(size, divisor, precision))
    // What an infinite number leaves is none; beside an infinite divisor all is left.
    let left = select(divisor .== infinity, size + (size - size), near)
    let rest = signed(left, like: a)
    // Of an exact multiple nothing is left, with the sign of the divisor.
    return select(
      left .== 0, signed(left, like: b), select(differInSign(a, b), rest + b, rest))
  }

  /// The bound of quotients.
  private static func mostTimes(_ precision: Precision) -> Formula {
    number(precision, 0x1p50, 0x1p21)
  }

  private static func differInSign(_ a: Formula, _ b: Formula) -> Formula {
    let one = word(0x3FF0_0000_0000_0000, 0x3F80_0000)
    return real(((bits(a) ^ bits(b)) & signMask) | one) < 0
  }

  /// What a magnitude leaves over another, the quotient being below the bound.
  private static func remainder(
    _ size: Formula, _ divisor: Formula, _ precision: Precision
  ) -> Formula {
    let quotient = size / divisor
    let near = nearest(quotient, precision)
    let whole = select(quotient < near, near - 1, near)
    let rest = rest(size, whole, divisor)
    return select(rest < 0, rest + divisor, select(divisor <= rest, rest - divisor, rest))
  }

  /// a − q·b by the halves of q and b, whose products are exact: the greatest is taken away first. What is left after each
  /// is a number too, since q·b is near a.
  private static func rest(_ a: Formula, _ q: Formula, _ b: Formula) -> Formula {
    let (qHead, bHead) = (head(q), head(b))
    let (qTail, bTail) = (q - qHead, b - bHead)
    // By way of bits, so that it is rounded also where products fuse with sums.
    let product = real(bits(q * b))
    let error = product - qHead * bHead - qTail * bHead - qHead * bTail - qTail * bTail
    return a - product + error
  }

  /// The same for any quotient: 2^(s·k)·|b| is taken away as often as it goes, for each k from the greatest on; 2^s is
  /// the bound.
  static func modLarge(_ precision: Precision) -> Formula {
    let count = precision == .f64 ? 42 : 14
    var scaled: [Formula] = ["b"]
    for _ in 0..<count { scaled.append(scaled[scaled.count - 1] * mostTimes(precision)) }
    return scaled.reversed().reduce("a") { size, divisor in
      select(size < divisor, size, remainder(size, divisor, precision))
    }
  }
}
