/// A loop over the rows of tensors: equal turns, each of which may use what the turn before it ended with.
///
/// What a turn computes are ordinary nodes that are made from its leaves, ``Node/Kind/row(_:reversed:)`` of a tensor and the
/// symbols of the values that are carried, and from whatever stands outside. ``Node/Kind/rows(_:reversed:)`` leads out: it
/// gathers what a value is at each turn. So h(t) = f(x(t), h(t − 1)), t = 0 … n − 1, with h(−1) = a is
///
///     rows(f(row(x), h), recurrence(a, f(row(x), h)))
///
/// Loops do not contain one another.
public struct GraphLoop: Hashable, Sendable {
  /// Which loop of its graph it is, from 1 on.
  public let number: Int32
  /// How many turns there are.
  public let count: Int
}

extension Graph {
  /// A new loop of so many turns.
  public mutating func loop(of turns: Int) -> GraphLoop {
    loopCount += 1
    return GraphLoop(number: loopCount, count: turns)
  }

  /// What a turn finds of the carried value number `place`: what the turn before made of it.
  public mutating func carried(
    _ name: String, shape: Shape, _ turns: GraphLoop, place: Int
  ) -> NodeID {
    symbol(Symbol(name: name, shape: shape, role: .carried(turns, place)))
  }

  /// The operand's row at the present turn, or counted from the last one back.
  public mutating func row(_ id: NodeID, _ turns: GraphLoop, reversed: Bool = false) -> NodeID {
    let shape = Shape(self[id].shape.dropFirst())
    precondition(self[id].shape.first == turns.count, "a row for each turn")
    if case .broadcast(let axes) = self[id].kind, !axes.contains(0) {
      return broadcast(self[id].operands[0], to: shape, axes: axes.map { $0 - 1 })
    }
    return demand(.row(turns, reversed: reversed), [id], shape: shape)
  }

  /// What a carried value begins with and what each turn makes of it, behind the recurrences of those before it.
  public mutating func recurrence(
    _ turns: GraphLoop, place: Int, first: NodeID, next: NodeID, after others: NodeID?
  ) -> NodeID {
    precondition(self[first].shape == self[next].shape, "a carried value keeps its shape")
    let operands = [first, next] + (others.map { [$0] } ?? [])
    return demand(.recurrence(turns, place), operands, shape: [])
  }

  /// What a value is at each turn, a row each, in the order of the turns or in the opposite one. `recurrences` are those
  /// of the loop, the last of them; nil where nothing is carried.
  public mutating func rows(
    of value: NodeID, _ turns: GraphLoop, _ recurrences: NodeID?, reversed: Bool = false
  ) -> NodeID {
    let shape = [turns.count] + self[value].shape
    if self.turns(of: value) != turns {
      return broadcast(value, to: shape, axes: self[value].shape.indices.map { $0 + 1 })
    }
    if case .row(_, let isReversed) = self[value].kind {
      let source = self[value].operands[0]
      return isReversed == reversed ? source : reverse(source, axes: [0])
    }
    let operands = [value] + (recurrences.map { [$0] } ?? [])
    return demand(.rows(turns, reversed: reversed), operands, shape: shape)
  }

  /// The loop that a node is part of: it has another value at each turn; nil for what stands outside of all.
  public func turns(of id: NodeID) -> GraphLoop? {
    let number = loops[Int(id.index)]
    return number == 0 ? nil : turnsByLoop[number]
  }

  /// Whether a loop is among what the roots are made from.
  public func hasLoops(in roots: some Sequence<NodeID>) -> Bool {
    if loopCount == 0 { return false }
    let marks = reachable(from: roots)
    return marks.indices.contains { marks[$0] && loops[$0] != 0 }
  }

  /// The recurrences of a loop, given the last of them: by place, what each begins with and what it becomes.
  public func recurrences(upTo last: NodeID?) -> [Recurrence] {
    var result: [Recurrence] = []
    var next = last
    while let id = next, case .recurrence(_, let place) = self[id].kind {
      let operands = operands(id)
      result.append(Recurrence(place: place, first: operands[0], next: operands[1]))
      next = operands.count == 3 ? operands[2] : nil
    }
    return result.reversed()
  }
}

/// A carried value: its place among those of its loop, what it begins with, and what each turn makes of it.
public struct Recurrence: Hashable, Sendable {
  /// Its place among the carried values of its loop.
  public let place: Int
  /// What the first turn finds.
  public let first: NodeID
  /// What a turn leaves to the next.
  public let next: NodeID
}
