import Algebra
import Graph

/// How often each node is used in the graph that a pass is building, as far as it has come.
struct LiveUses {
  private var counts: [Int32]
  private var isNew: [Bool]

  init(old: [Int32]) {
    counts = old
    isNew = Array(repeating: false, count: old.count)
  }

  mutating func add(_ count: Int32, to id: NodeID) {
    let index = Int(id.index)
    if index >= counts.count {
      counts.append(contentsOf: repeatElement(0, count: index + 1 - counts.count))
      isNew.append(contentsOf: repeatElement(false, count: index + 1 - isNew.count))
    }
    counts[index] = isNew[index] ? counts[index] + count : count
    isNew[index] = true
  }

  /// The uses of a node.
  func count(_ id: NodeID) -> Int32 {
    Int(id.index) < counts.count ? counts[Int(id.index)] : 0
  }
}

extension Graph {
  /// The work saved by a rewriting: what is freed, the root and those inner nodes that nothing else uses, less what
  /// is added beside nodes in use.
  ///
  /// - Parameter isCounted: whether `live` counts the uses that the root makes; not so for what a rule just made.
  func gain(
    freeing passed: [NodeID], adding after: NodeID, _ live: LiveUses, isCounted: Bool
  ) -> Double {
    var occurrences: [NodeID: Int32] = [:]
    for id in passed { occurrences[id, default: 0] += 1 }
    var freed = 0.0
    var isFreed: Set<NodeID> = [passed[0]]
    for (id, count) in occurrences.sorted(by: { $0.key > $1.key }) {
      let goes = id == passed[0] || live.count(id) <= (isCounted ? count : count - 1)
      if goes {
        freed += work(of: id)
        isFreed.insert(id)
      }
    }
    var added = 0.0
    var seen: Set<NodeID> = []
    var pending = [after]
    while let id = pending.popLast() {
      guard seen.insert(id).inserted else { continue }
      if isFreed.contains(id) {
        added += work(of: id)
        continue
      }
      if live.count(id) > 0 || self[id].operands.isEmpty { continue }
      added += work(of: id)
      pending.append(contentsOf: self[id].operands)
    }
    return freed - added
  }

  /// The node that a rule's right side stands for, with constants computed on the way.
  mutating func foldedInstance(
    _ formula: Formula, _ bindings: [String: NodeID], _ known: inout [ObjectIdentifier: NodeID]
  ) -> NodeID {
    if let node = known[ObjectIdentifier(formula)] { return node }
    let result: NodeID
    switch formula.kind {
    case .symbol(let name): result = bindings[name]!
    case .number(let value): result = constant(value)
    case .bits: preconditionFailure("rules are about reals")
    case .apply(let name, let arguments):
      let operands = arguments.map { foldedInstance($0, bindings, &known) }
      switch name {
      case "sum": result = sum(operands[0])
      case "maximum": result = maximum(operands[0], axes: Array(self[operands[0]].shape.indices))
      default:
        let shape = operands.map { self[$0].shape }.first { !$0.isEmpty } ?? []
        result = folded(.map(Operation(name)!), operands, shape: shape)
      }
    }
    known[ObjectIdentifier(formula)] = result
    return result
  }
}
