import NNCAlgebra
import NNCGraph
import NNCRewriting

// How each derivative follows, equation by equation.
extension WorksheetBuilder {
  /// The derivation of ∂E/∂name, whose formula is `node` and whose leaf is `ratio`.
  mutating func derivation(
    of leaf: NodeID, named name: String, as ratio: NodeID, _ node: NodeID
  ) -> [Worksheet.Step] {
    let uses = Array((uses[leaf] ?? []).reversed())
    if uses.isEmpty { return [] }
    var steps: [Worksheet.Step] = []
    // An adjoint that stands in this formula alone is derived here.
    for use in uses {
      guard let inner = inlined[use.user.leaf] else { continue }
      steps += sheet.derivations[inner] ?? []
    }
    guard sheet.isScalar else {
      var sum = uses[0].raw
      for use in uses.dropFirst() { sum = sheet.graph.map(.add, sum, use.raw) }
      let through = list(uses.map(\.user.name))
      steps.append(
        .init(
          rule: "chain rule", ground: "the loss depends on \(name) through \(through)",
          left: ratio, right: sum, level: 0))
      for use in uses { steps += simplification(use) }
      if sum != node {
        steps.append(
          .init(
            rule: "put in", ground: "what was found above", left: ratio, right: node, level: 0))
      }
      return steps
    }
    var sum: NodeID?
    var proofs: [Worksheet.Step] = []
    for use in uses {
      let partial = partial(of: use.user, by: leaf, name)
      sheet.values[partial] = value(use.local)
      let rule = differentiationRule(of: use.user.node, by: leaf)
      proofs.append(
        .init(rule: rule.name, ground: rule.ground, left: partial, right: use.raw, level: 1))
      proofs += simplification(use)
      if !use.trace.isEmpty, use.raw != use.local {
        proofs.append(
          .init(
            rule: "simplify", ground: "by the steps above", left: partial, right: use.local,
            level: 1))
      }
      var term = partial
      if let adjoint = adjoints[use.user.leaf] {
        term = sheet.graph.map(.mul, adjoint.leaf, partial)
      }
      sum = sum.map { sheet.graph.map(.add, $0, term) } ?? term
    }
    if uses.count > 1 || uses[0].user.name != "loss" {
      let through = list(uses.map(\.user.name))
      steps.append(
        .init(
          rule: "chain rule", ground: "the loss depends on \(name) through \(through)",
          left: ratio, right: sum!, level: 0))
    }
    steps += proofs
    if uses.count == 1, uses[0].user.name == "loss" {
      // The loss's own derivative is all there is.
      return steps.map { step in
        step.left == partials[.init(of: "loss", by: name)] && step.right == node
          ? .init(rule: step.rule, ground: step.ground, left: ratio, right: node, level: 0) : step
      }
    }
    steps.append(
      .init(rule: "put in", ground: "what was found above", left: ratio, right: node, level: 0))
    return steps
  }

  /// The leaf that is written ∂user/∂name.
  private mutating func partial(
    of user: Worksheet.Definition, by leaf: NodeID, _ name: String
  ) -> NodeID {
    let key = Worksheet.Ratio(of: user.name, by: name)
    if let known = partials[key] { return known }
    let partial = self.leaf(free("d_\(user.name)_d_\(name)"), [])
    partials[key] = partial
    sheet.ratios[partial] = key
    return partial
  }

  private func simplification(_ use: Use) -> [Worksheet.Step] {
    var seen: Set<Rewrite> = []
    return use.trace.filter { seen.insert($0).inserted }.map {
      .init(
        rule: $0.rule, ground: $0.keeps.ground, left: $0.before, right: $0.after,
        level: 2)
    }
  }

  private func list(_ names: [String]) -> String {
    if names.count < 2 { return names.first ?? "" }
    if names.count > 6 { return "\(names.count) values" }
    return names.dropLast().joined(separator: ", ") + " and " + names.last!
  }

  /// Sees to it that every equation holds for the numbers: both sides are worked out.
  mutating func check() throws(ExplanationError) {
    let all = sheet.derivations.values.flatMap { $0 }
    for step in all {
      let (left, right) = (value(step.left), value(step.right))
      let scale = left.reduce(0) { max($0, $1.magnitude) }
      let holds = zip(left, right).allSatisfy { isSame($0, $1, scale: max(scale, 1e-6)) }
      guard holds, left.count == right.count || right.count == 1 else {
        throw ExplanationError(
          description: "a step of the derivation does not hold (\(step.rule)): "
            + "\(sheet.graph.text(of: step.left)) is \(left), "
            + "\(sheet.graph.text(of: step.right)) is \(right)")
      }
    }
  }
}

extension Soundness {
  /// What a rule that keeps this promises, for the reader.
  var ground: String {
    switch self {
    case .exact: "exact: the same number to the last bit"
    case .stable: "stable: the same function, no less accurate"
    case .real: "real: equal over the real numbers"
    }
  }
}
