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
    if elaborator.differsInTraining
      || scope.values.values.contains(where: { $0.plain != $0.training })
    {
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
    case .invalid, .unfit: return nil
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
    guard let rule = rules[name.text]?.rule ?? UpdateRule(name.text) else {
      if scope.faulty.contains(name.text) { return }
      let known = updateRules.map(\.name) + rules.keys.sorted()
      report(.unknownRule(name, known, like: suggestion(for: name.text, among: known)))
      return
    }
    let values = values(of: arguments, rule)
    let training = TrainingRule(rule, values: values)
    check(training, arguments)
    if rules[name.text] != nil { tryOut(training) }
    builder.training = training
  }

  /// The values of a rule's keys, and of several keys together.
  private func values(of arguments: [Argument], _ rule: UpdateRule) -> [String: Double] {
    var values: [String: Double] = [:]
    for argument in arguments {
      let name = argument.key.text
      if let group = rule.groups.first(where: { $0.name == name }) {
        for (name, value) in zip(group.keys, self.values(argument, group, rule)) {
          let key = rule.keys.first { $0.name == name }!
          if check(value, argument, key, rule) { values[name] = value }
        }
        let twice = arguments.first { group.keys.contains($0.key.text) }
        if let twice { report(.keyInGroup(twice.key, group)) }
      } else if let key = rule.allKeys.first(where: { $0.name == name }) {
        values[name] = value(argument, key, rule)
      } else {
        report(.unknownRuleKey(argument.key, rule))
      }
    }
    return values
  }

  /// What keys ask of each other.
  private func check(_ training: TrainingRule, _ arguments: [Argument]) {
    func place(_ key: String) -> SourceSpan? {
      arguments.first { $0.key.text == key }.map { $0.key.span.union(tree[$0.value].span) }
    }
    let values = training.values
    if values["nesterov"] == 1, let span = place("nesterov") {
      if values["momentum"] == 0 { report(.nesterovWithoutMomentum(at: span)) }
      if values["dampening"] ?? 0 != 0 { report(.nesterovWithDampening(at: span)) }
    }
    if values["clip_norm"] != 0, values["clip_value"] != 0, let span = place("clip_value") {
      report(.twoClips(at: span))
    }
  }

  private func value(_ argument: Argument, _ key: UpdateRule.Key, _ rule: UpdateRule) -> Double? {
    let span = tree[argument.value].span
    func given(of words: [String]) -> Double? {
      if let word = word(argument.value), let place = words.firstIndex(of: word) {
        return Double(place)
      }
      let expected = words.map { "`\($0)`" }.joined(separator: " or ")
      report(.badValue(key.name, of: rule.name, expected: expected, at: span))
      return nil
    }
    switch key.domain {
    case .truth: return given(of: ["yes", "no"]).map { 1 - $0 }
    case .word(let words): return given(of: words)
    case .number:
      guard let value = number(argument, of: rule.name) else { return nil }
      return check(value, argument, key, rule) ? value : nil
    }
  }

  /// Whether a number is what a key may be; reports it if not.
  private func check(
    _ value: Double, _ argument: Argument, _ key: UpdateRule.Key, _ rule: UpdateRule
  ) -> Bool {
    guard case .number(let domain) = key.domain, !domain.contains(value) else { return true }
    report(
      .badValue(
        key.name, of: rule.name, expected: domain.text, at: tree[argument.value].span))
    return false
  }

  /// The numbers that several keys are given together.
  private func values(
    _ argument: Argument, _ group: UpdateRule.Group, _ rule: UpdateRule
  ) -> [Double] {
    switch elaborator.numbers(argument.value) {
    case .invalid: return []
    case .tensor(let values, let shape) where shape == [group.keys.count]: return values
    case .number, .tensor:
      let keys = group.keys.joined(separator: ", ")
      report(
        .badValue(
          group.name, of: rule.name, expected: "\(group.keys.count) numbers: \(keys)",
          at: tree[argument.value].span))
      return []
    }
  }
}
