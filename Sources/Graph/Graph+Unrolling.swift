extension Graph {
  /// What the roots are made from with every turn of every loop written out, each a copy of the loop's nodes.
  ///
  /// For whoever looks at all values one by one: it takes as many nodes as there are turns.
  public mutating func unrolling(_ roots: [NodeID]) -> [NodeID] {
    if !hasLoops(in: roots) { return roots }
    var images: [NodeID: NodeID] = [:]
    for stage in stages(of: roots, reachable(from: roots)) {
      switch stage {
      case .node(let id): images[id] = copied(id, images)
      case .loop(let turns, let nodes): unroll(turns, nodes, &images)
      }
    }
    begin(nil)
    return roots.map { images[$0]! }
  }

  private mutating func copied(_ id: NodeID, _ images: [NodeID: NodeID]) -> NodeID {
    begin(like: id)
    var operands = operands(id)
    for place in operands.indices { operands[place] = images[operands[place]]! }
    let image = remake(id, operands)
    passNames(of: id, to: image)
    return image
  }

  private mutating func unroll(
    _ turns: GraphLoop, _ nodes: [NodeID], _ images: inout [NodeID: NodeID]
  ) {
    var carried: [Int: NodeID] = [:]
    var next: [Int: NodeID] = [:]
    var gatherers: [(id: NodeID, value: NodeID, isReversed: Bool)] = []
    for id in nodes {
      switch self[id].kind {
      case .recurrence(_, let place):
        carried[place] = images[operands(id)[0]] ?? operands(id)[0]
        next[place] = operands(id)[1]
      case .rows(_, let isReversed): gatherers.append((id, operands(id)[0], isReversed))
      default: break
      }
    }
    var rows = gatherers.map { _ in [NodeID]() }
    for turn in 0..<turns.count {
      var own = images
      for id in nodes where self.turns(of: id) == turns {
        begin(like: id)
        switch self[id].kind {
        case .row(_, let isReversed):
          let source = images[operands(id)[0]]!
          own[id] = row(source, at: isReversed ? turns.count - 1 - turn : turn)
        case .symbol(let symbol):
          guard case .carried(_, let place) = symbols[symbol].role else { continue }
          own[id] = carried[place]!
        default: own[id] = copied(id, own)
        }
      }
      for (place, value) in next { carried[place] = own[value] ?? value }
      for (number, gatherer) in gatherers.enumerated() {
        let value = own[gatherer.value] ?? gatherer.value
        rows[number].append(reshape(value, to: [1] + self[value].shape))
      }
    }
    for (number, gatherer) in gatherers.enumerated() {
      begin(like: gatherer.id)
      let list = gatherer.isReversed ? rows[number].reversed() : rows[number]
      images[gatherer.id] = joined(list, axis: 0)
      passNames(of: gatherer.id, to: images[gatherer.id]!)
    }
  }

  /// A row of a tensor.
  private mutating func row(_ id: NodeID, at place: Int) -> NodeID {
    let shape = Shape(self[id].shape.dropFirst())
    var start = self[id].shape.map { _ in 0 }
    start[0] = place
    return reshape(slice(id, from: start, shape: [1] + shape), to: shape)
  }
}
