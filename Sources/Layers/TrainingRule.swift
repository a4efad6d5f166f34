import NNCAlgebra
import NNCGraph

/// An update rule with the values of its keys.
public struct TrainingRule: Sendable {
  /// The rule.
  public let rule: UpdateRule
  /// The value of each of its keys; truth values are 0 and 1.
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
    let standard = rule.keys.map { ($0.name, $0.standard) }
    self.values = values.merging(standard) { given, _ in given }
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

  /// What the rule keeps for these parameters: what is shared, then parameter by parameter.
  public func state(for parameters: some Sequence<Parameter>) -> [StateField] {
    let needed = rule.state.filter { $0.isNeeded(values) }
    var fields =
      keepsRate ? [StateField(name: Self.rate, shape: [], initial: values[Self.rate]!)] : []
    if takesBlocks { fields += BlockwiseStep.state(for: parameters) }
    fields += needed.filter(\.isShared).map {
      StateField(name: $0.name, shape: [], initial: $0.initial)
    }
    for parameter in parameters where !parameter.isFrozen {
      for state in needed where !state.isShared {
        let name = "\(parameter.name).\(state.name)"
        fields.append(StateField(name: name, shape: parameter.shape, initial: state.initial))
      }
    }
    return fields
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

extension TrainingRule {
  /// The new values of every parameter that is not frozen, and of every state that the caller does not set, after one step.
  ///
  /// - Parameters:
  ///   - gradients: the gradient of the loss by each parameter that is not frozen, in
  ///     order, each of its parameter's shape.
  ///   - buffers: what is assigned besides, without a gradient.
  public func step(
    in graph: inout Graph, parameters: [Parameter], gradients: [NodeID],
    assigning buffers: [Assignment] = []
  ) -> [Assignment] {
    let trained = parameters.filter { !$0.isFrozen }
    precondition(trained.count == gradients.count)
    let needed = rule.state.filter { $0.isNeeded(values) }
    var common: [String: NodeID] = [:]
    for (key, value) in values { common[key] = graph.constant(value) }
    if keepsRate {
      common[Self.rate] = graph.symbol(Symbol(name: Self.rate, shape: [], role: .state))
    }
    let sums = takesBlocks ? BlockwiseStep.adding(gradients, of: trained, in: &graph) : []
    let whole = takesBlocks ? sums.map(\.node) : gradients
    let gradients = clip?.apply(to: whole, in: &graph) ?? whole
    for state in needed where state.isShared {
      let leaf = graph.symbol(Symbol(name: state.name, shape: [], role: .state))
      graph.bound(leaf, to: state.range)
      common[state.name] = leaf
    }
    for step in rule.shared where step.isNeeded(values) {
      common[step.name] = graph.instantiate(step.value, common)
    }
    var assignments = needed.filter(\.isShared).map {
      Assignment(name: $0.name, node: common[$0.name]!)
    }
    for (parameter, gradient) in zip(trained, gradients) {
      var bindings = common
      bindings["w"] = parameter.node
      bindings["g"] = gradient
      for state in needed where !state.isShared {
        let symbol = Symbol(
          name: "\(parameter.name).\(state.name)", shape: parameter.shape, role: .state)
        bindings[state.name] = graph.symbol(symbol)
      }
      for step in rule.steps where step.isNeeded(values) {
        bindings[step.name] = graph.instantiate(step.value, bindings)
      }
      for state in needed where !state.isShared {
        assignments.append(
          Assignment(name: "\(parameter.name).\(state.name)", node: bindings[state.name]!))
      }
      assignments.append(Assignment(name: parameter.name, node: bindings["w"]!))
    }
    assignments += buffers
    if takesBlocks {
      assignments = BlockwiseStep.inLastBlock(assignments, of: parameters, in: &graph)
    }
    return sums + assignments
  }
}
