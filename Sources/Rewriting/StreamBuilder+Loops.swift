import NNCGraph

// Loops, whose turns are the steps: what a turn leaves to the next is kept from step to step. And what is wanted whole, at the
// end of a sequence.
extension StreamBuilder {
  /// The row that a loop's present turn adds.
  mutating func gathered(_ id: NodeID, _ turns: GraphLoop, _ isReversed: Bool, _ axis: Int)
    throws(StreamProblem) -> Part?
  {
    let operands = graph.operands(id)
    if isReversed {
      throw StreamProblem(reason: "goes from the last step to the first", layer: layer(id))
    }
    if axis != 0 { throw mixes(id) }
    let carried = graph.recurrences(upTo: operands.count == 2 ? operands[1] : nil)
    var isReady = true
    for recurrence in carried {
      guard let first = uniform(recurrence.first) else {
        throw StreamProblem(reason: "begins with numbers that differ", layer: layer(id))
      }
      let place = carriedPlace(turns, recurrence.place, graph.shape(recurrence.first))
      kept[place].initial = first
      guard let next = ask(recurrence.next, .turn(turns)) else {
        isReady = false
        continue
      }
      kept[place].next = next.node
    }
    guard let value = ask(operands[0], .turn(turns)), isReady else { return nil }
    return Part(node: value.node)
  }

  /// A node of a loop at its present turn.
  mutating func turn(_ id: NodeID, _ turns: GraphLoop) throws(StreamProblem) -> Part? {
    let node = graph[id]
    if graph.turns(of: id) == nil {
      // A value of the whole sequence is none that a step has.
      if node.isBatched { throw mixes(id) }
      return Part(node: id)
    }
    switch node.kind {
    case .row(_, let isReversed):
      if isReversed {
        throw StreamProblem(reason: "goes from the last step to the first", layer: layer(id))
      }
      guard let x = ask(node.operands[0], .newest(0)) else { return nil }
      guard x.lag == 0, x.open.isEmpty else { throw mixes(id) }
      return x
    case .symbol(let symbol):
      guard case .carried(_, let place) = graph.symbols[symbol].role else { throw mixes(id) }
      let name = graph.symbols[symbol].name
      let (leaf, _) = keep(.carried(turns, place), name, shape: node.shape)
      return Part(node: leaf)
    default:
      var operands = node.operands
      var isReady = true
      for place in operands.indices {
        guard let x = ask(operands[place], .turn(turns)) else {
          isReady = false
          continue
        }
        operands[place] = x.node
      }
      guard isReady else { return nil }
      let part = Part(node: graph.remake(id, operands))
      graph.passNames(of: id, to: part.node)
      return part
    }
  }

  /// All of a node as it is at the end of a sequence, of which the present step is the last.
  mutating func whole(_ id: NodeID) throws(StreamProblem) -> Part? {
    let node = graph[id]
    if !node.isBatched { return Part(node: id) }
    let axes = timeAxes(id)
    if axes.count > 1 { throw mixes(id) }
    if let axis = axes.first {
      guard let x = ask(id, .newest(axis)) else { return nil }
      return Part(node: try lastRows(id, axis, 0..<node.shape[axis], of: x))
    }
    if let view = node.kind.view, timeAxes(node.operands[0]).count == 1 {
      // The rows that it shows, and none before.
      let axis = timeAxes(node.operands[0])[0]
      guard let x = ask(node.operands[0], .newest(axis)) else { return nil }
      var indices = view.indices
      let reach = indices[axis].range(over: node.shape)
      let rows = try lastRows(
        node.operands[0], axis, reach.lowerBound..<(reach.upperBound + 1), of: x)
      indices[axis].offset -= reach.lowerBound
      guard View(indices).inverse(of: graph.shape(rows), node.shape) != nil else { throw mixes(id) }
      return Part(node: graph.view(rows, View(indices), shape: node.shape))
    }
    var operands = node.operands
    var isReady = true
    for place in operands.indices {
      guard let x = ask(operands[place], .whole) else {
        isReady = false
        continue
      }
      operands[place] = x.node
    }
    guard isReady else { return nil }
    switch node.kind {
    case .rows, .row, .recurrence, .symbol, .samples: throw mixes(id)
    default: break
    }
    let part = Part(node: graph.remake(id, operands))
    graph.passNames(of: id, to: part.node)
    return part
  }

  /// Rows of a node by their numbers in a sequence of which the present step is the last.
  private mutating func lastRows(_ id: NodeID, _ axis: Int, _ rows: Range<Int>, of part: Part)
    throws(StreamProblem) -> NodeID
  {
    // The last row is that of the last step, or of as many steps before as it is behind.
    let last = graph.shape(id)[axis] - 1
    let behind = steps - 1 - last
    if part.lag > behind { throw ahead(id, by: part.lag - behind) }
    return try window(
      id, axis, (behind + last - rows.upperBound + 1)...(behind + last - rows.lowerBound), of: part)
  }

  /// The place of a carried value among what is kept.
  private mutating func carriedPlace(_ turns: GraphLoop, _ place: Int, _ shape: Shape) -> Int {
    let name = carriedName(turns, place) ?? memoryName("h")
    return keep(.carried(turns, place), name, shape: shape).place
  }

  private func carriedName(_ turns: GraphLoop, _ place: Int) -> String? {
    graph.symbols.first { $0.role == .carried(turns, place) }?.name
  }

  /// The number that a node is everywhere.
  private func uniform(_ id: NodeID) -> Double? {
    var id = id
    while case .broadcast = graph[id].kind { id = graph.operands(id)[0] }
    return graph.constantValue(id)
  }
}
