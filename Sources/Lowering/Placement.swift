import NNCAlgebra
import NNCGraph

/// Which values of an entry are kept in memory, and which are computed inside the kernel that uses them.
///
/// A value is kept where it would otherwise be computed more than once: by several kernels, or again and again inside
/// one. What is cheaper to find than to keep (views of what is kept, numbers made of constants) never is, nor is a
/// scalar operation, or a reduction, whose elements one kernel uses once each. For vectors more is kept: what is summed
/// over samples, and what a function is applied to after a sum, so that lanes do that work.
struct Placement {
  /// By node: whether it has an array of its own.
  private(set) var isKept: [Bool]
  /// By node: how many operands and results it is.
  private(set) var useCounts: [Int32]

  /// The longest chain of values inside one kernel: the walks over them recurse to this depth.
  static let depthLimit: UInt8 = 40

  /// What is known of a node once all its users are.
  private struct Use {
    /// The node whose kernel computes it; `none` before any, `several` where they differ.
    var owner = Use.none
    /// Whether some user sees it at another place than the kernel's own, or from an inner loop.
    var isMoved = false
    var repetition = Repetition.none
    var depth: UInt8 = 0
    /// Whether it must be kept: a reshape of it needs its row-major order.
    var isForced = false
    /// Whether what uses it is joined of it and another, and so can be of its parts.
    var isJoined = false
    /// Whether it is computed at each turn of a loop.
    var isInLoop = false
    /// Whether the sum of it over samples adds its terms to places of its own.
    var isTakenUp = false

    static let none: Int32 = -1
    static let several: Int32 = -2
  }

  /// How much more often a kernel asks for elements than there are.
  private enum Repetition: UInt8, Comparable {
    case none
    /// Only in loops that a scalar does not depend on: it is computed before them.
    case scalar
    case full

    static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }

  private let graph: Graph
  private let many: Bool
  private let isVector: Bool
  private var uses: [Use]

  init(_ graph: Graph, _ entry: EntryRequest, _ isReachable: [Bool], isVector: Bool) {
    self.graph = graph
    self.isVector = isVector
    many = entry.many
    isKept = Array(repeating: false, count: graph.nodes.count)
    useCounts = Array(repeating: 0, count: graph.nodes.count)
    uses = Array(repeating: Use(), count: graph.nodes.count)
    for (place, result) in entry.results.enumerated() {
      useCounts[Int(result.node.index)] += 1
      if graph.role(of: result.node, many: many).isComputed {
        uses[Int(result.node.index)].isForced = true
      } else {
        // A copy into the result is its own kernel.
        meet(result.node, owner: Int32(graph.nodes.count + place), Use())
      }
    }
    let isTrivial = trivialScalars(isReachable)
    for index in graph.nodes.indices.reversed() where isReachable[index] {
      isKept[index] = mustKeep(NodeID(index)) && !isTrivial[index]
      passOn(NodeID(index))
    }
    uses = []
  }

  private func mustKeep(_ id: NodeID) -> Bool {
    let use = uses[Int(id.index)]
    let isTwice = use.isMoved && useCounts[Int(id.index)] > 1
    let isTooDeep = use.depth > Self.depthLimit
    switch graph.role(of: id, many: many) {
    case .leaf: return false
    case .alias: return isTooDeep
    case .view: return use.isForced || isTooDeep
    case .block:
      let isPart = use.isJoined && graph[id].kind.isConcat && !use.isForced
      return !((use.isTakenUp || isPart) && useCounts[Int(id.index)] == 1)
    case .elementwise:
      let isShared = use.owner == Use.several || isTwice
      return use.isForced || use.repetition == .full || isTooDeep || isShared && !isCheap(id)
        || use.isInLoop && graph.turns(of: id) == nil
    case .reduction:
      return use.isForced || use.isInLoop && graph.turns(of: id) == nil || use.owner == Use.several
        || use.repetition > .none || isTwice
        || isTooDeep
    }
  }

  /// Whether computing a value anew takes no more than loading it: one cheap operation on one tensor, or on it and
  /// constants.
  private func isCheap(_ id: NodeID) -> Bool {
    let node = graph[id]
    guard case .map(let operation) = node.kind, operation.row.isCheap, !node.shape.isEmpty else {
      return false
    }
    let tensors = node.operands.filter { graph.constantValue($0) == nil }
    return tensors.count == 1 && graph.shape(tensors[0]) == node.shape
  }

