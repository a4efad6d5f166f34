import NNCAlgebra
import NNCGraph

extension Graph {
  /// Moves a common constant factor back to where it is multiplied once.
  ///
  /// Where every use of a value is a multiple by the same constant (each gradient of a step times the learning rate,
  /// say), the value itself is computed as that multiple. The demand for a multiple passes backward through whatever
  /// is linear: both terms of a sum, one factor of a product. The result is kept if it takes less work.
  mutating func hoistingFactors(of roots: [NodeID]) -> [NodeID] {
    let plan = FactorPlan(self, roots)
    if plan.isEmpty { return roots }
    let result = rebuilding(roots, isScaled: { plan.factor($0) != nil }) {
      $0.scaled($1, plan, $2)
    }
    if zip(roots, result).contains(where: { shapeNumber($0) != shapeNumber($1) }) { return roots }
    return work(of: result) < work(of: roots) ? result : roots
  }

  /// The image of a node, times the factor that the plan gives it.
  private mutating func scaled(
    _ id: NodeID, _ plan: FactorPlan, _ images: Operands
  ) -> NodeID {
    let factor = plan.factor(id)
    let sources = operands(id)
    /// An operand's image times `wanted`.
    func operand(_ place: Int, _ wanted: Double?, _ graph: inout Graph) -> NodeID {
      let image = images[place]
      let given = plan.factor(sources[place])
      if given == wanted { return image }
      precondition(given == nil, "every use of a scaled value wants that scale")
      let constant = graph.constant(wanted!)
      return graph.folded(.mul, Operands(constant, image), graph.shapeNumber(image))
    }
    func each(_ graph: inout Graph, _ wanted: (Int) -> Double?) -> Operands {
      var result = images
      for place in result.indices { result[place] = operand(place, wanted(place), &graph) }
      return result
    }
    if let place = constantPlace(id),
      let multiple = movable(constantValue(sources[place])! * (factor ?? 1))
    {
      let rest = images[1 - place]
      if plan.factor(sources[1 - place]) == multiple { return rest }
      let own = constant(multiple)
      return folded(.mul, Operands(own, rest), shapeNumber(rest))
    }
    guard let factor else { return remade(id, each(&self) { _ in nil }) }
    switch self[id].kind {
    case .map(.add), .map(.sub), .map(.neg), .broadcast, .permute, .reshape, .slice, .view, .pad,
      .concat,
      .samples:
      return remade(id, each(&self) { _ in factor })
    case .map(.select):
      return remade(id, each(&self) { $0 == 0 ? nil : factor })
    case .map(.mul), .contract:
      if let carrier = plan.carrier(id) {
        return remade(id, each(&self) { $0 == carrier ? factor : nil })
      }
    default: break
    }
    let plain = remade(id, each(&self) { _ in nil })
    let own = constant(factor)
    return folded(.mul, Operands(own, plain), shapeNumber(plain))
  }
}

/// A factor if it may be moved: one that takes what it is multiplied with early no farther toward the ends of the range of
/// numbers, at any precision, than the margin that rules grant.
private func movable(_ factor: Double) -> Double? {
  abs(factor) >= 0x1p-60 && abs(factor) <= 0x1p60 ? factor : nil
}

/// Which values are computed as multiples of themselves, and by what.
private struct FactorPlan {
  /// Whether there is no such value.
  private(set) var isEmpty = true
  private var factors: [Double?]
  private var carriers: [Int8]

  /// The factor of a scaled value; nil where it stays as it is.
  func factor(_ id: NodeID) -> Double? { factors[Int(id.index)] }

  /// Which operand of a scaled product carries its scale; nil where none does.
  func carrier(_ id: NodeID) -> Int? {
    carriers[Int(id.index)] < 0 ? nil : Int(carriers[Int(id.index)])
  }

  /// What the uses of a value want of it.
  private enum Demand {
    case none
    case multiple(Double)
    case mixed
  }

  init(_ graph: Graph, _ roots: [NodeID]) {
    let marks = graph.reachable(from: roots)
    factors = Array(repeating: nil, count: marks.count)
    carriers = Array(repeating: -1, count: marks.count)
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
      let operands = graph.operands(id)
      var factor: Double?
      if case .multiple(let wanted) = demands[index], !operands.isEmpty { factor = wanted }
      if factor != nil, let pending = offers.removeValue(forKey: id) {
        // A product that another factor took care of meanwhile wants this one as it is.
        if pending.contains(where: { carriers[Int($0.product.index)] >= 0 }) {
          factor = nil
        } else {
          for offer in pending { carriers[Int(offer.product.index)] = Int8(offer.place) }
        }
      }
      if let factor {
        isEmpty = false
        factors[index] = factor
      }
      switch graph.nodes[index].kind {
      case .map(.mul):
        if let place = graph.constantPlace(id) {
          let multiple = movable(graph.constantValue(operands[place])! * (factor ?? 1))
          want(operands[1 - place], multiple)
          want(operands[place], nil)
          continue
        }
        fallthrough
      case .contract:
        if operands.count == 2, operands[0] == operands[1] { factor = nil }
        for (place, operand) in operands.enumerated() {
          want(operand, factor)
          if factor != nil { offers[operand, default: []].append((id, place)) }
        }
      case .map(.add), .map(.sub), .map(.neg), .broadcast, .permute, .reshape, .slice, .view, .pad,
        .concat, .samples:
        for operand in operands { want(operand, factor) }
      case .map(.select):
        want(operands[0], nil)
        want(operands[1], factor)
        want(operands[2], factor)
      default:
        for operand in operands { want(operand, nil) }
      }
    }
  }
}
