import NNCDiagnostics
import NNCGraph
import NNCSyntax

extension NetworkReader {
  /// What follows the layers: the output, the loss, the update rule.
  func finish() {
    elaborator.known = [:]
    let outputs = self.outputs
    if outputs == nil { builder.state = .unknown }
    builder.finishLayers(outputs: outputs ?? [], span: (only["output"] ?? only["input"])?.span)
    scope.isIncomplete = scope.isIncomplete || !builder.diagnostics.isEmpty
    if let statement = only["loss"], case .loss(let value) = statement.kind { loss(value) }
    if let statement = only["train"], case .train(let rule, let arguments) = statement.kind {
      train(rule, arguments, statement.span)
    }
    elaborator.checkUnused()
  }

  /// The labels that `output` names; nil where one of them is wrong, which has been reported.
  private var outputs: [String]? {
    guard let statement = only["output"], case .output(let names) = statement.kind else {
      return []
    }
    var isSound = true
    var seen: [String: SourceSpan] = [:]
    for name in names {
      if let first = seen.updateValue(name.span, forKey: name.text) {
        report(.outputTwice(name, first: first))
        isSound = false
      } else if elaborator.isFaulty(name.text) {
        isSound = false
      } else if scope.values[name.text] == nil {
        let like = elaborator.like(name.text) { Array(labels.keys) }
        report(.unknownLabel(name.text, like: like, at: name.span))
        isSound = false
      }
    }
    return isSound ? names.map(\.text) : nil
  }

  private func loss(_ id: ExpressionID) {
    builder.graph.begin(.init(layer: "loss", kind: "loss"))
    defer { builder.graph.begin(nil) }
    if takesClasses(id), let y = scope.output { scope.targetClasses = graph.shape(y.plain).last }
    guard let plain = scalarLoss(id) else {
      scope.faulty.insert("loss")
      return
    }
    var loss = Flow(plain: plain, training: plain)
    if scope.values.values.contains(where: { $0.plain != $0.training }) {
      elaborator.isTraining = true
      loss.training = scalarLoss(id) ?? plain
      elaborator.isTraining = false
    }
    builder.loss(loss)
  }

  /// Whether the target is class numbers: where the inputs are whole numbers and the loss has a form for classes.
  private func takesClasses(_ id: ExpressionID) -> Bool {
    guard builder.inputs.first?.below != nil else { return false }
    for index in tree[id].first.index...id.index {
      let name: String
      switch tree.expressions[Int(index)].kind {
      case .name(let text): name = text
      case .call(let call): name = call.function.text
      default: continue
      }
      if Loss(name)?.ofClasses != nil { return true }
    }
    return false
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
      report(.nothingToTrain(hasParameters: !builder.parameters.isEmpty, at: span))
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
    builder.training = TrainingRule(rule, values: values)
  }

  private func value(_ argument: Argument, _ key: UpdateRule.Key, _ rule: UpdateRule) -> Double? {
    let span = tree[argument.value].span
    guard case .number(let domain) = key.domain else {
      if let word = word(argument.value), ["yes", "no"].contains(word) {
        return word == "yes" ? 1 : 0
      }
      report(.badValue(key.name, of: rule.name, expected: "`yes` or `no`", at: span))
      return nil
    }
    guard let value = number(argument, of: rule.name) else { return nil }
    if !domain.contains(value) {
      report(.badValue(key.name, of: rule.name, expected: domain.text, at: span))
      return nil
    }
    return value
  }
}
