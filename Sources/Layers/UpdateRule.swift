import NNCAlgebra

/// A way to change parameters by their gradients: a row of the table of update rules.
///
/// Its steps are formulas over the parameter `w`, the gradient `g`, the rule's keys and its state.
/// They are done in order; each gives a new value to what it names, which the next steps see.
public struct UpdateRule: Sendable {
  /// Its name after `train`.
  public let name: String
  /// Its keys, in PyTorch's names.
  public let keys: [Key]
  /// What it keeps from step to step.
  public let state: [State]
  /// What is done once a step, for all parameters together.
  public let shared: [Step]
  /// What is done for each parameter; the last step changes `w`.
  public let steps: [Step]

  /// A number or a truth value that the user may set.
  public struct Key: Sendable {
    /// Its name.
    public let name: String
    /// Its value where none is given; truth values are 0 and 1.
    public let standard: Double
    /// What it may be.
    public let domain: Domain
  }

  /// What the value of a key may be.
  public enum Domain: Sendable {
    /// A number from 0 on.
    case notNegative
    /// A number from 0 on, below 1.
    case fraction
    /// `yes` or `no`.
    case truth
  }

  /// A value that is kept from step to step.
  public struct State: Sendable {
    /// Its name in the formulas.
    public let name: String
    /// Its first value, everywhere.
    public let initial: Double
    /// Where its numbers lie, from the first to the last step.
    public let range: Interval
    /// Whether there is one number for all parameters, and not one for each of theirs.
    public let isShared: Bool
    /// Whether the rule keeps it at all with these keys.
    let isNeeded: Condition
  }

  /// One assignment.
  public struct Step: Sendable {
    /// What gets a new value: `w`, `g`, a state or a name of the step's own.
    public let name: String
    /// The new value.
    public let value: Formula
    /// Whether it is done at all with these keys.
    let isNeeded: Condition
  }

  /// Whether something belongs to a rule whose keys have these values.
  typealias Condition = @Sendable (_ values: [String: Double]) -> Bool

  /// The rule called `name`.
  public init?(_ name: String) {
    guard let row = updateRules.first(where: { $0.name == name }) else { return nil }
    self = row
  }

  init(_ name: String, keys: [Key], state: [State], shared: [Step] = [], steps: [Step]) {
    self.name = name
    self.keys = keys
    self.state = state
    self.shared = shared
    self.steps = steps
  }
}
