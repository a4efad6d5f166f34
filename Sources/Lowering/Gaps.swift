/// Free pieces of memory, in order, none next to another.
struct Gaps {
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
