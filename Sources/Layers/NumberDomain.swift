/// What a number that the user sets may be.
public enum NumberDomain: Hashable, Sendable {
  /// A number from 0 on.
  case notNegative
  /// A number from 0 on, below 1.
  case fraction

  /// Whether a number is one of these.
  public func contains(_ value: Double) -> Bool {
    switch self {
    case .notNegative: value >= 0
    case .fraction: value >= 0 && value < 1
    }
  }

  /// What is expected, in words.
  public var text: String {
    switch self {
    case .notNegative: "a number from 0 on"
    case .fraction: "a number from 0 on, below 1"
    }
  }
}
