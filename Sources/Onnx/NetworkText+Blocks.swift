// Sums with what came before become `residual { … }`, and equal blocks `repeat N { … }`.
extension NetworkText {
  mutating func foldResiduals() {
    var result: [Item] = []
    let outputs = Set(outputs.map(\.statement))
    for item in items {
      guard case .statement(let index) = item, statements[index].kind == "add",
        !forbidden.contains(index), let folded = residual(index, result, outputs)
      else {
        result.append(item)
        continue
      }
      result.removeLast(folded.count)
      result.append(folded.item)
    }
    items = result
  }

  /// The block that a sum ends, and of how many items it is made; nil where there is none.
  private func residual(
    _ sum: Int, _ items: [Item], _ outputs: Set<Int>
  ) -> (item: Item, count: Int)? {
    let ends = [statements[sum].input!, statements[sum].other!]
    // What flows in is the value before the block, or the one input.
    let start = inputs.count == 1 ? inputs[0] : -1
    func place(_ statement: Int) -> Int? {
      statement == start ? -1 : items.lastIndex { $0.last == statement }
    }
    for (end, entry) in [(ends[0], ends[1]), (ends[1], ends[0])] {
      guard let last = items.last, last.last == end, let before = place(entry) else { continue }
      let body = Array(items[(before + 1)...])
      if isBlock(body, from: entry, sum: sum, outputs) {
        return (.residual(via: nil, body, sum: sum), body.count)
      }
    }
    // A layer of what flows in, behind the block or before it.
    for (end, shortcut) in [(ends[0], ends[1]), (ends[1], ends[0])] {
      guard let entry = statements[shortcut].input, statements[shortcut].kind != "=",
        statements[shortcut].other == nil, readers[shortcut]?.count == 1,
        !outputs.contains(shortcut), sharedKeys[shortcut] == nil, let before = place(entry),
        let position = items.lastIndex(where: { $0.last == shortcut }),
        case .statement = items[position]
      else { continue }
      var body = Array(items[(before + 1)...])
      let own = position - before - 1
      guard own >= 0, own == body.count - 1 || own == 0 else { continue }
      body.remove(at: own)
      guard let last = body.last, last.last == end else { continue }
      if isBlock(body, from: entry, sum: sum, outputs) {
        return (.residual(via: shortcut, body, sum: sum), body.count + 1)
      }
    }
    return nil
  }

  /// Whether items are a chain that begins with a value, and of which nobody else reads anything.
  private func isBlock(_ body: [Item], from entry: Int, sum: Int, _ outputs: Set<Int>) -> Bool {
    guard let first = body.first, let start = entryReads(first), start.contains(entry) else {
      return false
    }
    let inner = Set(body.flatMap(\.statements))
    for index in inner {
      if outputs.contains(index) { return false }
      for reader in readers[index] ?? [] where !inner.contains(reader) && reader != sum {
        return false
      }
    }
    return true
  }

  /// What the first statement of an item reads.
  private func entryReads(_ item: Item) -> [Int]? {
    switch item {
    case .statement(let index): statements[index].reads
    case .residual(_, let body, _), .repeat(_, let body): body.first.flatMap(entryReads)
    }
  }

  mutating func foldRepeats() {
    let outputs = Set(outputs.map(\.statement))
    items = folded(items, outputs)
  }

  /// How many items the longest block has that is looked for.
  private static let longestBlock = 64

  private mutating func folded(_ items: [Item], _ outputs: Set<Int>) -> [Item] {
    var result: [Item] = []
    var index = 0
    while index < items.count {
      let best = self.best(items, index, result.last?.last, outputs)
      // A block begins with a layer that has weights, where as long a one does.
      if let found = best, isBare(items[index]),
        let next = self.best(items, index + 1, items[index].last, outputs),
        next.length * next.count >= found.length * found.count
      {
        result.append(items[index])
        index += 1
        continue
      }
      if let best {
        let all = items[index..<(index + best.length * best.count)]
        let body = Array(all.prefix(best.length))
        allRounds[body[0].statements[0]] = all.flatMap(\.statements)
        result.append(.repeat(best.count, body))
        index += best.length * best.count
      } else {
        result.append(items[index])
        index += 1
      }
    }
    return result
  }

