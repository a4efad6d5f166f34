import NNCAlgebra
import NNCGraph

/// One firing of a rule.
public struct TraceStep: Hashable, Sendable {
  /// The rule's name.
  public let rule: String
  /// What the rule keeps.
  public let keeps: Soundness
  /// What was rewritten.
  public let before: NodeID
  /// What it became.
  public let after: NodeID
}

/// Rewrites expressions by the rule tables until no rule fires.
///
/// A pass goes through the graph once, operands first, and builds what it rewrites anew beside the old. Cost is
/// counted on the graph, where a shared value counts once: a rule fires where what it frees is worth more than what
/// it adds. A pass that would leave the whole costlier is dropped.
public struct Simplifier {
  /// What an expression is rewritten for.
  public enum Phase: Sendable, CaseIterable {
    /// Small and stable, ready for further derivatives.
    case simplify
    /// The same for the reader: products stand in the usual order.
    case present
    /// For the machine: functions written out as far as their parts can be shared.
    case specialize
  }

  /// What the rewriting is for.
  public let phase: Phase
  /// The rules that fired, in order.
  public private(set) var trace: [TraceStep] = []

  private let rules: RuleSet
  private var ranges = Ranges()
  private var match = Match()
  private var forms = SharedForms()
  /// By index: whether folding keeps the node and no rule fits it, which stays so: it need not be looked at again.
  private var isSettled: [Bool] = []
  private let keepsTrace: Bool
  /// How many leaves a shared sum or product may have that is taken apart where it is used.
  private let sharedLimit: Int

  private static let simplifying = RuleSet(simplifyingRules, always: stabilizingRules)
  private static let presenting = RuleSet(
    simplifyingRules + presentingRules, always: stabilizingRules)
  private static let specializing = RuleSet(
    machineRules + computingRules, always: accurateMachineRules
  ).appending(simplifying) {
    !$0.firesAlways && !$0.rule.isForReaders
  }

  /// A simplifier for one phase, for one graph and what grows out of it; without `keepsTrace` it does not remember
  /// which rules fired.
  ///
  /// - Parameter opensShared: whether short sums and products are written out wherever they are used, as in a formula
  ///   that stands by itself.
  public init(phase: Phase, keepsTrace: Bool = true, opensShared: Bool = false) {
    self.phase = phase
    sharedLimit = opensShared ? 8 : 1
    self.keepsTrace = keepsTrace
    switch phase {
    case .simplify: rules = Self.simplifying
    case .present: rules = Self.presenting
    case .specialize: rules = Self.specializing
    }
  }

  /// Rewrites what the roots are made from, and gives the new roots.
  public mutating func run(_ graph: inout Graph, _ roots: [NodeID]) -> [NodeID] {
    var roots = roots
    if phase == .specialize { roots = graph.inliningDefinitions(of: roots, &forms) }
    if phase == .specialize {
      roots = settle(&graph, roots)
    } else {
      roots = collect(&graph, roots)
    }
    switch phase {
    case .simplify: break
    case .present: roots = arrange(&graph, roots)
    case .specialize:
      let hoisted = graph.hoistingFactors(of: roots)
      let shared = graph.sharingReciprocals(of: hoisted, &ranges)
      if shared != roots { roots = settle(&graph, shared) }
      roots = graph.testingRectified(of: roots)
      roots = graph.inliningTogether(of: roots, &forms)
    }
    return roots
  }

  /// Adds up like terms and cancels common factors, and applies the rules, in turn until neither changes anything.
  private mutating func collect(_ graph: inout Graph, _ start: [NodeID]) -> [NodeID] {
    var roots = settle(&graph, start)
    for _ in 0..<8 {
      var steps: [TraceStep] = []
      let summed = graph.collectingTerms(of: roots, sharedLimit: sharedLimit) { before, after in
        steps.append(.init(rule: "collect like terms", keeps: .real, before: before, after: after))
      }
      let collected = graph.cancellingFactors(of: summed, sharedLimit: sharedLimit) {
        before, after in
        steps.append(
          .init(rule: "cancel common factors", keeps: .real, before: before, after: after))
      }
      if collected == roots { break }
      if keepsTrace { trace += steps }
      roots = settle(&graph, collected)
    }
    return roots
  }

  /// Writes sums and products as textbooks do.
  private mutating func arrange(_ graph: inout Graph, _ roots: [NodeID]) -> [NodeID] {
    var steps: [TraceStep] = []
    var arrangement = Arrangement(sharedLimit: sharedLimit)
    let arranged = arrangement.run(&graph, roots) { before, after in
      steps.append(.init(rule: "usual order", keeps: .real, before: before, after: after))
    }
    if keepsTrace { trace += steps }
    return arranged
  }

  private mutating func settle(_ graph: inout Graph, _ start: [NodeID]) -> [NodeID] {
    var roots = start
    var work = graph.work(of: roots)
    for round in 0..<24 {
      let mark = trace.count
      let (next, stabilized) = pass(&graph, roots, isFirst: round == 0)
      if next == roots { break }
      let newWork = graph.work(of: next)
      if newWork > work, !stabilized {
        trace.removeSubrange(mark...)
        break
      }
      roots = next
      work = newWork
    }
    return roots
  }

