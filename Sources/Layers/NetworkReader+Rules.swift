import NNCAlgebra
import NNCDiagnostics
import NNCGraph
import NNCSyntax

extension NetworkReader {
  /// An update rule of the user's own.
  struct OwnRule {
    let name: Identifier
    var rule: UpdateRule
  }

  /// What has a meaning in every rule.
  private static let given = ["w", "g", "step"]
  /// Names of what is kept beside a rule's own state.
  private static let taken = ["gradient", "average"]

  /// Makes the update rules that `rule` states, whose order does not matter.
  func collectRules() {
    for statement in tree.statements {
      guard case .rule(let name, let keys, let body) = statement.kind else { continue }
      let errors = builder.diagnostics.count
      let first = rules[name.text]?.name.span
      if first != nil || UpdateRule(name.text) != nil {
        report(.ruleTaken(name, first: first))
        continue
      }
      let rule = rule(name, keys, body)
      if builder.diagnostics.count == errors, let rule {
        rules[name.text] = OwnRule(name: name, rule: rule)
      } else {
        scope.faulty.insert(name.text)
      }
    }
  }

  /// The rule of these keys and steps; nil where a part could not be read.
  private func rule(_ name: Identifier, _ keys: [Argument], _ body: Range<Int>) -> UpdateRule? {
    var steps: [(name: Identifier, value: ExpressionID)] = []
    for statement in tree.statements[body] {
      guard case .assignment(let name, let value) = statement.kind else { return nil }
      steps.append((name, value))
    }
    let own = keys.compactMap { argument -> UpdateRule.Key? in
      let key = argument.key
      if Self.given.contains(key.text) || commonKeys.contains(where: { $0.name == key.text }) {
        report(.ruleKeyTaken(key))
      }
      return number(argument, of: name.text).map { .init(key.text, $0, .finite) }
    }
    if !keys.contains(where: { $0.key.text == TrainingRule.rate }) {
      report(.ruleWithoutRate(name))
    }
    if !steps.contains(where: { $0.name.text == "w" }) { report(.ruleWithoutStep(name)) }
    let known = Set(Self.given + keys.map(\.key.text))
    for (target, _) in steps where target.text != "w" && target.text != "g" {
      if known.contains(target.text) || Self.taken.contains(target.text) {
        report(
          .ruleStepTaken(target, isKey: keys.contains { $0.key.text == target.text }))
      }
    }
    let kept = kept(steps, known)
    let expressions = steps.map { step in
      RuleExpression(
        tree: tree, root: step.value, name: step.name.text,
        isKept: kept.contains(step.name.text) || ["w", "g"].contains(step.name.text),
        lets: scope.definitions, generation: scope.generation)
    }
    checkNames(expressions, known.union(steps.map(\.name.text)))
    let countsSteps = expressions.contains { $0.names.contains("step") }
    return UpdateRule(
      name.text, keys: own,
      state: (countsSteps ? [.shared("step", within: counts)] : []) + kept.map { .each($0) },
      shared: countsSteps ? [countedStep] : [],
      steps: expressions.map {
        .init(name: $0.name, value: .expression($0), rounds: nil, isNeeded: { _ in true })
      })
  }

  /// What is read before it is assigned, in the order in which it is: it is kept from step to step.
  private func kept(
    _ steps: [(name: Identifier, value: ExpressionID)], _ known: Set<String>
  ) -> [String] {
    let assigned = Set(steps.map(\.name.text))
    var known = known
    var kept: [String] = []
    for (target, value) in steps {
      for index in Int(tree[value].first.index)...Int(value.index) {
        guard case .name(let name) = tree.expressions[index].kind, assigned.contains(name),
          known.insert(name).inserted
        else { continue }
        kept.append(name)
      }
      known.insert(target.text)
    }
    return kept
  }

  /// Reports names that mean nothing in a rule: it sees no part of the network but one parameter at a time.
  private func checkNames(_ expressions: [RuleExpression], _ known: Set<String>) {
    let lets = scope.definitions.filter { $0.value.parameters == nil }.map(\.key)
    for expression in expressions {
      for index in Int(tree[expression.root].first.index)...Int(expression.root.index) {
        guard case .name(let name) = tree.expressions[index].kind, !known.contains(name),
          !elaborator.isFaulty(name), scope.definitions[name] == nil
        else { continue }
        let like = elaborator.like(name) { Array(known) + lets }
        report(.unknownName(name, like: like, at: tree.expressions[index].span))
      }
    }
  }

  /// Reports what is wrong in the steps of a rule of the user's own, for the first parameter where something is.
  func tryOut(_ training: TrainingRule) {
    for parameter in builder.parameters where !parameter.isFrozen {
      let draft = NetworkDraft(graph: Graph(), scope: scope)
      let elaborator = Elaborator(draft, tree)
      var bindings: [String: NodeID] = [:]
      func leaf(_ name: String, _ shape: Shape) {
        bindings[name] = draft.graph.symbol(Symbol(name: name, shape: shape, role: .free))
      }
      for key in training.rule.keys {
        bindings[key.name] = draft.graph.constant(training.values[key.name]!)
      }
      for name in ["w", "g"] { leaf(name, parameter.shape) }
      for state in training.rule.state { leaf(state.name, state.shape(for: parameter.shape)) }
      for step in training.rule.steps {
        guard case .expression(let expression) = step.value else { continue }
        draft.scope = expression.scope
        bindings[step.name] = expression.evaluate(with: elaborator, bindings)
        if bindings[step.name] == nil { break }
      }
      if draft.diagnostics.isEmpty { continue }
      for var diagnostic in draft.diagnostics {
        diagnostic.notes.append(
          "`w` and `g` are here `\(parameter.name)` and its gradient, \(parameter.shape.text)")
        report(diagnostic)
      }
      return
    }
  }
}
