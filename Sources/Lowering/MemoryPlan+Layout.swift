import Program

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
    var offsets = BufferMap<Int>()
    var free = Gaps()
    for (call, used) in uses.enumerated() {
      for id in used where lastCalls[id] != nil && offsets[id] == nil {
        let count = buffers[id].size(samples: rows)
        let offset = free.take((count + alignment - 1) / alignment * alignment)
        offsets[id] = offset
        plan.arrays.append(
          MemoryPlan.Array(
            name: names[id] ?? "", offset: offset, count: count, firstCall: call,
            lastCall: lastCalls[id]!))
      }
      for id in used where lastCalls[id] == call {
        let count = buffers[id].size(samples: rows)
        free.give(offsets[id]!, (count + alignment - 1) / alignment * alignment)
      }
    }
    plan.count = free.end
    return (plan, offsets)
  }
}

/// Free pieces of memory, in order, none next to another.
private struct Gaps {
  private var gaps: [(offset: Int, count: Int)] = []
  /// The memory that was ever in use.
  private(set) var end = 0

  /// The start of a piece of this size: the smallest gap that holds it, or the last one grown.
  mutating func take(_ count: Int) -> Int {
    var best: Int?
    for place in gaps.indices where gaps[place].count >= count {
      if best == nil || gaps[place].count < gaps[best!].count { best = place }
    }
    if let best {
      let offset = gaps[best].offset
      gaps[best].offset += count
      gaps[best].count -= count
      if gaps[best].count == 0 { gaps.remove(at: best) }
      return offset
    }
    var offset = end
    if let last = gaps.last, last.offset + last.count == end {
      offset = last.offset
      gaps.removeLast()
    }
    end = offset + count
    return offset
  }

  mutating func give(_ offset: Int, _ count: Int) {
    var (low, high) = (0, gaps.count)
    while low < high {
      let middle = (low + high) / 2
      if gaps[middle].offset < offset { low = middle + 1 } else { high = middle }
    }
    gaps.insert((offset, count), at: low)
    if low + 1 < gaps.count, offset + count == gaps[low + 1].offset {
      gaps[low].count += gaps.remove(at: low + 1).count
    }
    if low > 0, gaps[low - 1].offset + gaps[low - 1].count == offset {
      gaps[low - 1].count += gaps.remove(at: low).count
    }
  }
}
