/// What a number that the user sets may be.
public enum NumberDomain: Hashable, Sendable {
  /// Any finite number.
  case finite
  /// A number from 0 on.
  case notNegative
  /// A number above 0.
  case positive
  /// A number up to 0.
  case notPositive
  /// A number from 0 on, below 1.
  case fraction
  /// A number from 1 on.
  case atLeastOne
  /// A number above 1.
  case aboveOne
  /// A whole number from 1 on, up to this.
  case count(upTo: Int)

  /// Whether a number is one of these.
  public func contains(_ value: Double) -> Bool {
    switch self {
    case .finite: value.isFinite
    case .notNegative: value >= 0
    case .positive: value > 0
    case .notPositive: value <= 0
    case .fraction: value >= 0 && value < 1
    case .atLeastOne: value >= 1
    case .aboveOne: value > 1
    case .count(let most): value >= 1 && value <= Double(most) && value == value.rounded()
    }
  }

  /// What is expected, in words.
  public var text: String {
    switch self {
    case .finite: "a number"
    case .notNegative: "a number from 0 on"
    case .positive: "a number above 0"
    case .notPositive: "a number up to 0"
    case .fraction: "a number from 0 on, below 1"
    case .atLeastOne: "a number from 1 on"
    case .aboveOne: "a number above 1"
    case .count(let most): "a whole number from 1 to \(most)"
    }
  }
}
