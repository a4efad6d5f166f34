/// What can be looked at on the way from text to code.
public enum Stage: String, Sendable, CaseIterable {
  /// The tree of statements and expressions.
  case syntax
  /// The network as formulas, as it was written.
  case graph
  /// The gradient of the loss by each parameter, as the chain rule gives it.
  case gradient
  /// What the train step (or, without a rule, the last function) computes, simplified.
  case simplified
  /// What each piece of code computes, and how its loops run.
  case schedule
  /// The loops and single operations that are run and spelled.
  case program
  /// How many operations each function does.
  case cost
  /// The memory of each function.
  case memory
}
