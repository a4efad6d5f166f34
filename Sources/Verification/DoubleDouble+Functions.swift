#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Elementary functions to about 100 bits: series on a small interval, and one step of Newton's method for inverses.
extension DoubleDouble {
  private static let ln2 = DoubleDouble(0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56)
  private static let halfPi = DoubleDouble(0x1.921fb54442d18p0, 0x1.1a62633145c07p-54)

  /// eˣ = 2ᵏ · (1 + expm1(r)), x = k·ln 2 + r
  var exponential: DoubleDouble {
    if high.isNaN { return self }
    if high > 709.79 { return DoubleDouble(.infinity) }
    if high < -745.2 { return DoubleDouble(0) }
    let k = (high / Self.ln2.high).rounded()
    let rest = self - DoubleDouble(k) * Self.ln2
    let value = DoubleDouble(1) + rest.smallExpm1
    // In two steps, so that the power of two itself does not overflow.
    let half = (k / 2).rounded(.down)
    return value.scaled(by: exp2(half)).scaled(by: exp2(k - half))
  }

  /// eˣ − 1, accurate near 0.
  var exponentialMinusOne: DoubleDouble {
    Swift.abs(high) < 0.35 ? smallExpm1 : exponential - DoubleDouble(1)
  }

  /// Σ rⁿ/n! from n = 1 at r = x/512; then nine times e²ʳ − 1 = (eʳ − 1)(2 + (eʳ − 1)).
  private var smallExpm1: DoubleDouble {
    let r = scaled(by: 1.0 / 512)
    var term = r
    var sum = r
    for n in 2...10 {
      term = term * r / DoubleDouble(Double(n))
      sum = sum + term
    }
    for _ in 0..<9 { sum = sum * (sum + DoubleDouble(2)) }
    return sum
  }

  /// ln x = y + x·e⁻ʸ − 1 for y near it
  var logarithm: DoubleDouble {
    let first = log(high)
    guard first.isFinite else { return DoubleDouble(first) }
    var y = DoubleDouble(first)
    for _ in 0..<2 { y = y + (self * (-y).exponential - DoubleDouble(1)) }
    return y
  }

  /// ln(1 + x) = y + (x − expm1(y))·e⁻ʸ for y near it
  var logarithmOfOnePlus: DoubleDouble {
    let first = log1p(high)
    guard first.isFinite, high != 0 else { return DoubleDouble(first) }
    var y = DoubleDouble(first)
    for _ in 0..<2 { y = y + (self - y.exponentialMinusOne) * (-y).exponential }
    return y
  }

  /// tanh x = m / (m + 2), m = expm1(2x)
  var hyperbolicTangent: DoubleDouble {
    if Swift.abs(high) > 40 { return DoubleDouble(high > 0 ? 1 : -1) }
    let m = scaled(by: 2).exponentialMinusOne
    return m / (m + DoubleDouble(2))
  }

  /// The sine, by the series of the sine or the cosine within π/4 of a multiple of π/2.
  var sine: DoubleDouble { turned(by: 0) }

  /// cos x = sin(x + π/2)
  var cosine: DoubleDouble { turned(by: 1) }

  private func turned(by quarters: Int) -> DoubleDouble {
    guard Swift.abs(high) < 1e15 else { return DoubleDouble(.nan) }
    let k = (high / Self.halfPi.high).rounded()
    let r = self - DoubleDouble(k) * Self.halfPi
    let quarter = (Int(k) + quarters) & 3
    let value = r.alternatingSeries(from: quarter & 1)
    return quarter >= 2 ? -value : value
  }

  /// The series of the cosine (1) or of the sine (0): Σ ±xⁿ/n! over the even or the odd n.
  private func alternatingSeries(from parity: Int) -> DoubleDouble {
    var n = 1 - parity
    var term = n == 0 ? DoubleDouble(1) : self
    var sum = term
    let square = -(self * self)
    while n < 30 {
      term = term * square / DoubleDouble(Double((n + 1) * (n + 2)))
      sum = sum + term
      n += 2
    }
    return sum
  }

  /// erf x = 2/√π · e^(−x²) · Σ 2ⁿ x²ⁿ⁺¹ / (1·3·5 … (2n + 1)), all terms of one sign
  var errorFunction: DoubleDouble {
    if high.isNaN { return self }
    if Swift.abs(high) > 10 { return DoubleDouble(high > 0 ? 1 : -1) }
    let square = self * self
    var term = self
    var sum = self
    var n = 1
    while term.high != 0, Swift.abs(term.high) > Swift.abs(sum.high) * 1e-34 {
      term = term * square.scaled(by: 2) / DoubleDouble(Double(2 * n + 1))
      sum = sum + term
      n += 1
    }
    let rootOfPi = Self.halfPi.scaled(by: 2).squareRoot
    return sum.scaled(by: 2) * (-square).exponential / rootOfPi
  }

  /// aᵇ; whole exponents of a negative base too.
  func raised(to exponent: DoubleDouble) -> DoubleDouble {
    if exponent.high == 0 { return DoubleDouble(1) }
    if high > 0, high.isFinite { return (exponent * logarithm).exponential }
    guard high < 0, exponent.low == 0, exponent.high.rounded() == exponent.high else {
      return DoubleDouble(pow(high, exponent.high))
    }
    let size = (-self).raised(to: exponent)
    return exponent.high.truncatingRemainder(dividingBy: 2) == 0 ? size : -size
  }
}
