/// What is known of a value's range: where it is a number, it lies between these two, for every finite or infinite input.
public struct Interval: Hashable, Sendable {
  /// It is not less.
  public var low: Double
  /// It is not greater.
  public var high: Double

  /// Whether it is a number for every finite or infinite input, and never the difference of two infinities or the like.
  public var isNumber: Bool

  /// The numbers from `low` to `high`; with `isNumber` false perhaps none.
  public init(low: Double, high: Double, isNumber: Bool = true) {
    self.low = low
    self.high = high
    self.isNumber = isNumber
  }

  /// Nothing is known.
  public static let everything = Interval(low: -.infinity, high: .infinity, isNumber: false)
  /// Any number.
  public static let numbers = Interval(low: -.infinity, high: .infinity)

  /// Whether it is greater than 0.
  public var isPositive: Bool { low > 0 }
  /// Whether it is not 0.
  public var isNonzero: Bool { low > 0 || high < 0 }
  /// Whether it goes as far as the other, or farther; that it may be no number is left aside.
  func contains(_ other: Interval) -> Bool { low <= other.low && other.high <= high }
  /// Whether it is 0 or of a size that every precision has, with a margin.
  public var isModerate: Bool { low >= -0x1p60 && high <= 0x1p60 }
  /// Takes in that it lies in another as well.
  public mutating func narrow(to other: Interval) {
    if other.low > low { low = other.low }
    if other.high < high { high = other.high }
    isNumber = isNumber || other.isNumber
  }
  /// Whether it is a finite number.
  public var isBounded: Bool { isNumber && low.isFinite && high.isFinite }
}

// Where the value of an operation lies, given where its arguments do. An end that is no number says nothing.
extension Interval {
  /// Opposite infinities have no sum.
  static func + (a: Interval, b: Interval) -> Interval {
    let isNumber =
      a.isNumber && b.isNumber && !(a.low == -.infinity && b.high == .infinity)
      && !(a.high == .infinity && b.low == -.infinity)
    return Interval(low: a.low + b.low, high: a.high + b.high, isNumber: isNumber)
  }

  static func - (a: Interval, b: Interval) -> Interval { a + -b }

  static prefix func - (a: Interval) -> Interval {
    Interval(low: -a.high, high: -a.low, isNumber: a.isNumber)
  }

  /// Products are least and greatest at the ends. 0 times an infinity is no number.
  static func * (a: Interval, b: Interval) -> Interval {
    let corners = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high]
    if corners.contains(where: \.isNaN) { return .everything }
    func mayFail(_ a: Interval, _ b: Interval) -> Bool {
      !b.low.isFinite && a.low <= 0 && a.high >= 0 || !b.high.isFinite && a.low <= 0 && a.high >= 0
    }
    let isNumber = a.isNumber && b.isNumber && !mayFail(a, b) && !mayFail(b, a)
    return Interval(low: corners.min()!, high: corners.max()!, isNumber: isNumber)
  }

  /// Of a divisor that is not 0 the reciprocals lie between those of its ends.
  static func / (a: Interval, b: Interval) -> Interval {
    guard b.isNonzero else { return .everything }
    return a * Interval(low: 1 / b.high, high: 1 / b.low, isNumber: b.isNumber)
  }

  /// What lies in one of the two.
  public func union(_ other: Interval) -> Interval {
    Interval(
      low: min(low, other.low), high: max(high, other.high), isNumber: isNumber && other.isNumber)
  }

  /// The greater of two.
  static func greater(_ a: Interval, _ b: Interval) -> Interval {
    Interval(
      low: max(a.low, b.low), high: max(a.high, b.high), isNumber: a.isNumber && b.isNumber)
  }

  /// The smaller of two.
  static func smaller(_ a: Interval, _ b: Interval) -> Interval {
    Interval(
      low: min(a.low, b.low), high: min(a.high, b.high), isNumber: a.isNumber && b.isNumber)
  }

  /// eˣ is at most 1 where x is at most 0.
  static func exponential(_ x: Interval) -> Interval {
    Interval(low: 0, high: x.high <= 0 ? 1 : .infinity, isNumber: x.isNumber)
  }

  /// √x, of what is not negative.
  static func root(_ x: Interval) -> Interval {
    Interval(
      low: x.low > 0 ? x.low.squareRoot() : -0.0,
      high: x.high >= 0 ? x.high.squareRoot() : .infinity, isNumber: x.isNumber && x.low >= 0)
  }

  /// Rounded to whole numbers.
  func rounded(_ rule: FloatingPointRoundingRule) -> Interval {
    Interval(low: low.rounded(rule), high: high.rounded(rule), isNumber: isNumber)
  }

  /// √(a² + b²) is no less than either magnitude.
  static func length(_ a: Interval, _ b: Interval) -> Interval {
    func least(_ x: Interval) -> Double { x.low > 0 ? x.low : x.high < 0 ? -x.high : 0 }
    return Interval(
      low: max(least(a), least(b)), high: .infinity, isNumber: a.isNumber && b.isNumber)
  }
}
