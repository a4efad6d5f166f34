import NNCGraph

// The way back through a loop is a loop, from the last turn to the first. With h(t) = f(x(t), h(t − 1), w), y(t) = h(t):
//
//     h̄(t) = ȳ(t) + h̄(t + 1) · ∂f/∂h at turn t + 1
//     x̄(t) = h̄(t) · ∂f/∂x      w̄ = Σ over t  h̄(t) · ∂f/∂w      h̄(−1) = h̄(0) · ∂f/∂h
//
// What its turns need of the turns on the way there is gathered in rows. What goes into w̄ is gathered, too, and summed
// after the loop: for a product W·h that is one product of all δ with all h.
// P. Werbos, Backpropagation through time: what it does and how to do it, Proc. IEEE 78 (1990).
extension Graph {
  /// Adds what comes through a loop to the adjoints of what it is made from.
  ///
  /// - Parameter nodes: those of the loop that depend on a variable, in order.
  mutating func goBack(through turns: GraphLoop, _ nodes: [NodeID], _ back: inout WayBack) {
    let gatherers = nodes.filter { if case .rows = self[$0].kind { true } else { false } }
    for id in gatherers { back.sums.gather(id, back.gathering, in: &self) }
    guard let any = gatherers.first(where: { !back.sums.adjoints(of: $0).isEmpty }) else { return }
    let last = operands(any).count == 2 ? operands(any)[1] : nil
    let recurrences = recurrences(upTo: last)
    var way = LoopWayBack(turns, loop(of: turns.count), last)
    let start = self.nodes.count
    for id in gatherers {
      guard case .rows(_, let isReversed) = self[id].kind,
        let adjoint = back.sums.adjoints(of: id).first, back.isActive[Int(operands(id)[0].index)]
      else { continue }
      begin(backThrough: operands(id)[0])
      let row = row(spread(adjoint, to: self[id].shape), way.back, reversed: !isReversed)
      back.sums.add(row, to: operands(id)[0], in: &self)
    }
    for recurrence in recurrences where back.isActive[Int(recurrence.next.index)] {
      begin(backThrough: recurrence.next)
      let shape = self[recurrence.next].shape
      let later = carried("later", shape: shape, way.back, place: recurrence.place)
      back.sums.add(later, to: recurrence.next, in: &self)
    }
    for id in nodes.reversed() where self.turns(of: id) == turns { visit(id, &way, &back) }
    close(recurrences, from: start, way, &back)
  }

  /// Goes back through a node of a turn: adds to the adjoints of what else the turn is made of, and remembers what goes
  /// out of the loop.
  private mutating func visit(_ id: NodeID, _ way: inout LoopWayBack, _ back: inout WayBack) {
    begin(backThrough: id)
    back.sums.gather(id, back.gathering, in: &self)
    back.sums.joinBoxes(of: id, in: &self)
    guard let adjoint = back.sums.adjoints(of: id).first else { return }
    noteAdjoint(adjoint, by: id)
    let node = self[id]
    switch node.kind {
    case .row:
      if back.isActive[Int(node.operands[0].index)] {
        way.rows.append((id, spread(adjoint, to: node.shape)))
      }
    case .symbol(let symbol):
      if case .carried(_, let place) = symbols[symbol].role {
        way.earlier[place] = spread(adjoint, to: node.shape)
      }
    default:
      let operands = node.operands.map { there($0, way) }
      let likeness = demand(node.kind, operands, shape: node.shape)
      if self.turns(of: likeness) != nil { way.kept[likeness] = there(id, way) }
      for (place, operand) in node.operands.enumerated() where back.isActive[Int(operand.index)] {
        guard let part = contribution(of: likeness, adjoint: adjoint, to: place) else { continue }
        if self.turns(of: operand) == nil {
          way.sums.append((id, operand, part))
        } else {
          add(part, from: id, to: operand, &back)
        }
      }
    }
  }

  /// What a node of a turn was on the way there, at the turn that the way back is at.
  private mutating func there(_ id: NodeID, _ way: LoopWayBack) -> NodeID {
    if turns(of: id) != way.there { return id }
    if case .row(_, let isReversed) = self[id].kind {
      return row(operands(id)[0], way.back, reversed: !isReversed)
    }
    return row(rows(of: id, way.there, way.recurrences), way.back, reversed: true)
  }

