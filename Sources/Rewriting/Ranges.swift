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
      let tag = graph.tag(next)
      if tag >= 0, let interval = Self.ofFunctions[Int(tag)] {
        known[index] = interval
        continue
      }
      let operands = graph.operands(next)
      let missing = operands.filter { known[Int($0.index)] == nil }
      if !missing.isEmpty {
        pending += missing
        continue
      }
      let interval = infer(graph[next].kind, operands.map { known[Int($0.index)]! }, graph)
      known[index] = interval.low.isNaN || interval.high.isNaN ? .everything : interval
    }
    return known[Int(id.index)]!
  }

  /// The ranges of functions whatever their argument, by the operation's index; nil where the arguments' ranges say more.
  private static let ofFunctions: [Interval?] = Operation.all.map {
    $0.row.interval == nil ? $0.row.range : nil
  }

  private func infer(_ kind: Node.Kind, _ operands: [Interval], _ graph: Graph) -> Interval {
    switch kind {
    case .constant(let bits):
      return Interval(low: Double(bitPattern: bits), high: Double(bitPattern: bits))
    case .literal(let index):
      return Interval(low: graph.literals[index].min() ?? 0, high: graph.literals[index].max() ?? 0)
    case .map(let operation): return operation.row.interval!(operands)
    case .maximum, .broadcast, .permute, .reshape, .slice, .view: return operands[0]
    case .pad: return operands[0].union(Interval(low: 0, high: 0))
    case .concat: return operands[0].union(operands[1])
    default: return .everything
    }
  }
}