  /// The block that is repeated from one item on for the most items.
  private func best(
    _ items: [Item], _ index: Int, _ before: Int?, _ outputs: Set<Int>
  ) -> (length: Int, count: Int)? {
    var best: (length: Int, count: Int)?
    for length in 1...Self.longestBlock where index + 2 * length <= items.count {
      var count = 1
      while index + (count + 1) * length <= items.count,
        isEqual(
          items[index..<(index + length)],
          items[(index + count * length)..<(index + (count + 1) * length)], before,
          items[index + count * length - 1].last)
      {
        count += 1
      }
      while count > 1,
        !isClosed(items[index..<(index + count * length)], rounds: count, outputs)
      {
        count -= 1
      }
      // A block of one short line is not worth a bracket.
      let size = items[index..<(index + length)].flatMap(\.statements).count
      guard count > 1, size > 2 || count > 2 && size > 1 else { continue }
      if best.map({ $0.length * $0.count < length * count }) ?? true { best = (length, count) }
    }
    return best
  }

  /// Whether an item is a layer without weights.
  private func isBare(_ item: Item) -> Bool {
    if case .statement(let index) = item { statements[index].parameters.isEmpty } else { false }
  }

  /// Whether two runs of items say the same, each of what flows into it.
  private func isEqual(
    _ a: ArraySlice<Item>, _ b: ArraySlice<Item>, _ before: Int?, _ between: Int
  ) -> Bool {
    let entry = before ?? (inputs.count == 1 ? inputs[0] : nil)
    guard let entry else { return false }
    guard zip(a, b).allSatisfy({ structure($0) == structure($1) }) else { return false }
    let (first, second) = (a.flatMap(\.statements), b.flatMap(\.statements))
    guard first.count == second.count else { return false }
    let places = Dictionary(uniqueKeysWithValues: zip(first, second))
    for (x, y) in zip(first, second) {
      guard head(x) == head(y) else { return false }
      let (reads, others) = (statements[x].reads, statements[y].reads)
      guard reads.count == others.count else { return false }
      for (own, other) in zip(reads, others) {
        let meant = places[own] ?? (own == entry ? between : own)
        if meant != other { return false }
      }
    }
    return true
  }

  private func structure(_ item: Item) -> String {
    switch item {
    case .statement: "."
    case .residual(let via, let body, _):
      (via == nil ? "(" : "<") + body.map(structure).joined() + ")"
    case .repeat(let count, let body): "\(count){" + body.map(structure).joined() + "}"
    }
  }

  /// What a statement says without the names of others.
  private func head(_ index: Int) -> String {
    let statement = statements[index]
    if sharedKeys[index] != nil { return "shared \(index)" }
    let names = ExpressionNames(flow: { _ in "_" }, parameter: { "p\($0)" })
    return statement.kind + " " + statement.operand + " "
      + statement.keys.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
      + (statement.expression?.text(names) ?? "") + " \(statement.shape)"
      + " \(statement.parameters.map(\.name))"
  }

  /// Whether what is outside of rounds reads only what the last of them gives.
  private func isClosed(_ items: ArraySlice<Item>, rounds: Int, _ outputs: Set<Int>) -> Bool {
    let length = items.count / rounds
    let end = items.last!.last
    let next = (items.flatMap(\.statements).max() ?? 0) + 1
    for round in 0..<rounds {
      let start = items.startIndex + round * length
      let own = Set(items[start..<(start + length)].flatMap(\.statements))
      let last = items[start + length - 1].last
      let after =
        round + 1 < rounds
        ? Set(items[(start + length)..<(start + 2 * length)].flatMap(\.statements)) : []
      for index in own {
        if sharedOwners.contains(index) { return false }
        if outputs.contains(index), index != end { return false }
        for reader in readers[index] ?? [] where !own.contains(reader) {
          if index == last, after.contains(reader) { continue }
          // What comes behind may only go on with it.
          if index == end, reader == next || readers[index]?.count == 1 { continue }
          return false
        }
      }
    }
    return true
  }

  /// The statements with parameters that later ones have, too.
  private var sharedOwners: Set<Int> {
    Set(sharedKeys.values.flatMap { $0.map(\.statement) })
  }
}
