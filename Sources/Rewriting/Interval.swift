import NNCAlgebra
import NNCGraph

/// What is known of a value's range: it lies between two numbers, for every input.
struct Interval: Hashable, Sendable {
  var low: Double
  var high: Double

  static let everything = Interval(low: -.infinity, high: .infinity)

  var isPositive: Bool { low > 0 }
  var isNonzero: Bool { low > 0 || high < 0 }
  var isBounded: Bool { low.isFinite && high.isFinite }
}

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

  /// The ranges of functions whatever their argument, by the operation's index.
  private static let ofFunctions: [Interval?] = {
    let named: [String: Interval] = [
      "sigmoid": Interval(low: 0, high: 1), "tanh": Interval(low: -1, high: 1),
      "erf": Interval(low: -1, high: 1), "sin": Interval(low: -1, high: 1),
      "cos": Interval(low: -1, high: 1), "exp": Interval(low: 0, high: .infinity),
      "square": Interval(low: 0, high: .infinity), "abs": Interval(low: 0, high: .infinity),
      "sqrt": Interval(low: -0.0, high: .infinity), "softplus": Interval(low: 0, high: .infinity),
      "relu": Interval(low: 0, high: .infinity), "relu6": Interval(low: 0, high: 6),
      "lt": Interval(low: 0, high: 1), "le": Interval(low: 0, high: 1),
      "eq": Interval(low: 0, high: 1), "ne": Interval(low: 0, high: 1),
      "hardsigmoid": Interval(low: 0, high: 1), "sign": Interval(low: -1, high: 1),
      "logsigmoid": Interval(low: -.infinity, high: 0),
    ]
    return Operation.all.map { named[$0.name] }
  }()

  private func infer(_ kind: Node.Kind, _ operands: [Interval], _ graph: Graph) -> Interval {
    switch kind {
    case .constant(let bits):
      return Interval(low: Double(bitPattern: bits), high: Double(bitPattern: bits))
    case .literal(let index):
      return Interval(low: graph.literals[index].min() ?? 0, high: graph.literals[index].max() ?? 0)
    case .map(let operation): return infer(operation.name, operands)
    case .maximum, .broadcast, .permute, .reshape, .slice: return operands[0]
    case .pad: return Interval(low: min(0, operands[0].low), high: max(0, operands[0].high))
    case .concat:
      return Interval(
        low: min(operands[0].low, operands[1].low), high: max(operands[0].high, operands[1].high))
    default: return .everything
    }
  }

  private func infer(_ name: String, _ operands: [Interval]) -> Interval {
    let a = operands[0]
    let b = operands.count > 1 ? operands[1] : a
    switch name {
    case "add": return Interval(low: a.low + b.low, high: a.high + b.high)
    case "sub": return Interval(low: a.low - b.high, high: a.high - b.low)
    case "neg": return Interval(low: -a.high, high: -a.low)
    case "mul":
      let corners = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high]
      if corners.contains(where: \.isNaN) { return .everything }
      return Interval(low: corners.min()!, high: corners.max()!)
    case "select":
      return Interval(low: min(b.low, operands[2].low), high: max(b.high, operands[2].high))
    case "max": return Interval(low: max(a.low, b.low), high: max(a.high, b.high))
    case "min": return Interval(low: min(a.low, b.low), high: min(a.high, b.high))
    case "detach": return a
    default: return .everything
    }
  }
}
