import NNCGraph

// Loops over the rows of tensors: `while`, which carries the number of the turn, the values of the recurrences, and the
// tensors that gather what values are at each turn.
extension FunctionWriter {
  mutating func writeLoop(_ turns: GraphLoop, _ nodes: [NodeID]) {
    var last: (place: Int, id: NodeID)?
    var gatherers: [NodeID] = []
    for id in nodes {
      switch graph[id].kind {
      case .recurrence(_, let place): if place >= last?.place ?? 0 { last = (place, id) }
      case .rows: gatherers.append(id)
      default: break
      }
    }
    let recurrences = graph.recurrences(upTo: last?.id)
    body.location = ""
    var given = [body.constant(0, [], .i32)]
    given += recurrences.map { firstValue($0) }
    given += gatherers.map { id in
      body.constant(0, fullShape(of: id), real)
    }
    let outer = body
    let name = "turn\(turns.number)"
    body = outer.region(prefix: "\(name).")
    var arguments = [body.argument(name, [], .i32)]
    arguments += given.dropFirst().map { body.argument("\(name).carried", $0.shape, $0.element) }
    let count = body.constant(Double(turns.count), [], .i32)
    let goesOn = body.compare("LT", arguments[0], count)
    let condition = body.lines(for: [goesOn], end: "stablehlo.return")
    var region = outer.region(prefix: "\(name).")
    region.close(body)
    body = region
    let results = turnResults(turns, nodes, recurrences, gatherers, arguments)
    let lines = body.lines(for: results, end: "stablehlo.return")
    var closed = outer
    closed.close(body)
    body = closed
    turn = nil
    let list = zip(arguments, given).map { "\($0.name) = \($1.name)" }.joined(separator: ", ")
    let types = given.map(\.type).joined(separator: ", ")
    let text =
      "stablehlo.while(\(list)) : \(types)\n cond {\n"
      + condition.map { "  \($0)\n" }.joined() + "} do {\n" + lines.map { "  \($0)\n" }.joined()
      + "}"
    let ends = body.addWhole(
      text, given.map { ($0.shape, $0.element) }, called: "loop\(turns.number)")
    for (id, end) in zip(gatherers, ends.dropFirst(1 + recurrences.count)) { values[id] = end }
  }

  /// What the first turn finds of a carried value, for each sample.
  private mutating func firstValue(_ recurrence: Recurrence) -> Value {
    spread(
      recurrence.first, to: [batch] + graph.shape(recurrence.first), isBatched: true)
  }

  /// What a turn leaves: the number of the next, the carried values, and the tensors with its rows in them.
  private mutating func turnResults(
    _ turns: GraphLoop, _ nodes: [NodeID], _ recurrences: [Recurrence], _ gatherers: [NodeID],
    _ arguments: [Value]
  ) -> [Value] {
    let last = body.constant(Double(turns.count - 1), [], .i32)
    turn = (arguments[0], body.elementwise("subtract", [last, arguments[0]]))
    for id in nodes where graph.turns(of: id) == turns {
      guard case .carried(_, let place)? = graph.symbol(id)?.role else {
        writeNode(id)
        continue
      }
      let number = recurrences.firstIndex { $0.place == place }!
      values[id] = arguments[1 + number]
    }
    body.location = ""
    let next = body.elementwise("add", [arguments[0], body.constant(1, [], .i32)])
    let carried = recurrences.map { recurrence in
      spread(recurrence.next, to: [batch] + graph.shape(recurrence.next), isBatched: true)
    }
    let gathered = zip(gatherers, arguments.dropFirst(1 + recurrences.count)).map { id, whole in
      gather(id, into: whole)
    }
    return [next] + carried + gathered
  }

  /// A tensor with what a value is at the present turn as its row.
  private mutating func gather(_ id: NodeID, into whole: Value) -> Value {
    guard case .rows(_, let isReversed) = graph[id].kind, let turn else {
      preconditionFailure("no gatherer")
    }
    let axis = graph[id].isBatched ? 1 : 0
    var shape = whole.shape
    shape[axis] = 1
    let own = graph.operands(id)[0]
    let value = spread(
      own, to: fullShape(of: own), isBatched: graph[own].isBatched)
    let row = body.reshape(body.convert(value, to: whole.element), to: shape)
    return body.replaceRow(
      of: whole, with: row, axis: axis, at: isReversed ? turn.fromLast : turn.number)
  }

  /// The operand's row at the present turn.
  mutating func row(of id: NodeID, reversed: Bool, called name: String?) -> Value {
    guard let turn else { preconditionFailure("a row outside of a loop") }
    let axis = graph[id].isBatched ? 1 : 0
    let whole = value(id)
    var shape = whole.shape
    shape[axis] = 1
    let row = body.row(
      of: whole, axis: axis, at: reversed ? turn.fromLast : turn.number, shape: shape)
    shape.remove(at: axis)
    return body.reshape(row, to: shape, called: name)
  }
}

extension Body {
  /// The part of a tensor that begins at a number along an axis.
  mutating func row(of whole: Value, axis: Int, at number: Value, shape: Shape) -> Value {
    let places = places(shape.count, axis, number)
    let types = [whole.type] + places.map(\.type)
    return add(
      "dynamic_slice \(whole.name), \(places.map(\.name).joined(separator: ", ")), "
        + "sizes = \(shape)",
      "(\(types.joined(separator: ", "))) -> \(tensorType(shape, whole.element))", shape,
      whole.element)
  }

  /// A tensor with another in the place that begins at a number along an axis.
  mutating func replaceRow(
    of whole: Value, with row: Value, axis: Int, at number: Value
  ) -> Value {
    let places = places(whole.shape.count, axis, number)
    let operands = [whole, row] + places
    return add(
      "dynamic_update_slice \(operands.map(\.name).joined(separator: ", "))",
      "(\(operands.map(\.type).joined(separator: ", "))) -> \(whole.type)", whole.shape,
      whole.element)
  }

  private mutating func places(_ count: Int, _ axis: Int, _ number: Value) -> [Value] {
    let zero = constant(0, [], .i32)
    return (0..<count).map { $0 == axis ? number : zero }
  }
}
