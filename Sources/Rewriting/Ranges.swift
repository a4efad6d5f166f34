import NNCAlgebra
import NNCGraph

/// The ranges of a graph's nodes, by interval arithmetic; found out as far as they are asked for.
struct Ranges {
  private var known: [Interval?] = []

  /// The range of a node.
  mutating func range(of id: NodeID, in graph: Graph) -> Interval {
    if known.count < graph.nodes.count {
      known += repeatElement(nil, count: 2 * graph.nodes.count - known.count)
    }
    var pending = [id]
    while let next = pending.last {
      let index = Int(next.index)
      if known[index] != nil {
        pending.removeLast()
        continue
      }
      let operands = graph.operands(next)
      let missing = operands.filter { known[Int($0.index)] == nil }
      if !missing.isEmpty {
        pending += missing
        continue
      }
      let interval = infer(next, operands.map { known[Int($0.index)]! }, graph)
      known[index] = interval.low.isNaN || interval.high.isNaN ? .everything : interval
    }
    return known[Int(id.index)]!
  }

  private func infer(_ id: NodeID, _ operands: [Interval], _ graph: Graph) -> Interval {
    switch graph[id].kind {
    case .constant(let bits):
      return Interval(low: Double(bitPattern: bits), high: Double(bitPattern: bits))
    case .literal(let index):
      let values = graph.literals[index]
      return Interval(
        low: values.min() ?? 0, high: values.max() ?? 0, isNumber: !values.contains(where: \.isNaN))
    case .symbol(let symbol):
      if case .carried = graph.symbols[symbol].role { return .everything }
      return graph.bounds[id] ?? .numbers
    case .map(let operation): return operation.row.image(of: operands)
    case .maximum, .broadcast, .permute, .reshape, .slice, .view, .row, .rows: return operands[0]
    case .pad: return operands[0].union(Interval(low: 0, high: 0))
    case .concat: return operands[0].union(operands[1])
    case .oneHot: return Interval(low: 0, high: 1)
    case .contract where operands.allSatisfy({ $0.low >= 0 }):
      return Interval(low: 0, high: .infinity, isNumber: false)
    default: return .everything
    }
  }
}
