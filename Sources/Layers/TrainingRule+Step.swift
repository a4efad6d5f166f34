import NNCAlgebra
import NNCGraph

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
    let sums = takesBlocks ? BlockwiseStep.adding(gradients, of: trained, in: &graph) : []
    let whole = takesBlocks ? sums.map(\.node) : gradients
    let bounded = clip?.apply(to: whole, in: &graph) ?? whole
    let (common, shared) = sharedSteps(in: &graph)
    var assignments = shared
    for (parameter, gradient) in zip(trained, bounded) {
      let seen = values["maximize"] == 0 ? gradient : graph.map(.neg, gradient)
      assignments += step(of: parameter, seen, common, in: &graph)
    }
    if averages {
      assignments += AveragedWeights.following(
        assignments, of: trained, keeping: values[AveragedWeights.key]!, in: &graph)
    }
    assignments += buffers
    if takesBlocks {
      assignments = BlockwiseStep.inLastBlock(assignments, of: parameters, in: &graph)
    }
    return sums + assignments
  }

  /// What is done once for all parameters: what the names mean then, and the new values of what is kept.
  private func sharedSteps(
    in graph: inout Graph
  ) -> (bindings: [String: NodeID], assignments: [Assignment]) {
    let setting = UpdateRule.Setting(values: values)
    var bindings: [String: NodeID] = [:]
    for (key, value) in values { bindings[key] = graph.constant(value) }
    if keepsRate {
      bindings[Self.rate] = graph.symbol(Symbol(name: Self.rate, shape: [], role: .state))
    }
    let kept = needed(in: setting, shared: true)
    for state in kept {
      let leaf = graph.symbol(Symbol(name: state.name, shape: [], role: .state))
      graph.bound(leaf, to: state.range)
      bindings[state.name] = leaf
    }
    run(rule.shared, in: setting, &bindings, &graph)
    return (bindings, kept.map { Assignment(name: $0.name, node: bindings[$0.name]!) })
  }

  /// The new values of what the rule keeps for a parameter, and of the parameter.
  private func step(
    of parameter: Parameter, _ gradient: NodeID, _ common: [String: NodeID],
    in graph: inout Graph
  ) -> [Assignment] {
    let setting = UpdateRule.Setting(values: values, shape: parameter.shape)
    let kept = needed(in: setting, shared: false)
    var bindings = common
    bindings["w"] = parameter.node
    bindings["g"] = gradient
    for state in kept {
      bindings[state.name] = graph.symbol(
        Symbol(
          name: "\(parameter.name).\(state.name)", shape: state.shape(for: parameter.shape),
          role: .state))
    }
    run(rule.steps, in: setting, &bindings, &graph)
    return kept.map {
      Assignment(name: "\(parameter.name).\($0.name)", node: bindings[$0.name]!)
    } + [Assignment(name: parameter.name, node: bindings["w"]!)]
  }

  /// Does steps one after the other, each with what the ones before it gave.
  private func run(
    _ steps: [UpdateRule.Step], in setting: UpdateRule.Setting,
    _ bindings: inout [String: NodeID], _ graph: inout Graph
  ) {
    for step in steps where step.isNeeded(setting) {
      for _ in 0..<(step.rounds.map { Int(setting[$0]) } ?? 1) {
        bindings[step.name] = step.value.node(in: &graph, bindings)
      }
    }
  }
}
