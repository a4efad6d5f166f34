/// Equal parts of a function: the i-th statements of all members look the same, and are put together in the same way.
struct Regions {
  /// The statements of each member, the last first.
  var members: [[Int]]
  /// By statement: its member, and its number there.
  var inside: [Int: (member: Int, number: Int)]

  /// So many lines a function must spare at least.
  static let worth = 8

  /// How many lines a function for them spares: a call for each member, and the function with its frame.
  var spared: Int {
    let count = members[0].count
    return members.count * (count - 1) - count - 4
  }
}

extension Outline {
  /// The members that grow from these statements; nil where there are no two.
  func regions(_ anchors: [Int]) -> Regions? {
    if anchors.count < 2 { return nil }
    var regions = Regions(members: anchors.map { [$0] }, inside: [:])
    for (member, anchor) in anchors.enumerated() { regions.inside[anchor] = (member, 0) }
    var number = 0
    while number < regions.members[0].count {
      for place in operands[regions.members[0][number]].indices {
        guard regions.members[0].count < Self.longest,
          let next = operand(place, of: number, regions, anchors)
        else { continue }
        for (member, statement) in next.enumerated() {
          regions.inside[statement] = (member, regions.members[member].count)
          regions.members[member].append(statement)
        }
      }
      number += 1
    }
    // The members that are put together as the first is.
    let others = regions.members.dropFirst().filter { member in
      zip(regions.members[0], member).allSatisfy { isAlike($0, $1, regions) }
    }
    regions.members = [regions.members[0]] + others
    if others.isEmpty { return nil }
    regions.inside = [:]
    for (member, statements) in regions.members.enumerated() {
      for (number, statement) in statements.enumerated() {
        regions.inside[statement] = (member, number)
      }
    }
    return regions
  }

  /// What the statements with this number find at a place of their operands, where they may all take it.
  private func operand(
    _ place: Int, of number: Int, _ regions: Regions, _ anchors: [Int]
  ) -> [Int]? {
    var found: [Int] = []
    for (member, statements) in regions.members.enumerated() {
      guard case .statement(let other) = operands[statements[number]][place], !isTaken[other],
        regions.inside[other] == nil, looks[other] >= 0,
        found.isEmpty || looks[other] == looks[found[0]] && !found.contains(other)
      else { return nil }
      let isFree = users[other].allSatisfy { user in
        guard let own = regions.inside[user] else { return places[user] > places[anchors[member]] }
        return own.member == member || places[anchors[own.member]] > places[anchors[member]]
      }
      if !isFree { return nil }
      found.append(other)
    }
    let hasLayer = !statements[regions.members[0][0]].location.isEmpty
    return statements[found[0]].location.isEmpty == !hasLayer ? found : nil
  }

  /// Whether two statements of members with the same number have the same operands within them.
  private func isAlike(_ first: Int, _ second: Int, _ regions: Regions) -> Bool {
    zip(operands[first], operands[second]).allSatisfy { a, b in
      let member = regions.inside[second]!.member
      var (own, other): (Int?, Int?) = (nil, nil)
      if case .statement(let a) = a, let place = regions.inside[a], place.member == 0 {
        own = place.number
      }
      if case .statement(let b) = b, let place = regions.inside[b], place.member == member {
        other = place.number
      }
      return own == other
    }
  }
}