  /// Ends the way back: its own recurrences, and what goes out of it.
  private mutating func close(
    _ recurrences: [Recurrence], from start: Int, _ way: LoopWayBack, _ back: inout WayBack
  ) {
    let images = withWhatWasKept(from: start, way)
    func image(_ id: NodeID) -> NodeID { images[id] ?? id }
    let zero = constant(0)
    var last: NodeID?
    for recurrence in recurrences {
      let nothing = spread(zero, to: self[recurrence.next].shape)
      last = self.recurrence(
        way.back, place: recurrence.place, first: nothing,
        next: way.earlier[recurrence.place].map(image) ?? nothing, after: last)
    }
    for (id, part) in way.rows {
      guard case .row(_, let isReversed) = self[id].kind else { continue }
      begin(backThrough: id)
      let rows = rows(of: image(part), way.back, last, reversed: !isReversed)
      add(rows, from: id, to: operands(id)[0], &back)
    }
    for (id, operand, part) in way.sums {
      begin(backThrough: id)
      add(sumOverTurns(image(part), way.back, last), from: id, to: operand, &back)
    }
    for recurrence in recurrences where back.isActive[Int(recurrence.first.index)] {
      guard let next = way.earlier[recurrence.place].map(image) else { continue }
      begin(backThrough: recurrence.first)
      let shape = self[recurrence.first].shape
      let rows = rows(of: next, way.back, last, reversed: true)
      let first = slice(rows, from: self[rows].shape.map { _ in 0 }, shape: [1] + shape)
      add(reshape(first, to: shape), from: rows, to: recurrence.first, &back)
    }
  }

  /// The images of the nodes of the way back in which nothing is computed anew that was on the way there.
  private mutating func withWhatWasKept(from start: Int, _ way: LoopWayBack) -> [NodeID: NodeID] {
    var images = way.kept
    for index in start..<nodes.count {
      let id = NodeID(index)
      if images[id] != nil || turns(of: id) != way.back { continue }
      var operands = operands(id)
      for place in operands.indices { operands[place] = images[operands[place]] ?? operands[place] }
      if operands == self.operands(id) { continue }
      begin(like: id)
      let image = remake(id, operands)
      images[id] = image
      passNames(of: id, to: image)
    }
    return images
  }

  /// The sum over the turns of what each has; of products, the sum over the turns of products.
  private mutating func sumOverTurns(
    _ id: NodeID, _ turns: GraphLoop, _ recurrences: NodeID?
  ) -> NodeID {
    if self.turns(of: id) != turns { return map(.mul, constant(Double(turns.count)), id) }
    var inputs = [self[id].shape.indices.map { UInt8($0) }]
    var output = inputs[0]
    var operands = Operands(id)
    if case .contract(let contraction) = self[id].kind {
      inputs = contraction.inputs
      output = contraction.output
      operands = self.operands(id)
    }
    let label = (inputs.joined().max() ?? 0) + 1
    for place in operands.indices where self.turns(of: operands[place]) == turns {
      operands[place] = rows(of: operands[place], turns, recurrences, reversed: true)
      inputs[place].insert(label, at: 0)
    }
    return contract(Contraction(inputs: inputs, output: output), Array(operands))
  }
}

/// The way back through one loop.
private struct LoopWayBack {
  /// The loop on the way there, and the one on the way back.
  let there: GraphLoop
  let back: GraphLoop
  /// The last recurrence of the loop on the way there.
  let recurrences: NodeID?
  /// For a node as it would be computed anew on the way back: its value that was kept.
  var kept: [NodeID: NodeID] = [:]
  /// The adjoint of what a turn finds of each carried value, by place.
  var earlier: [Int: NodeID] = [:]
  /// What is to be gathered in rows, for the tensor of which a node is the row.
  var rows: [(id: NodeID, part: NodeID)] = []
  /// What is to be summed over the turns: the node through which it comes, and to which adjoint it goes.
  var sums: [(id: NodeID, operand: NodeID, part: NodeID)] = []

  init(_ there: GraphLoop, _ back: GraphLoop, _ recurrences: NodeID?) {
    self.there = there
    self.back = back
    self.recurrences = recurrences
  }
}
