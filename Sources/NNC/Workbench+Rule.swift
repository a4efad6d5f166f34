import NNCDiagnostics
import NNCGraph
import NNCLayers
import NNCSyntax

// The keys of the update rule, such as the learning rate, are names that can be looked at and changed.
extension Workbench {
  /// Makes each key of the update rule a constant, where nothing else is called so.
  mutating func nameRuleKeys() {
    guard let training = network?.training else { return }
    for key in training.rule.keys {
      let parsed = parseExpression(SourceFile(name: "rule", text: key.name))
      guard scope.elaborate(parsed.root, in: parsed.tree, graph: &graph).value == nil else {
        continue
      }
      ruleKeys.insert(key.name)
      defineConstant(key.name, training.values[key.name]!)
    }
  }

  /// The key of the update rule that a name is; an error where the network has no rule to have one.
  func ruleKey(_ name: String) throws -> UpdateRule.Key? {
    if let training = network?.training {
      return ruleKeys.contains(name) ? training.rule.keys.first { $0.name == name } : nil
    }
    if network != nil, name == TrainingRule.rate, !defined.contains(name) {
      throw WorkbenchError.refused(
        "the network has no `train` rule, so there is no `\(name)` to set")
    }
    return nil
  }

  /// Gives a key of the update rule a value, from the next step on. What the rule keeps stays, as far as it is still
  /// kept.
  mutating func set(_ key: UpdateRule.Key, to given: Tensor) throws -> Outcome {
    guard var network, let training = network.training else { preconditionFailure("no rule") }
    guard given.shape.isEmpty, let value = given.values.first, key.domain.allows(value) else {
      throw WorkbenchError.refused(
        "`\(key.name)` of `\(training.rule.name)` takes \(key.domain.told), not \(given.text())")
    }
    var values = training.values
    values[key.name] = value
    if values["nesterov"] == 1, values["momentum"] == 0 || values["dampening"] ?? 0 != 0 {
      throw WorkbenchError.refused("`nesterov` needs a `momentum` without `dampening`")
    }
    network.training = TrainingRule(training.rule, values: values)
    let old = fields!
    let fields = NetworkFields(network)
    var state = fields.state.flatMap(\.initialValues)
    for field in fields.state {
      guard let kept = old.state.first(where: { $0.name == field.name }) else { continue }
      state.replaceSubrange(
        field.offset..<(field.offset + field.count),
        with: self.state[kept.offset..<(kept.offset + kept.count)])
    }
    (self.network, self.fields, self.state) = (network, fields, state)
    trained = nil
    defineConstant(key.name, value)
    return .assigned(key.name, given)
  }

  private mutating func defineConstant(_ name: String, _ value: Double) {
    let entry = parseEntry(SourceFile(name: "rule", text: "let \(name) = \(value)"))
    guard case .definition(let index) = entry.items.first else { return }
    _ = scope.define(index, in: entry.tree, graph: &graph)
  }
}

extension UpdateRule.Domain {
  /// Whether a number is one of these.
  fileprivate func allows(_ value: Double) -> Bool {
    switch self {
    case .number(let domain): value.isFinite && domain.contains(value)
    case .truth: value == 0 || value == 1
    case .word(let words): words.indices.contains { Double($0) == value }
    }
  }

  /// What they are, for messages.
  fileprivate var told: String {
    switch self {
    case .number(let domain): domain.text
    case .truth: "0 or 1"
    case .word(let words): "a whole number from 0 to \(words.count - 1)"
    }
  }
}

extension Compilation {
  /// The same source with an update rule of other values.
  public func training(by rule: TrainingRule?) -> Compilation {
    var network = network
    network?.training = rule
    return Compilation(self, network: network)
  }
}
