import Algebra
import Graph

extension Graph {
  /// Moves a common constant factor back to where it is multiplied once.
  ///
  /// Where every use of a value is a multiple by the same constant (each gradient of a step times the learning rate,
  /// say), the value itself is computed as that multiple. The demand for a multiple passes backward through whatever
  /// is linear: both terms of a sum, one factor of a product. The result is kept if it takes less work.
  mutating func hoistingFactors(of roots: [NodeID]) -> [NodeID] {
    let plan = FactorPlan(self, roots)
    if plan.factors.isEmpty { return roots }
    var images: [NodeID: NodeID] = [:]
    var result = rebuilding(roots) { graph, id, _ in
      let image = graph.scaled(id, plan, images)
      images[id] = image
      return image
    }
    if zip(roots, result).contains(where: { self[$0].shape != self[$1].shape }) { result = roots }
    return work(of: result) < work(of: roots) ? result : roots
  }

  /// The image of a node, times the factor that the plan gives it.
  private mutating func scaled(
    _ id: NodeID, _ plan: FactorPlan, _ images: [NodeID: NodeID]
  ) -> NodeID {
    let factor = plan.factors[id]
    /// An operand's image times `wanted`.
    func operand(_ place: Int, _ wanted: Double?, _ graph: inout Graph) -> NodeID {
      let source = graph[id].operands[place]
      let image = images[source]!
      let given = plan.factors[source]
      if given == wanted { return image }
      precondition(given == nil, "every use of a scaled value wants that scale")
      let constant = graph.constant(wanted!)
      return graph.folded(.map(.mul), [constant, image], shape: graph[image].shape)
    }
    let node = self[id]
    if case .map(.mul) = node.kind, let place = constantPlace(node) {
      let multiple = constantValue(node.operands[place])! * (factor ?? 1)
      let rest = node.operands[1 - place]
      if plan.factors[rest] == multiple { return images[rest]! }
      let own = constant(multiple)
      return folded(.map(.mul), [own, images[rest]!], shape: node.shape)
    }
    guard let factor else {
      return remade(id, node.operands.indices.map { operand($0, nil, &self) })
    }
    switch node.kind {
    case .map(.add), .map(.sub), .map(.neg), .broadcast, .permute, .reshape, .slice, .pad, .concat,
      .samples:
      return remade(id, node.operands.indices.map { operand($0, factor, &self) })
    case .map(.select):
      return remade(id, node.operands.indices.map { operand($0, $0 == 0 ? nil : factor, &self) })
    case .map(.mul), .contract:
      if let place = plan.carriers[id] {
        return remade(
          id, node.operands.indices.map { operand($0, $0 == place ? factor : nil, &self) })
      }
    default: break
    }
    let plain = remade(id, node.operands.indices.map { operand($0, nil, &self) })
    let own = constant(factor)
    return folded(.map(.mul), [own, plain], shape: node.shape)
  }

  fileprivate func constantPlace(_ node: Node) -> Int? {
    node.operands.indices.first { constantValue(node.operands[$0]) != nil }
  }
}

/// Which values are computed as multiples of themselves, and by what.
private struct FactorPlan {
  /// The factor of each scaled value.
  private(set) var factors: [NodeID: Double] = [:]
  /// The factor of a scaled product that carries its scale.
  private(set) var carriers: [NodeID: Int] = [:]

  /// What the uses of a value want of it.
  private enum Demand {
    case none
    case multiple(Double)
    case mixed
  }

  init(_ graph: Graph, _ roots: [NodeID]) {
    let marks = graph.reachable(from: roots)
    var demands = [Demand](repeating: .none, count: marks.count)
    // Products whose scale either factor may carry: who offered it to whom.
    var offers: [NodeID: [(product: NodeID, place: Int)]] = [:]
    func want(_ id: NodeID, _ factor: Double?) {
      let index = Int(id.index)
      switch (demands[index], factor) {
      case (.none, let factor?): demands[index] = .multiple(factor)
      case (.multiple(let known), let factor?) where known == factor: break
      default: demands[index] = .mixed
      }
    }
    for root in roots { want(root, nil) }
    for index in marks.indices.reversed() where marks[index] {
      let id = NodeID(index)
      let node = graph[id]
      var factor: Double?
      if case .multiple(let wanted) = demands[index], !node.operands.isEmpty { factor = wanted }
      let pending = offers.removeValue(forKey: id) ?? []
      // A product that another factor took care of meanwhile wants this one as it is.
      if pending.contains(where: { carriers[$0.product] != nil }) { factor = nil }
      if let factor {
        factors[id] = factor
        for offer in pending { carriers[offer.product] = offer.place }
      }
      switch node.kind {
      case .map(.mul):
        if let place = graph.constantPlace(node) {
          want(node.operands[1 - place], graph.constantValue(node.operands[place])! * (factor ?? 1))
          want(node.operands[place], nil)
          continue
        }
        fallthrough
      case .contract:
        let isSquare = node.operands.count == 2 && node.operands[0] == node.operands[1]
        if isSquare { factor = nil }
        for (place, operand) in node.operands.enumerated() {
          want(operand, factor)
          if factor != nil { offers[operand, default: []].append((id, place)) }
        }
      case .map(.add), .map(.sub), .map(.neg), .broadcast, .permute, .reshape, .slice, .pad,
        .concat, .samples:
        for operand in node.operands { want(operand, factor) }
      case .map(.select):
        want(node.operands[0], nil)
        want(node.operands[1], factor)
        want(node.operands[2], factor)
      default:
        for operand in node.operands { want(operand, nil) }
      }
    }
  }
}
