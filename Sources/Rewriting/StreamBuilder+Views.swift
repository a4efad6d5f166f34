import NNCGraph

// Views, and what is kept for those that show several steps at once.
extension StreamBuilder {
  /// What a view shows at its newest step: of the operand the steps that the window there has.
  mutating func viewed(_ id: NodeID, _ view: View, _ axis: Int) throws(StreamProblem) -> Part? {
    let node = graph[id]
    let operand = node.operands[0]
    let along = view.indices.indices.filter { place in
      view.indices[place].terms.contains { $0.axis == axis }
    }
    if along.count > 1 { throw mixes(id) }
    var indices = view.indices
    var source: NodeID
    var part = Part(node: id)
    var openAxes: Set<Int>
    if let place = along.first {
      let own = view.indices[place]
      guard own.terms.first(where: { $0.axis == axis })!.step == 1 else {
        throw StreamProblem(reason: "moves several steps at a time", layer: layer(id))
      }
      guard let x = ask(operand, .newest(place)) else { return nil }
      // Which indices of the operand the window at index i shows: i + least … i + most.
      var inside = View.Index(0)
      for term in own.terms where term.axis != axis { inside.add(axis: term.axis, step: term.step) }
      let reach = inside.range(over: node.shape)
      let (least, most) = (own.offset + reach.lowerBound, own.offset + reach.upperBound)
      part.lag = x.lag + most
      part.isSteady = x.isSteady
      if part.lag > 0, x.lag <= 0, firstAhead == nil { firstAhead = layer(id) }
      openAxes = x.open
      if x.isSteady || least == most {
        source = graph.reshape(x.node, to: inserted(1, at: place, graph.shape(x.node)))
        inside = View.Index(0)
      } else {
        source = try window(operand, place, (part.lag - most)...(part.lag - least), of: x)
        inside.offset = -reach.lowerBound
      }
      if x.isSteady { part.lag = 0 }
      indices[place] = inside
    } else if graph[operand].isBatched {
      guard let (all, open) = try everything(operand) else { return nil }
      source = all
      openAxes = [open]
    } else {
      source = operand
      part.isSteady = true
      openAxes = []
    }
    for open in openAxes {
      guard let to = view.indices[open].axis, graph.shape(operand)[open] == node.shape[to] else {
        throw mixes(id)
      }
      part.open.insert(to)
    }
    guard let shown = shown(source, View(indices), without: axis, node.shape) else {
      throw mixes(id)
    }
    part.node = shown
    graph.passNames(of: id, to: part.node)
    return part
  }

  /// A view without one of the axes of its result, which no index has; nil where it could not be read backwards.
  mutating func shown(_ source: NodeID, _ view: View, without axis: Int, _ shape: Shape) -> NodeID?
  {
    let moved = View(
      view.indices.map { index in
        var result = View.Index(index.offset)
        for term in index.terms {
          result.add(axis: term.axis > axis ? term.axis - 1 : term.axis, step: term.step)
        }
        return result
      })
    let rest = without(axis, shape)
    if moved.inverse(of: graph.shape(source), rest) == nil { return nil }
    return graph.view(source, moved, shape: rest)
  }

  func inserted(_ extent: Int, at axis: Int, _ shape: Shape) -> Shape {
    var shape = shape
    shape.insert(extent, at: axis)
    return shape
  }

  /// The steps of a node at these lags, the oldest first, along its axis. `part` is its newest, and its present one.
  mutating func window(
    _ id: NodeID, _ axis: Int, _ lags: ClosedRange<Int>, of part: Part
  ) throws(StreamProblem) -> NodeID {
    if case .pad = graph[id].kind, let padded = try paddedWindow(id, axis, lags) { return padded }
    guard lags.lowerBound >= part.lag else { throw ahead(id, by: part.lag - lags.lowerBound) }
    let present = graph.reshape(part.node, to: inserted(1, at: axis, graph.shape(part.node)))
    let rows = lags.upperBound - part.lag
    if rows == 0 { return present }
    if !part.open.isEmpty { throw mixes(id) }
    var shape = graph.shape(present)
    shape[axis] = rows
    let (past, place) = keep(
      .past(id, axis: axis, rows: rows), memoryName("past"), shape: shape)
    let all = graph.concat(past, present, axis: axis)
    var start = shape.map { _ in 0 }
    start[axis] = 1
    kept[place].next = graph.slice(all, from: start, shape: shape)
    start[axis] = 0
    shape[axis] = lags.count
    return graph.slice(all, from: start, shape: shape)
  }

  /// The steps of a framed node: before the first step what is kept is 0, as the frame is.
  mutating func paddedWindow(_ id: NodeID, _ axis: Int, _ lags: ClosedRange<Int>)
    throws(StreamProblem) -> NodeID?
  {
    let operand = graph.operands(id)[0]
    guard case .pad(let start, let steps) = graph[id].kind else { return nil }
    guard steps[axis] == 1 else {
      throw StreamProblem(reason: "puts the steps of its input apart", layer: layer(id))
    }
    guard let x = ask(operand, .newest(axis)) else { return nil }
    let shifted = (lags.lowerBound + start[axis])...(lags.upperBound + start[axis])
    // Behind a window without a border what comes first is not 0 but what it has not yet.
    if x.lag > 0, shifted.upperBound > x.lag || start[axis] > 0 { throw mixes(id) }
    if !x.open.isEmpty { throw mixes(id) }
    let inner = try window(operand, axis, shifted, of: x)
    var shape = graph.shape(id)
    shape[axis] = lags.count
    var place = start
    place[axis] = 0
    return graph.pad(inner, at: place, steps: steps, to: shape)
  }

  /// A node's steps so far, each at its place, with zeros where none has come; and the axis along which they stand.
  mutating func everything(_ id: NodeID) throws(StreamProblem) -> (node: NodeID, axis: Int)? {
    let axes = timeAxes(id)
    guard axes.count == 1 else { throw mixes(id) }
    let axis = axes[0]
    guard let part = ask(id, .newest(axis)) else { return nil }
    guard part.lag == 0, !part.isSteady, part.open.isEmpty else { throw mixes(id) }
    let shape = graph.shape(id)
    let (all, place) = keep(
      .all(id, axis: axis), memoryName("all"), shape: shape)
    let here = isHere(shape, axis)
    let rest = shape.indices.filter { $0 != axis }
    let row = graph.broadcast(part.node, to: shape, axes: rest)
    kept[place].next = graph.map(.select, here, row, all)
    return (kept[place].next, axis)
  }

  /// 1 where the index along an axis is that of the present step.
  mutating func isHere(_ shape: Shape, _ axis: Int, offset: Int = 0) -> NodeID {
    var own = count()
    if offset != 0 { own = graph.map(.add, own, graph.constant(Double(offset))) }
    let numbers = graph.iota(shape, axis: axis)
    return graph.map(.eq, numbers, own)
  }
}
