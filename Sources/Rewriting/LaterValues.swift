import NNCAlgebra
import NNCGraph

/// What elements of a node are that stand for a step t along one axis and for a later step u along another, where that is one
/// number whatever the network is given: −∞ for the scores that a mask takes out, 0 for the weights that come of them.
struct LaterValues {
  private var known: [Pair: Double?] = [:]

  private struct Pair: Hashable {
    let id: NodeID
    let t: Int
    let u: Int
  }

  /// Numbers that stand for what is not known: what an operation gives with each of them, it gives whatever it is given.
  /// Where it gives no number it is not asked.
  private static let probes = [0.7, -1.3, 0, 2500, -1e12]

  /// The one number of all elements with u > t; nil where there is none, or none is known.
  mutating func value(of id: NodeID, _ t: Int, _ u: Int, in graph: Graph) -> Double? {
    var pending = [Pair(id: id, t: t, u: u)]
    while let pair = pending.last {
      if known[pair] != nil {
        pending.removeLast()
        continue
      }
      var missing: [Pair] = []
      let result = infer(pair, graph) { known in missing.append(known) }
      if missing.isEmpty {
        known[pair] = .some(result)
        pending.removeLast()
      } else {
        pending += missing
      }
    }
    return known[Pair(id: id, t: t, u: u)]!
  }

  private func infer(_ pair: Pair, _ graph: Graph, _ miss: (Pair) -> Void) -> Double? {
    let node = graph[pair.id]
    func ask(_ id: NodeID, _ t: Int, _ u: Int) -> Double? {
      let other = Pair(id: id, t: t, u: u)
      if let value = known[other] { return value }
      miss(other)
      return nil
    }
    switch node.kind {
    case .constant(let bits): return Double(bitPattern: bits)
    case .map(let operation):
      let operands = node.operands.map { id in
        graph.isScalar(id) ? graph.constantValue(id) : ask(id, pair.t, pair.u)
      }
      if operands.contains(where: { $0 != nil }), let value = certain(operation, operands) {
        return value
      }
      return placeValue(pair, graph)
    case .contract(let contraction):
      for (operand, labels) in zip(node.operands, contraction.inputs) {
        guard let t = labels.firstIndex(of: contraction.output[pair.t]),
          let u = labels.firstIndex(of: contraction.output[pair.u])
        else { continue }
        if ask(operand, t, u) == 0 { return 0 }
      }
      return nil
    case .maximum(let axes):
      let kept = graph.shape(node.operands[0]).indices.filter { !axes.contains($0) }
      return ask(node.operands[0], kept[pair.t], kept[pair.u])
    case .reshape:
      let axes = graph.kept(through: pair.id)
      guard let t = axes.first(where: { $0.to == pair.t }),
        let u = axes.first(where: { $0.to == pair.u })
      else { return nil }
      return ask(node.operands[0], t.from, u.from)
    default:
      guard let view = node.kind.view else { return nil }
      let operand = node.operands[0]
      if graph.isScalar(operand) { return graph.constantValue(operand) }
      let axes = view.indices.map(\.axis)
      guard let t = axes.firstIndex(of: pair.t), let u = axes.firstIndex(of: pair.u) else {
        return nil
      }
      return ask(operand, t, u)
    }
  }

  /// What an operation gives whatever those operands are that are not known.
  private func certain(_ operation: Operation, _ operands: [Double?]) -> Double? {
    var results: [Double] = []
    func add(_ probes: ArraySlice<Double>) {
      var values: [Double] = []
      var turn = 0
      for operand in operands {
        values.append(operand ?? probes[probes.startIndex + turn % probes.count])
        if operand == nil { turn += 1 }
      }
      let result = operation.evaluate(values)
      if !result.isNaN { results.append(result) }
    }
    for place in Self.probes.indices { add(Self.probes[place...]) }
    guard let first = results.first, results.allSatisfy({ $0 == first }) else { return nil }
    return first
  }

  /// The one number that an operation on tensors of numbers gives at all later places.
  ///
  /// A comparison with what only rises or falls with u gives one truth where it gives it for the least and the greatest u;
  /// anything else is tried place by place.
  private func placeValue(_ pair: Pair, _ graph: Graph) -> Double? {
    let shape = graph.shape(pair.id)
    guard case .map(let operation) = graph[pair.id].kind else { return nil }
    var operands: [PlaceNumbers] = []
    for operand in graph.operands(pair.id) {
      guard let numbers = PlaceNumbers(operand, pair.t, pair.u, graph) else { return nil }
      operands.append(numbers)
    }
    let last = shape[pair.u] - 1
    let isOrdered =
      operation.isComparison && operands.allSatisfy { $0.rises(to: last) }
    var result: Double?
    for t in 0..<Swift.min(shape[pair.t], last) {
      let places = isOrdered ? [t + 1, last] : Array((t + 1)...last)
      for u in places {
        let value = operation.evaluate(operands.map { $0.value(t, u) })
        if result == nil { result = value }
        if value != result { return nil }
      }
    }
    return result
  }
}

/// The elements of a tensor of numbers by two of its axes, where nothing else tells them apart.
private struct PlaceNumbers {
  let values: [Double]
  private(set) var start = 0
  private(set) var byT = 0
  private(set) var byU = 0

  init?(_ id: NodeID, _ t: Int, _ u: Int, _ graph: Graph) {
    if let value = graph.constantValue(id) {
      values = [value]
      return
    }
    guard let view = graph[id].kind.view,
      case .literal(let literal) = graph[graph.operands(id)[0]].kind
    else { return nil }
    values = graph.literals[literal]
    let steps = graph.shape(graph.operands(id)[0]).rowMajorSteps
    for (index, step) in zip(view.indices, steps) {
      start += index.offset * step
      for term in index.terms {
        if term.axis == t {
          byT += term.step * step
        } else if term.axis == u {
          byU += term.step * step
        } else {
          return nil
        }
      }
    }
  }

  func value(_ t: Int, _ u: Int) -> Double { values[start + t * byT + u * byU] }

  /// Whether it differs along one axis at most, and along u only rises or only falls.
  func rises(to last: Int) -> Bool {
    if byU == 0 { return true }
    if byT != 0 { return false }
    let row = (0...last).map { value(0, $0) }
    let pairs = zip(row, row.dropFirst())
    return pairs.allSatisfy { $0 <= $1 } || pairs.allSatisfy { $0 >= $1 }
  }
}
