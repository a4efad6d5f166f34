/// What is known of a value's range: it lies between two numbers, for every input.
public struct Interval: Hashable, Sendable {
  /// It is not less.
  public var low: Double
  /// It is not greater.
  public var high: Double

  /// The numbers from `low` to `high`.
  public init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// Nothing is known.
  public static let everything = Interval(low: -.infinity, high: .infinity)

  /// Whether it is greater than 0.
  public var isPositive: Bool { low > 0 }
  /// Whether it is not 0.
  public var isNonzero: Bool { low > 0 || high < 0 }
  /// Whether it is finite.
  public var isBounded: Bool { low.isFinite && high.isFinite }
}

// Where the value of an operation lies, given where its arguments do. An end that is no number says nothing.
extension Interval {
  static func + (a: Interval, b: Interval) -> Interval {
    Interval(low: a.low + b.low, high: a.high + b.high)
  }

  static func - (a: Interval, b: Interval) -> Interval {
    Interval(low: a.low - b.high, high: a.high - b.low)
  }

  static prefix func - (a: Interval) -> Interval { Interval(low: -a.high, high: -a.low) }

  /// Products are least and greatest at the ends.
  static func * (a: Interval, b: Interval) -> Interval {
    let corners = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high]
    if corners.contains(where: \.isNaN) { return .everything }
    return Interval(low: corners.min()!, high: corners.max()!)
  }

  /// What lies in one of the two.
  public func union(_ other: Interval) -> Interval {
    Interval(low: min(low, other.low), high: max(high, other.high))
  }

  /// The greater of two.
  static func greater(_ a: Interval, _ b: Interval) -> Interval {
    Interval(low: max(a.low, b.low), high: max(a.high, b.high))
  }

  /// The smaller of two.
  static func smaller(_ a: Interval, _ b: Interval) -> Interval {
    Interval(low: min(a.low, b.low), high: min(a.high, b.high))
  }
}
