import NNCProgram

/// Divides the loops of a kernel among threads: which of its parallel loops are `divided`.
///
/// In each nest the outermost parallel loop is. Where that may have too few turns to be shared out well, as a loop over
/// blocks of samples in a small batch, the parallel loops inside are as well, and their turns are shared. A part of a
/// nest that stands in no loop becomes one of a single turn.
struct LoopDivision {
  private let kernel: Kernel
  private let threads: Int
  private let samples: Int
  private let takesInner: Bool
  private var marked: Set<LoopID> = []
  /// Stretches of the body that are put in a loop of one turn.
  private var wrapped: [Range<Int>] = []

  /// A loop with its place in the body.
  private struct Loop {
    var id: LoopID
    var extent: Extent
    var turns: Turns
    /// The instructions inside.
    var body: Range<Int>
    var inner: [Loop] = []
    /// Whether something is written inside.
    var isWriting = false
    /// Where something is written inside, but in no inner loop.
    var writes: [Int] = []
    /// With its head and its end.
    var whole: Range<Int> { body.lowerBound - 1..<body.upperBound + 1 }
  }

  /// The kernel with its work shared; nil where it cannot be.
  static func divided(_ kernel: Kernel, threads: Int, samples: Int) -> Kernel? {
    for takesInner in [true, false] {
      var division = LoopDivision(kernel, threads, samples, takesInner: takesInner)
      if let result = division.run(), result.divisionProblems(samples: samples).isEmpty {
        return result
      }
    }
    return nil
  }

  private init(_ kernel: Kernel, _ threads: Int, _ samples: Int, takesInner: Bool) {
    self.kernel = kernel
    self.threads = threads
    self.samples = samples
    self.takesInner = takesInner
  }

  private mutating func run() -> Kernel? {
    guard let nests = nests() else { return nil }
    for nest in nests where !share(nest) { return nil }
    return marked.isEmpty && wrapped.isEmpty ? nil : rewritten()
  }

  /// The outermost loops; nil where something is written outside of them, or one of them writes nothing: every thread
  /// would do its work.
  private func nests() -> [Loop]? {
    var open: [Loop] = []
    var nests: [Loop] = []
    for (place, instruction) in kernel.body.enumerated() {
      switch instruction {
      case .loop(let id, let extent, let turns):
        open.append(Loop(id: id, extent: extent, turns: turns, body: place + 1..<place + 1))
      case .end:
        guard var loop = open.popLast() else { return nil }
        loop.body = loop.body.lowerBound..<place
        if open.isEmpty {
          if !loop.isWriting { return nil }
          nests.append(loop)
        } else {
          open[open.count - 1].inner.append(loop)
          open[open.count - 1].isWriting = open[open.count - 1].isWriting || loop.isWriting
        }
      case .store, .transpose:
        if open.isEmpty { return nil }
        open[open.count - 1].isWriting = true
        open[open.count - 1].writes.append(place)
      default: break
      }
    }
    return nests
  }

  /// Shares out a nest; false where that is not possible.
  private mutating func share(_ nest: Loop) -> Bool {
    switch nest.turns {
    case .ordered, .divided: return false
    case .parallel:
      marked.insert(nest.id)
      if takesInner, !isEnough(nest.extent), let units = units(in: nest) { take(units) }
    case .lanes:
      if let units = units(in: nest) { take(units) } else { wrapped.append(nest.whole) }
    }
    return true
  }

  private mutating func take(_ units: (loops: [Loop], rest: Range<Int>?)) {
    marked.formUnion(units.loops.map(\.id))
    if let rest = units.rest { wrapped.append(rest) }
  }

  /// Whether a loop has turns enough to be shared out well.
  private func isEnough(_ extent: Extent) -> Bool {
    switch extent {
    case .fixed(let turns): turns.isMultiple(of: threads) || turns >= 8 * threads
    case .samples: samples >= 8 * threads
    default: false
    }
  }

  /// The parallel loops right inside of a loop, or of one over lanes in it, and what is behind the last of them; nil where
  /// there are none, or something is written before.
  private func units(in loop: Loop) -> (loops: [Loop], rest: Range<Int>?)? {
    if loop.writes.isEmpty, loop.inner.count == 1, loop.inner[0].turns == .lanes {
      return units(in: loop.inner[0])
    }
    let loops = loop.inner.filter {
      $0.turns == .parallel && $0.isWriting && !$0.extent.dependsOnSamples
    }
    guard let end = loops.last?.whole.upperBound else { return nil }
    let others = loop.inner.filter { other in
      other.isWriting && !loops.contains { $0.id == other.id }
    }
    let writes = loop.writes + others.map(\.body.lowerBound)
    if writes.contains(where: { $0 < end }) { return nil }
    return (loops, writes.isEmpty ? nil : end..<loop.body.upperBound)
  }

  private func rewritten() -> Kernel {
    var result = kernel
    result.body = []
    let begins = Dictionary(uniqueKeysWithValues: wrapped.map { ($0.lowerBound, $0.upperBound) })
    var ends: Set<Int> = []
    for (place, instruction) in kernel.body.enumerated() {
      if ends.contains(place) { result.body.append(.end) }
      if let end = begins[place] {
        result.body.append(.loop(LoopID(result.loopCount), .fixed(1), .divided))
        result.loopCount += 1
        ends.insert(end)
      }
      if case .loop(let loop, let extent, _) = instruction, marked.contains(loop) {
        result.body.append(.loop(loop, extent, .divided))
      } else {
        result.body.append(instruction)
      }
    }
    if ends.contains(kernel.body.count) { result.body.append(.end) }
    return result
  }
}
