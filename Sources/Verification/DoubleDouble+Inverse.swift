#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Whole numbers and angles to about 100 bits: steps of Newton's method from the platform's values.
extension DoubleDouble {
  private static let pi = DoubleDouble(0x1.921fb54442d18p1, 0x1.1a62633145c07p-53)

  /// Rounded to a whole number: the low part decides where the high one is whole.
  func rounded(_ rule: FloatingPointRoundingRule) -> DoubleDouble {
    guard high.rounded() == high, low != 0 else { return DoubleDouble(high.rounded(rule)) }
    // The low part is below half a unit of the high one, so that the even one of two is not in question.
    let isUp = low > 0
    switch rule {
    case .down: return DoubleDouble(high) + DoubleDouble(isUp ? 0 : -1)
    case .up: return DoubleDouble(high) + DoubleDouble(isUp ? 1 : 0)
    case .towardZero:
      return DoubleDouble(high) + DoubleDouble(isUp == (high > 0) ? 0 : isUp ? 1 : -1)
    default: return DoubleDouble(high)
    }
  }

  /// x = tan y: y + (x·cos y − sin y)/(cos y + x·sin y)
  var arctangent: DoubleDouble {
    guard Swift.abs(high) < 1e15 else { return DoubleDouble(atan(high)) }
    var y = DoubleDouble(atan(high))
    for _ in 0..<2 {
      let (s, c) = (y.sine, y.cosine)
      y = y + (self * c - s) / (c + self * s)
    }
    return y
  }

  /// The angle of the point (`x`, self).
  func angle(with x: DoubleDouble) -> DoubleDouble {
    if high == 0 || x.high == 0 || !high.isFinite || !x.high.isFinite {
      return DoubleDouble(atan2(high, x.high))
    }
    let angle = (magnitude / x.magnitude).arctangent
    let turned = x.high < 0 ? Self.pi - angle : angle
    return high < 0 ? -turned : turned
  }

  /// asin x = atan2(x, √(1 − x²))
  var arcsine: DoubleDouble {
    if Swift.abs(high) > 1 { return DoubleDouble(.nan) }
    return angle(with: ((DoubleDouble(1) - self) * (DoubleDouble(1) + self)).squareRoot)
  }

  /// acos x = atan2(√(1 − x²), x)
  var arccosine: DoubleDouble {
    if Swift.abs(high) > 1 { return DoubleDouble(.nan) }
    return ((DoubleDouble(1) - self) * (DoubleDouble(1) + self)).squareRoot.angle(with: self)
  }

  /// sin πx and cos πx.
  private var halfTurns: (sine: DoubleDouble, cosine: DoubleDouble) {
    let rest = self - DoubleDouble(2) * scaled(by: 0.5).rounded(.toNearestOrEven)
    let angle = rest * Self.pi
    return (
      rest.high == rest.high.rounded() && rest.low == 0 ? DoubleDouble(0) : angle.sine, angle.cosine
    )
  }

  /// The Bernoulli numbers B₂, B₄ … as quotients.
  private static let bernoulli: [(Double, Double)] = [
    (1, 6), (-1, 30), (1, 42), (-1, 30), (5, 66), (-691, 2730), (7, 6), (-3617, 510),
    (43867, 798), (-174611, 330), (854513, 138), (-236_364_091, 2730),
  ]

  /// How far an argument is led to the right before the series of Stirling is taken.
  private static let steps = 24

  /// ln |Γ(x)| by Stirling's series after 24 steps; by reflection left of ½.
  var logGamma: DoubleDouble {
    if high < 0.5 {
      let sine = halfTurns.sine.magnitude
      if sine.high == 0 { return DoubleDouble(.infinity) }
      return (Self.pi / sine).logarithm - (DoubleDouble(1) - self).logGamma
    }
    guard high < 1e300 else { return DoubleDouble(.infinity) }
    var product = DoubleDouble(1)
    for k in 0..<Self.steps { product = product * (self + DoubleDouble(Double(k))) }
    let w = self + DoubleDouble(Double(Self.steps))
    let inverse = DoubleDouble(1) / w
    var value =
      (w - DoubleDouble(0.5)) * w.logarithm - w
      + (Self.pi.scaled(by: 2)).logarithm.scaled(by: 0.5)
    var power = inverse
    for (j, (above, below)) in Self.bernoulli.enumerated() {
      let k = Double(2 * j + 2)
      value = value + DoubleDouble(above) / DoubleDouble(below * k * (k - 1)) * power
      power = power * inverse * inverse
    }
    return value - product.logarithm
  }

  /// ψ(x), likewise.
  var digamma: DoubleDouble {
    if high < 0.5 {
      let (sine, cosine) = halfTurns
      if sine.high == 0 { return DoubleDouble(high == 0 ? -.infinity : .nan) }
      return (DoubleDouble(1) - self).digamma - Self.pi * cosine / sine
    }
    var sum = DoubleDouble(0)
    for k in 0..<Self.steps { sum = sum + DoubleDouble(1) / (self + DoubleDouble(Double(k))) }
    let w = self + DoubleDouble(Double(Self.steps))
    let inverse = DoubleDouble(1) / w
    var value = w.logarithm - inverse.scaled(by: 0.5)
    var power = inverse * inverse
    for (j, (above, below)) in Self.bernoulli.enumerated() {
      value = value - DoubleDouble(above) / DoubleDouble(below * Double(2 * j + 2)) * power
      power = power * inverse * inverse
    }
    return value - sum
  }

  /// ψ⁽ⁿ⁾(x) for whole n; left of 0, where n is 3 at most, by the derivatives of π·cot πx.
  func polygamma(_ order: DoubleDouble) -> DoubleDouble {
    let n = order.high
    if n == 0 { return digamma }
    guard n > 0, n == n.rounded(), n < 20 else { return DoubleDouble(.nan) }
    if high < 0 {
      let (sine, cosine) = halfTurns
      let (c, cotangent) = (DoubleDouble(1) / (sine * sine), cosine / sine)
      let square = Self.pi * Self.pi
      let mirrored = (DoubleDouble(1) - self).polygamma(order)
      switch n {
      case 1: return square * c - mirrored
      case 2: return mirrored - (square * Self.pi * c * cotangent).scaled(by: 2)
      case 3:
        let last = (cotangent * cotangent).scaled(by: 2) + c
        return (square * square * c * last).scaled(by: 2) - mirrored
      default: return DoubleDouble(.nan)
      }
    }
    let count = Int(n)
    func power(_ x: DoubleDouble, _ exponent: Int) -> DoubleDouble {
      (0..<exponent).reduce(DoubleDouble(1)) { product, _ in product / x }
    }
    var sum = DoubleDouble(0)
    for k in 0..<Self.steps { sum = sum + power(self + DoubleDouble(Double(k)), count + 1) }
    let w = self + DoubleDouble(Double(Self.steps))
    sum = sum + power(w, count) / order + power(w, count + 1).scaled(by: 0.5)
    // B₂ⱼ/(2j)!·(n + 1)(n + 2)…(n + 2j − 1)·w^(−n − 2j)
    for (j, (above, below)) in Self.bernoulli.enumerated() {
      var term = DoubleDouble(above) / DoubleDouble(below) * power(w, count + 2 * j + 2)
      for i in 1..<(2 * j + 2) { term = term * DoubleDouble(n + Double(i)) }
      for i in 1...(2 * j + 2) { term = term / DoubleDouble(Double(i)) }
      sum = sum + term
    }
    let size = (1...count).reduce(sum) { $0 * DoubleDouble(Double($1)) }
    return count % 2 == 1 ? size : -size
  }
}
