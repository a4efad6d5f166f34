import NNCAlgebra
import NNCGraph

/// How often each node is used in the graph that a pass is building, as far as it has come.
struct LiveUses {
  private var counts: [Int32]
  private var isNew: [Bool]
  /// How many of the uses are products with a constant, which take in another constant for nothing.
  private var absorbing: [Int32]
  /// The number of the look that last came by each node.
  private var looks: [Int32] = []
  private var look: Int32 = 0
  private var pending: [NodeID] = []

  init(old: [Int32]) {
    counts = old
    isNew = Array(repeating: false, count: old.count)
    absorbing = Array(repeating: 0, count: old.count)
  }

  mutating func add(_ count: Int32, absorbing some: Int32, to id: NodeID) {
    let index = Int(id.index)
    if index >= counts.count {
      let more = index + 1 - counts.count
      counts.append(contentsOf: repeatElement(0, count: more))
      isNew.append(contentsOf: repeatElement(false, count: more))
      absorbing.append(contentsOf: repeatElement(0, count: more))
    }
    counts[index] = isNew[index] ? counts[index] + count : count
    absorbing[index] = isNew[index] ? absorbing[index] + some : some
    isNew[index] = true
  }

  /// Counts the use that each node inside of what a rule made has there.
  mutating func addInner(of id: NodeID, in graph: Graph) {
    pending.append(id)
    while let id = pending.popLast() {
      for operand in graph.operands(id)
      where count(operand) == 0 && !graph.operands(operand).isEmpty {
        add(1, absorbing: 0, to: operand)
        pending.append(operand)
      }
    }
  }

  /// The uses of a node.
  func count(_ id: NodeID) -> Int32 {
    Int(id.index) < counts.count ? counts[Int(id.index)] : 0
  }

  /// The uses that keep a node: a multiple by a constant is not kept by products that take the constant in.
  private func keptCount(_ id: NodeID, _ graph: Graph) -> Int32 {
    let count = count(id)
    guard count > 1, Int(id.index) < absorbing.count, absorbing[Int(id.index)] > 0,
      graph.constantPlace(id) != nil
    else { return count }
    return count - absorbing[Int(id.index)]
  }

  /// The work saved by a rewriting: what is freed, the root and those inner nodes that nothing else uses, less what
  /// is added beside nodes in use.
  ///
  /// - Parameters:
  ///   - passed: the nodes that the rewriting does without, the root first; a node as often as it is used there.
  ///   - isCounted: whether the uses that the root makes are counted; not so for what a rule just made.
  mutating func gain(
    freeing passed: NodeList, adding after: NodeID, isCounted: Bool, in graph: Graph
  ) -> Double {
    var freed = 0.0
    var gone = NodeList()
    for place in 0..<passed.count {
      let id = passed[place]
      var uses: Int32 = 0
      var isFirst = true
      for other in 0..<passed.count where passed[other] == id {
        uses += 1
        if other < place { isFirst = false }
      }
      if isFirst, place == 0 || keptCount(id, graph) <= (isCounted ? uses : uses - 1) {
        freed += graph.work(of: id)
        gone.append(id)
      }
    }
    var added = 0.0
    look += 1
    if looks.count < graph.nodes.count {
      looks += repeatElement(0, count: 2 * graph.nodes.count - looks.count)
    }
    pending.append(after)
    while let id = pending.popLast() {
      if looks[Int(id.index)] == look { continue }
      looks[Int(id.index)] = look
      if (0..<gone.count).contains(where: { gone[$0] == id }) {
        added += graph.work(of: id)
        continue
      }
      let operands = graph.operands(id)
      if count(id) > 0 || operands.isEmpty { continue }
      added += graph.work(of: id)
      for operand in operands { pending.append(operand) }
    }
    return freed - added
  }
}

extension Graph {
  /// The place of the constant among the operands of a multiple by a constant; nil for other nodes.
  func constantPlace(_ id: NodeID) -> Int? {
    guard tag(id) == Operation.mul.tag else { return nil }
    return operands(id).indices.first { tag(operands(id)[$0]) == Node.Kind.constantTag }
  }

  /// How many uses of each node are products with a constant, among the nodes with uses.
  func absorbingCounts(_ uses: [Int32]) -> [Int32] {
    var counts = [Int32](repeating: 0, count: uses.count)
    for index in uses.indices where uses[index] > 0 {
      guard let place = constantPlace(NodeID(index)) else { continue }
      counts[Int(operands(NodeID(index))[1 - place].index)] += 1
    }
    return counts
  }
}
