import NNCProgram

extension MemoryPlan {
  /// Lays out the arrays of the workspace, given which arrays each call uses.
  ///
  /// An array takes its place at the first call that uses it and gives it up after the last. It is put into the
  /// smallest gap that holds it, or at the end. Arrays begin at multiples of 8 numbers or of a vector.
  static func laying(
    out buffers: Buffers, uses: [[BufferID]], rows: Int, names: BufferMap<String>
  ) -> (plan: MemoryPlan, offsets: BufferMap<Int>) {
    var lastCalls = BufferMap<Int>()
    for (call, used) in uses.enumerated() {
      for buffer in used where buffers[buffer].base == .workspace { lastCalls[buffer] = call }
    }
    let alignment = max(8, buffers.context.width)
    var plan = MemoryPlan()
    var places = BufferMap<Int>()
    var ids: [BufferID] = []
    var free = Gaps()
    for (call, used) in uses.enumerated() {
      for id in used where lastCalls[id] != nil && places[id] == nil {
        let count = buffers[id].size(samples: rows)
        let offset = free.take(count.rounded(upTo: alignment))
        places[id] = ids.count
        ids.append(id)
        plan.arrays.append(
          MemoryPlan.Array(
            name: names[id] ?? "", offset: offset, count: count, firstCall: call,
            lastCall: lastCalls[id]!))
      }
      for id in used where lastCalls[id] == call {
        let array = plan.arrays[places[id]!]
        free.give(array.offset, array.count.rounded(upTo: alignment))
      }
    }
    plan.count = free.end
    // Many arrays stay as they are: the time of the others grows with the square of their number.
    if plan.arrays.count <= 200 {
      for weight in MemoryPlan.weights {
        let other = plan.laidOut(alignment, by: weight)
        if other.count < plan.count { plan = other }
      }
    }
    var offsets = BufferMap<Int>()
    for (place, id) in ids.enumerated() { offsets[id] = plan.arrays[place].offset }
    return (plan, offsets)
  }

  /// What arrays may be placed by, the heaviest first: no order is the best for all networks.
  private static let weights: [@Sendable (MemoryPlan.Array) -> Int] = [
    { $0.count }, { $0.calls }, { $0.count * $0.calls },
  ]

  /// The same arrays, each, in the order of their weights, at the lowest place where it meets none that is in use at the
  /// same time.
  private func laidOut(_ alignment: Int, by weight: (MemoryPlan.Array) -> Int) -> MemoryPlan {
    var result = self
    result.count = 0
    var placed: [Int] = []
    let weights = arrays.map(weight)
    for index in arrays.indices.sorted(by: { (-weights[$0], $0) < (-weights[$1], $1) }) {
      var offset = 0
      // Those in use at the same time, from the front: the first gap that holds the array is its place.
      for other in placed.map({ result.arrays[$0] }) where other.isInUse(with: arrays[index]) {
        if offset + arrays[index].count <= other.offset { break }
        offset = max(offset, (other.offset + other.count).rounded(upTo: alignment))
      }
      result.arrays[index].offset = offset
      result.count = max(result.count, (offset + arrays[index].count).rounded(upTo: alignment))
      let place = placed.firstIndex { result.arrays[$0].offset > offset } ?? placed.count
      placed.insert(index, at: place)
    }
    return result
  }
}

extension MemoryPlan.Array {
  /// How many calls it lasts.
  fileprivate var calls: Int { lastCall - firstCall + 1 }

  /// Whether there is a call at which both are in use.
  fileprivate func isInUse(with other: Self) -> Bool {
    firstCall <= other.lastCall && other.firstCall <= lastCall
  }
}

extension Int {
  /// The least multiple of `step` that is not less.
  fileprivate func rounded(upTo step: Int) -> Int { (self + step - 1) / step * step }
}
