/// A number of about 106 bits: the unevaluated sum of two Doubles, `high + low`, with |low| ≤ ulp(high)/2.
///
/// Source: T. J. Dekker, "A floating-point technique for extending the available precision", Numerische Mathematik 18
/// (1971); Y. Hida, X. Li, D. Bailey, "Algorithms for quad-double precision floating point arithmetic", ARITH-15 (2001).
struct DoubleDouble: Hashable, Sendable {
  var high: Double
  var low: Double

  init(_ value: Double) { self.init(value, 0) }

  init(_ high: Double, _ low: Double) {
    self.high = high
    self.low = low
  }

  /// a + b exactly, for |a| ≥ |b|.
  private static func quickSum(_ a: Double, _ b: Double) -> DoubleDouble {
    let sum = a + b
    return sum.isFinite ? DoubleDouble(sum, b - (sum - a)) : DoubleDouble(sum)
  }

  /// a + b exactly.
  private static func exactSum(_ a: Double, _ b: Double) -> DoubleDouble {
    let sum = a + b
    guard sum.isFinite else { return DoubleDouble(sum) }
    let part = sum - a
    return DoubleDouble(sum, (a - (sum - part)) + (b - part))
  }

  /// a · b exactly.
  private static func exactProduct(_ a: Double, _ b: Double) -> DoubleDouble {
    let product = a * b
    return product.isFinite
      ? DoubleDouble(product, (-product).addingProduct(a, b)) : DoubleDouble(product)
  }

  static func + (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let sum = exactSum(a.high, b.high)
    let rest = exactSum(a.low, b.low)
    let first = quickSum(sum.high, sum.low + rest.high)
    return quickSum(first.high, first.low + rest.low)
  }

  static prefix func - (a: DoubleDouble) -> DoubleDouble { DoubleDouble(-a.high, -a.low) }

  static func - (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble { a + -b }

  static func * (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let product = exactProduct(a.high, b.high)
    return quickSum(product.high, product.low + (a.high * b.low + a.low * b.high))
  }

  static func / (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let first = a.high / b.high
    guard first.isFinite, b.high.isFinite else { return DoubleDouble(first) }
    let rest = a - b * DoubleDouble(first)
    let second = rest.high / b.high
    let last = (rest - b * DoubleDouble(second)).high / b.high
    return quickSum(first, second) + DoubleDouble(last)
  }

  static func < (a: DoubleDouble, b: DoubleDouble) -> Bool {
    a.high < b.high || a.high == b.high && a.low < b.low
  }

  var magnitude: DoubleDouble { high < 0 || high == 0 && low < 0 ? -self : self }

  /// One step of Newton's method from the Double's root.
  var squareRoot: DoubleDouble {
    let root = high.squareRoot()
    guard root > 0, root.isFinite else { return DoubleDouble(root) }
    let rest = self - DoubleDouble(root) * DoubleDouble(root)
    return DoubleDouble(root) + DoubleDouble(rest.high / (2 * root))
  }

  /// The product with a power of two.
  func scaled(by power: Double) -> DoubleDouble { DoubleDouble(high * power, low * power) }
}
