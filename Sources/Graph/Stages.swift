/// What a sweep visits at once: a node, or all nodes of a loop, with what gathers its turns.
public enum Stage {
  /// A node outside of all loops.
  case node(NodeID)
  /// The nodes in their order in the graph.
  case loop(GraphLoop, [NodeID])
}

extension Graph {
  /// The marked nodes that the roots are made from, each stage after those that it is made from.
  ///
  /// The nodes of a loop need not stand side by side: what is asked of a loop later, such as its values for the way back,
  /// stands behind what was made of its rows. But what a loop is made from never depends on its rows.
  public func stages(of roots: [NodeID], _ marks: [Bool]) -> [Stage] {
    let isReached = reachable(from: roots)
    var members: [GraphLoop: [NodeID]] = [:]
    for index in isReached.indices where isReached[index] {
      if let turns = stage(of: NodeID(index)) { members[turns, default: []].append(NodeID(index)) }
    }
    var result: [Stage] = []
    var isOpen = [Bool](repeating: false, count: isReached.count)
    var openLoops: Set<GraphLoop> = []
    // A stage is seen twice: before what it is made from, and after.
    var pending: [(id: NodeID, isLast: Bool)] = roots.reversed().map { ($0, false) }
    while let (id, isLast) = pending.popLast() {
      let turns = stage(of: id)
      if isLast {
        if let turns {
          result.append(.loop(turns, members[turns]!.filter { marks[Int($0.index)] }))
        } else if marks[Int(id.index)] {
          result.append(.node(id))
        }
        continue
      }
      if let turns {
        if !openLoops.insert(turns).inserted { continue }
      } else if isOpen[Int(id.index)] {
        continue
      }
      isOpen[Int(id.index)] = true
      pending.append((id, true))
      for member in turns.map({ members[$0]! }) ?? [id] {
        for operand in operands(member) where turns == nil || stage(of: operand) != turns {
          pending.append((operand, false))
        }
      }
    }
    return result
  }

  /// The loop that a node is visited with: its own, or the one that it gathers.
  private func stage(of id: NodeID) -> GraphLoop? {
    switch self[id].kind {
    case .rows(let turns, _), .recurrence(let turns, _): turns
    default: turns(of: id)
    }
  }
}