  private mutating func meet(_ id: NodeID, owner: Int32, _ use: Use) {
    let index = Int(id.index)
    if uses[index].owner == Use.none {
      uses[index].owner = owner
    } else if uses[index].owner != owner {
      uses[index].owner = Use.several
    }
    uses[index].isMoved = uses[index].isMoved || use.isMoved
    uses[index].repetition = max(uses[index].repetition, use.repetition)
    uses[index].depth = max(uses[index].depth, use.depth)
    uses[index].isForced = uses[index].isForced || use.isForced
    uses[index].isTakenUp = uses[index].isTakenUp || use.isTakenUp
    uses[index].isInLoop = uses[index].isInLoop || use.isInLoop
    uses[index].isJoined = uses[index].isJoined || use.isJoined
  }

  /// Tells a node's operands how it uses them.
  private mutating func passOn(_ id: NodeID) {
    let node = graph[id]
    let own = uses[Int(id.index)]
    for (place, operand) in node.operands.enumerated() {
      useCounts[Int(operand.index)] += 1
      if case .recurrence = graph[operand].kind { continue }
      var use = Use()
      use.depth = 1
      use.isInLoop = graph.turns(of: id) != nil || !isKept[Int(id.index)] && own.isInLoop
      var owner = id.index
      if !isKept[Int(id.index)] {
        (owner, use.isMoved, use.repetition) = (own.owner, own.isMoved, own.repetition)
        use.depth = own.depth + 1
      }
      change(&use, of: operand, at: place, in: id)
      if case .alias = graph.role(of: id, many: many) {
        use.isForced = own.isForced || node.kind == .reshape
      }
      switch node.kind {
      case .row:
        // Its row is a part of the array in which the numbers lie.
        use.isForced = true
        meet(graph.stored(operand), owner: owner, use)
        continue
      case .rows: use.isForced = true
      case .recurrence:
        use.isInLoop = false
        use.isForced = place == 1 || graph.role(of: operand, many: many).isComputed
      default: break
      }
      meet(operand, owner: owner, use)
    }
  }

  private func change(_ use: inout Use, of operand: NodeID, at place: Int, in id: NodeID) {
    let node = graph[id]
    let shape = graph[operand].shape
    let isShared = many && node.isBatched && !graph[operand].isBatched
    let often: Repetition = shape.isEmpty ? .scalar : .full
    switch node.kind {
    case .map(let operation):
      if isVector, !(many && node.isBatched), operation.primitive == nil, shape.elementCount > 1 {
        use.isForced = true
      }
      if shape == node.shape, !isShared { return }
      use.repetition = max(use.repetition, often)
    case .broadcast, .view, .oneHot:
      if shape.elementCount < node.shape.elementCount {
        use.repetition = max(use.repetition, often)
      }
    case .contract(let contraction):
      let own = Set(contraction.inputs[place])
      if isShared || graph.extents(of: node).contains(where: { !own.contains($0) && $1 > 1 }) {
        use.repetition = .full
      }
    case .concat: use.isJoined = graph.turns(of: id) == graph.turns(of: operand)
    case .samples:
      if !many { return }
      use.isTakenUp = graph.chosen(in: operand, sumsSamples: true)?.isScatter == true
      if isVector, shape.count < 2, graph[operand].isBatched { use.isForced = true }
    default: break
    }
    use.isMoved = true
  }

  /// Scalars made of a few operations on constants and the number of samples.
  private func trivialScalars(_ isReachable: [Bool]) -> [Bool] {
    var costs = [Int](repeating: .max, count: graph.nodes.count)
    for (index, node) in graph.nodes.enumerated() where isReachable[index] && node.shape.isEmpty {
      switch node.kind {
      case .constant: costs[index] = 0
      case .symbol(let symbol) where graph.symbols[symbol].role == .sampleCount: costs[index] = 0
      case .map(let operation) where operation.primitive != nil:
        let cost = node.operands.map { costs[Int($0.index)] }.max()!
        if cost < 4 { costs[index] = cost + 1 }
      default: break
      }
    }
    return costs.map { $0 < .max }
  }
}
