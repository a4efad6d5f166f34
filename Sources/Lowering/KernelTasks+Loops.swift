import NNCGraph

// A loop is lowered once: its tasks are those of one turn. What it reads of a tensor is the row of an array, and what is
// gathered of a value is written into the row of an array; both move on from turn to turn. A carried value has an array of
// its own, which is filled before the loop, and at the end of each turn.
extension KernelTasks {
  /// Finds what gathers the turns of a value.
  mutating func findGatherers(_ isReachable: [Bool]) {
    let graph = context.graph
    if !graph.hasLoops(in: entry.results.map(\.node)) { return }
    for (index, node) in graph.nodes.enumerated() where isReachable[index] {
      if case .rows = node.kind { gatherers[node.operands[0], default: []].append(NodeID(index)) }
    }
  }

  /// The array of a carried value.
  mutating func carriedArray(_ leaf: NodeID) -> BufferID {
    guard case .carried(let turns, let place) = context.graph.symbol(leaf)?.role else { return -1 }
    let array = workspace(leaf)
    carried[turns, default: [:]][place] = array
    return array
  }

  /// Makes the arrays and the tasks that a node asks for because of the loop that it leads into or out of.
  mutating func enterLoop(_ id: NodeID) {
    let graph = context.graph
    let node = graph[id]
    switch node.kind {
    case .row(let turns, let isReversed):
      let whole = homes[Int(graph.stored(node.operands[0]).index)]
      homes[Int(id.index)] = buffers.row(of: whole, turns.count, reversed: isReversed)
      gatherMore(id)
    case .symbol: if homes[Int(id.index)] >= 0 { gatherMore(id) }
    case .rows(let turns, let isReversed) where homes[Int(id.index)] < 0:
      // What it gathers is no value of the loop.
      let row = gathered(into: id, turns, isReversed)
      fill(row, with: node.operands[0], turns)
    case .recurrence(let turns, let place):
      guard let array = carried[turns]?[place] else { return }
      fill(array, with: node.operands[0], nil)
      leave(node.operands[1], in: array, turns)
    default: break
    }
  }

  /// The row of the array that gathers a value, if any does, for the value to be computed there.
  mutating func gathered(_ value: NodeID) -> BufferID? {
    guard let gatherer = gatherers[value]?.first,
      case .rows(let turns, let isReversed) = context.graph[gatherer].kind
    else { return nil }
    return gathered(into: gatherer, turns, isReversed)
  }

  /// Copies a value into the rows of the arrays that gather it and are not written yet.
  mutating func gatherMore(_ value: NodeID) {
    for gatherer in gatherers[value] ?? [] where homes[Int(gatherer.index)] < 0 {
      guard case .rows(let turns, let isReversed) = context.graph[gatherer].kind else { continue }
      fill(gathered(into: gatherer, turns, isReversed), with: value, turns)
    }
  }

  private mutating func gathered(into id: NodeID, _ turns: GraphLoop, _ isReversed: Bool)
    -> BufferID
  {
    homes[Int(id.index)] = workspace(id)
    return buffers.row(of: homes[Int(id.index)], turns.count, reversed: isReversed)
  }

  /// A task that writes a value into an array, at each turn of a loop or once.
  private mutating func fill(_ array: BufferID, with value: NodeID, _ turns: GraphLoop?) {
    let isBatched = buffers[array].sampleStep > 0
    let home = homes[Int(value.index)]
    var task: KernelTask
    if home >= 0 {
      task = copyTask(of: home, value, to: array, isBatched)
    } else {
      task = KernelTask(.node(value), value, to: array, isBatched: isBatched)
      _ = walk(&task, hasTarget: false)
    }
    task.turns = turns
    tasks.append(task)
  }

  /// A task that ends each turn: it leaves a value to the next turn.
  private mutating func leave(_ value: NodeID, in array: BufferID, _ turns: GraphLoop) {
    if homes[Int(value.index)] == array { return }
    var home = homes[Int(value.index)]
    if home < 0 || carried[turns]!.values.contains(home) {
      // Another carried value may be overwritten first.
      let between = workspace(value)
      fill(between, with: value, turns)
      home = between
    }
    var task = copyTask(of: home, value, to: array, buffers[array].sampleStep > 0)
    task.turns = turns
    task.endsTurn = true
    tasks.append(task)
  }
}