  private mutating func pass(
    _ graph: inout Graph, _ roots: [NodeID], isFirst: Bool
  ) -> ([NodeID], Bool) {
    let uses = graph.useCounts(of: roots)
    let last = roots.max().map { Int($0.index) } ?? -1
    var images = [NodeID](repeating: NodeID(-1), count: last + 1)
    let absorbing = graph.absorbingCounts(uses)
    var live = LiveUses(old: uses)
    var stabilized = false
    for index in 0..<(last + 1) where uses[index] > 0 {
      let id = NodeID(index)
      let sources = graph.operands(id)
      var operands = sources
      for place in operands.indices { operands[place] = images[Int(operands[place].index)] }
      let isSame = operands == sources
      if isSame, index < isSettled.count, isSettled[index] {
        images[index] = id
        live.add(uses[index], absorbing: absorbing[index], to: id)
        continue
      }
      graph.begin(like: id)
      var image = id
      if isFirst || !isSame { image = graph.refolded(id, operands) }
      if let first = rewrite(image, after: [], &graph, &live) {
        var forms = [image, first.after]
        stabilized = stabilized || first.always
        while forms.count <= 16,
          let next = rewrite(forms[forms.count - 1], after: forms, &graph, &live)
        {
          stabilized = stabilized || next.always
          forms.append(next.after)
        }
        image = forms[forms.count - 1]
        live.addInner(of: image, in: graph)
      }
      images[index] = image
      live.add(uses[index], absorbing: absorbing[index], to: image)
      graph.passNames(of: id, to: image)
    }
    graph.begin(nil)
    return (roots.map { images[Int($0.index)] }, stabilized)
  }

  /// What the first rule that fires makes of a node, other than the forms that it had before.
  private mutating func rewrite(
    _ id: NodeID, after forms: [NodeID], _ graph: inout Graph, _ live: inout LiveUses
  ) -> (after: NodeID, always: Bool)? {
    let isCounted = forms.isEmpty
    var fits = graph.mayMoveScalar(at: id)
    if fits, let moved = graph.movingScalar(at: id, &live, isCounted: isCounted), moved != id,
      !forms.contains(moved)
    {
      return (moved, false)
    }
    if phase != .specialize, let seen = graph.inverseOfElement(at: id), !forms.contains(seen) {
      record("logarithm of an element", .exact, id, seen)
      return (seen, true)
    }
    let operands = graph.operands(id)
    for rule in rules[graph.tag(id)] where !rule.isOutOfTheQuestion(operands, graph) {
      guard matches(rule, id, graph) else { continue }
      fits = true
      let after = build(rule, like: id, &graph)
      if after == id || forms.contains(after) { continue }
      if !rule.firesAlways {
        let gain = live.gain(
          freeing: match.passed, adding: after, isCounted: isCounted, in: graph)
        guard gain > 0 || gain == 0 && rule.firesAtNoGain else { continue }
      }
      record(rule.rule.name, rule.rule.keeps, id, after)
      return (after, rule.firesAlways)
    }
    if !fits { markSettled(id) }
    return nil
  }

  private mutating func markSettled(_ id: NodeID) {
    let index = Int(id.index)
    if index >= isSettled.count {
      isSettled += repeatElement(false, count: 2 * index + 1 - isSettled.count)
    }
    isSettled[index] = true
  }

  private mutating func record(
    _ rule: String, _ keeps: Soundness, _ before: NodeID, _ after: NodeID
  ) {
    guard keepsTrace else { return }
    trace.append(TraceStep(rule: rule, keeps: keeps, before: before, after: after))
  }

  /// Whether a rule fits a node in one of its ways, with its guards; ``match`` then says how.
  private mutating func matches(_ rule: RuleSet.Prepared, _ id: NodeID, _ graph: Graph) -> Bool {
    for line in rule.pattern.lines where graph.passes(line, id, &match) {
      if rule.guards.allSatisfy({
        holds($0.condition, match.slots[$0.first], match.slots[$0.last], graph)
      }) {
        return true
      }
    }
    return false
  }

  private func build(
    _ rule: RuleSet.Prepared, like id: NodeID, _ graph: inout Graph
  ) -> NodeID {
    let after = rule.replacement.build(in: &graph) { match.slots[$0] }
    if graph.shapeNumber(after) == graph.shapeNumber(id) { return after }
    return graph.broadcast(after, to: graph[id].shape, axes: [])
  }

  /// Whether a number and its reciprocal have all digits at f32, and so at f64.
  private func isInvertible(_ value: Double) -> Bool {
    Float(value).isNormal && Float(1 / value).isNormal
  }

  private mutating func holds(
    _ condition: Guard, _ id: NodeID, _ other: NodeID, _ graph: Graph
  ) -> Bool {
    switch condition {
    case .nonzero: return ranges.range(of: id, in: graph).isNonzero
    case .positive: return ranges.range(of: id, in: graph).isPositive
    case .nonnegative: return ranges.range(of: id, in: graph).low >= 0
    case .near: return graph.areNear(id, other)
    case .close: return graph.areClose(id, other)
    case .bounded: return ranges.range(of: id, in: graph).isBounded
    case .powerOfTwo:
      let value = graph.constantValue(id)!
      return value.significand == 1 && isInvertible(value)
    case .invertible: return isInvertible(graph.constantValue(id)!)
    case .moderate:
      let magnitude = abs(graph.constantValue(id)!)
      return magnitude >= 0x1p-30 && magnitude <= 0x1p30
    case .unshifted:
      guard case .map(.sub) = graph[id].kind else { return true }
      var shift = graph[id].operands[1]
      while case .broadcast = graph[shift].kind { shift = graph[shift].operands[0] }
      guard case .map(let operation) = graph[shift].kind else { return true }
      return !operation.row.holdsFixed
    }
  }
}
