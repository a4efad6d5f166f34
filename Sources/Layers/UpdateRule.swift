import NNCAlgebra
import NNCGraph

/// A way to change parameters by their gradients: a row of the table of update rules, or a rule of the user's own.
///
/// Its steps are formulas over the parameter `w`, the gradient `g`, the rule's keys and its state.
/// They are done in order; each gives a new value to what it names, which the next steps see.
public struct UpdateRule: Sendable {
  /// Its name after `train`.
  public let name: String
  /// Its class in `torch.optim`; nil where there is none.
  public let torch: String?
  /// Its keys, in PyTorch's names. Every rule takes ``commonKeys`` too.
  public let keys: [Key]
  /// Keys that are given together, as PyTorch has them.
  public let groups: [Group]
  /// What it keeps from step to step.
  public let state: [State]
  /// What is done once a step, for all parameters together.
  public let shared: [Step]
  /// What is done for each parameter; the last step changes `w`.
  public let steps: [Step]
  /// Keys and values with which random networks take it.
  public let drawn: [String]

  /// A number, a truth value or a word that the user may set.
  public struct Key: Sendable {
    /// Its name.
    public let name: String
    /// Its value where none is given; truth values are 0 and 1, a word is its place among the words.
    public let standard: Double
    /// What it may be.
    public let domain: Domain
  }

  /// What the value of a key may be.
  public enum Domain: Hashable, Sendable {
    /// A number.
    case number(NumberDomain)
    /// `yes` or `no`.
    case truth
    /// One of these words.
    case word([String])
  }

  /// Several keys under one name: `betas=0.9,0.99` for `beta1=0.9 beta2=0.99`.
  public struct Group: Sendable {
    /// Its name.
    public let name: String
    /// The names of its keys, in order.
    public let keys: [String]
  }

  /// A value that is kept from step to step.
  public struct State: Sendable {
    /// Its name in the formulas.
    public let name: String
    /// Where its numbers lie, from the first to the last step.
    public let range: Interval
    /// What there is one of.
    public let form: Form
    /// Its first value, everywhere.
    let initial: @Sendable (Setting) -> Double
    /// Whether the rule keeps it at all in this setting.
    let isNeeded: Condition
  }

  /// What a state has its numbers for.
  public enum Form: Hashable, Sendable {
    /// One number for all parameters.
    case shared
    /// A number for each of a parameter's.
    case whole
    /// The same, but that the axis so far from the last has an extent of 1.
    case without(axis: Int)
  }

  /// One assignment.
  public struct Step: Sendable {
    /// What gets a new value: `w`, `g`, a state or a name of the step's own.
    public let name: String
    /// The new value.
    let value: StepValue
    /// The key that says how often it is done; nil for once.
    let rounds: String?
    /// Whether it is done at all in this setting.
    let isNeeded: Condition

    /// The new value in the network language.
    public var text: String { value.text }
  }

  /// What something in a rule may depend on: the values of its keys, and the shape of the parameter that it is about.
  struct Setting {
    let values: [String: Double]
    var shape: Shape = []

    subscript(key: String) -> Double { values[key] ?? 0 }
  }

  /// Whether something belongs to a rule in a setting.
  typealias Condition = @Sendable (_ setting: Setting) -> Bool

  /// The rule called `name`.
  public init?(_ name: String) {
    guard let row = updateRules.first(where: { $0.name == name }) else { return nil }
    self = row
  }

  init(
    _ name: String, torch: String? = nil, keys: [Key], groups: [Group] = [], state: [State] = [],
    shared: [Step] = [], steps: [Step], drawn: [String] = []
  ) {
    self.name = name
    self.torch = torch
    self.keys = keys
    self.groups = groups
    self.state = state
    self.shared = shared
    self.steps = steps
    self.drawn = drawn
  }

  /// Its own keys and those of every rule.
  public var allKeys: [Key] { keys + commonKeys }

  /// Whether its steps ask for the learning rate, so that a rate that changes has an effect.
  public var readsRate: Bool {
    (shared + steps).contains { $0.value.mentions(TrainingRule.rate) }
  }
}
