import Algebra
import Graph

/// How often each node is used in the graph that a pass is building, as far as it has come.
struct LiveUses {
  private var counts: [Int32]
  private var isNew: [Bool]
  /// The number of the look that last came by each node.
  private var looks: [Int32] = []
  private var look: Int32 = 0
  private var pending: [NodeID] = []

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
      if isFirst, place == 0 || count(id) <= (isCounted ? uses : uses - 1) {
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
