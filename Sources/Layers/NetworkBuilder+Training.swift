import NNCDiagnostics
import NNCGraph
import NNCSyntax

extension NetworkBuilder {
  /// What follows the layers: the output, the loss, the update rule.
  func finish() {
    elaborator.known = [:]
    if case .known(let flow, _) = state, !layers.isEmpty {
      scope.output = flow
      nameHiddenValues()
      graph.name(flow.plain, "y")
      graph.name(flow.training, "y")
    } else {
      if case .unknown = state {} else { report(.noLayers(at: only["input"]?.span)) }
      scope.faulty.formUnion(["y", "t"])
    }
    scope.isIncomplete = scope.isIncomplete || !elaborator.diagnostics.isEmpty
    if let statement = only["loss"], case .loss(let value) = statement.kind { loss(value) }
    if let statement = only["train"], case .train(let rule, let arguments) = statement.kind {
      train(rule, arguments, statement.span)
    }
    elaborator.checkUnused()
  }

  private func loss(_ id: ExpressionID) {
    guard let plain = scalarLoss(id) else {
      scope.faulty.insert("loss")
      return
    }
    var loss = Flow(plain: plain, training: plain)
    if graph.symbols.contains(where: { $0.role == .noise }) {
      elaborator.isTraining = true
      loss.training = scalarLoss(id) ?? plain
      elaborator.isTraining = false
    }
    graph.name(loss.plain, "loss")
    graph.name(loss.training, "loss")
    scope.loss = loss
  }

  private func scalarLoss(_ id: ExpressionID) -> NodeID? {
    let span = tree[id].span
    switch elaborator.evaluate(id) {
    case .invalid: return nil
    case .gradients:
      report(.gradientsInside(at: span))
      return nil
    case .node(let node):
      let shape = graph.shape(node)
      if shape.elementCount == 1 { return graph.reshape(node, to: []) }
      report(.lossNotScalar(shape, text: tree.source.text(of: span), at: span))
      return nil
    }
  }

  private func train(_ name: Identifier, _ arguments: [Argument], _ span: SourceSpan) {
    if only["loss"] == nil, !scope.isIncomplete { report(.trainWithoutLoss(at: span)) }
    if scope.trained.isEmpty, !scope.isIncomplete {
      report(.nothingToTrain(hasParameters: !parameters.isEmpty, at: span))
    }
    guard let rule = UpdateRule(name.text) else {
      let like = suggestion(for: name.text, among: updateRules.map(\.name))
      report(.unknownRule(name, like: like))
      return
    }
    var values: [String: Double] = [:]
    for argument in arguments {
      guard let key = rule.keys.first(where: { $0.name == argument.key.text }) else {
        report(.unknownRuleKey(argument.key, rule))
        continue
      }
      values[key.name] = value(argument, key, rule)
    }
    if values["nesterov"] == 1, (values["momentum"] ?? 0) == 0,
      let place = arguments.first(where: { $0.key.text == "nesterov" })
    {
      report(.nesterovWithoutMomentum(at: place.key.span.union(tree[place.value].span)))
    }
    training = TrainingRule(rule, values: values)
  }

  private func value(_ argument: Argument, _ key: UpdateRule.Key, _ rule: UpdateRule) -> Double? {
    let span = tree[argument.value].span
    if case .truth = key.domain {
      if let word = word(argument.value), ["yes", "no"].contains(word) {
        return word == "yes" ? 1 : 0
      }
      report(.badValue(key.name, of: rule.name, expected: "`yes` or `no`", at: span))
      return nil
    }
    guard let value = number(argument, of: rule.name) else { return nil }
    if case .fraction = key.domain, value >= 1 || value < 0 {
      let expected = "a number from 0 on, below 1"
      report(.badValue(key.name, of: rule.name, expected: expected, at: span))
      return nil
    }
    if value < 0 {
      report(.badValue(key.name, of: rule.name, expected: "a number from 0 on", at: span))
      return nil
    }
    return value
  }
}
