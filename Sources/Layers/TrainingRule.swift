import NNCAlgebra
import NNCGraph

/// An update rule with the values of its keys.
public struct TrainingRule: Sendable {
  /// The rule.
  public let rule: UpdateRule
  /// The value of each of its keys and of the ``commonKeys``; truth values are 0 and 1.
  public let values: [String: Double]
  /// Whether the learning rate is a state, so that it may change between steps; else it is a constant of the code.
  public var keepsRate = false
  /// How the gradient is bounded before the rule sees it.
  public var clip: GradientClip?
  /// Whether a step takes its batch in blocks: ``BlockwiseStep``.
  public var takesBlocks = false

  /// The rule with these values, and the defaults for what is not given.
  public init(_ rule: UpdateRule, values: [String: Double] = [:]) {
    self.rule = rule
    let standard = rule.allKeys.map { ($0.name, $0.standard) }
    self.values = values.merging(standard) { given, _ in given }
    clip = GradientClip(self.values)
  }

  /// A value that the rule keeps from step to step.
  public struct StateField: Hashable, Sendable {
    /// Its leaf's name: `linear1.weight.velocity`, or `beta1_power` for what is shared.
    public let name: String
    /// Its shape: the parameter's, or a scalar's.
    public let shape: Shape
    /// Its first value, everywhere.
    public let initial: Double
  }

  /// The key, and the state's name, of the learning rate.
  public static let rate = "lr"

  /// What the rule keeps for these parameters: what is shared, then parameter by parameter, then averages.
  public func state(for parameters: some Sequence<Parameter>) -> [StateField] {
    let setting = UpdateRule.Setting(values: values)
    var fields =
      keepsRate ? [StateField(name: Self.rate, shape: [], initial: values[Self.rate]!)] : []
    if takesBlocks { fields += BlockwiseStep.state(for: parameters) }
    fields += needed(in: setting, shared: true).map {
      StateField(name: $0.name, shape: [], initial: $0.initial(setting))
    }
    for parameter in parameters where !parameter.isFrozen {
      let setting = UpdateRule.Setting(values: values, shape: parameter.shape)
      for state in needed(in: setting, shared: false) {
        fields.append(
          StateField(
            name: "\(parameter.name).\(state.name)", shape: state.shape(for: parameter.shape),
            initial: state.initial(setting)))
      }
    }
    if averages { fields += AveragedWeights.state(for: parameters) }
    return fields
  }

  /// Whether a running average of the parameters is kept, with which the trained network predicts.
  public var averages: Bool { values[AveragedWeights.key] != 0 }

  /// What the rule keeps in a setting, for all parameters together or for each.
  func needed(in setting: UpdateRule.Setting, shared: Bool) -> [UpdateRule.State] {
    rule.state.filter { ($0.form == .shared) == shared && $0.isNeeded(setting) }
  }
}

/// The new value of a parameter or a state.
public struct Assignment: Hashable, Sendable {
  /// The name of the leaf that gets it.
  public let name: String
  /// The value, of the leaf's shape.
  public let node: NodeID

  /// The new value `node` of the leaf called `name`.
  public init(name: String, node: NodeID) {
    self.name = name
    self.node = node
  }
}
