extension Extent {
  /// How often the loop runs in a call of that many samples; at most, where that depends on the block.
  public func count(samples: Int) -> Int {
    switch self {
    case .fixed(let count): count
    case .samples: samples
    case .blocks(let size): (samples + size - 1) / size
    case .fullBlocks(let size): samples / size
    case .lastBlock(let size): samples % size == 0 ? 0 : 1
    case .rest(let size): samples % size
    case .within(let size, _): min(size, samples)
    case .padding(let size, _): samples % size == 0 ? 0 : size - samples % size
    case .element: 1
    }
  }

  /// The numbers of the loop's turns in a call of that many samples, where it depends on a block, in that one.
  public func range(samples: Int, block: Int = 0) -> Range<Int> {
    switch self {
    case .fixed, .samples, .blocks, .fullBlocks: return 0..<count(samples: samples)
    case .lastBlock(let size): return samples / size..<(samples + size - 1) / size
    case .rest(let size): return samples / size * size..<samples
    case .within(let size, _): return 0..<min(size, samples - block * size)
    case .padding(let size, _): return min(size, samples - block * size)..<size
    case .element(_, let count): return 0..<count
    }
  }

  /// The loop over blocks that it depends on, where it does.
  public var blockLoop: LoopID? {
    switch self {
    case .within(_, let loop), .padding(_, let loop): loop
    default: nil
    }
  }

  /// Whether it depends on a block, or begins behind some.
  public var startsLate: Bool {
    switch self {
    case .rest, .lastBlock, .element: true
    default: blockLoop != nil
    }
  }

  /// Whether it depends on the number of samples.
  public var dependsOnSamples: Bool {
    switch self {
    case .fixed, .element: false
    default: true
    }
  }
}

extension Access {
  /// The first and the last element touched when each loop's turns are the given ones; nil where there are none.
  func reach(turns: [Range<Int>]) -> ClosedRange<Int>? {
    var low = offset
    var high = offset
    for stride in strides {
      let turns = turns[Int(stride.loop)]
      if turns.isEmpty { return nil }
      low += stride.step * (stride.step < 0 ? turns.upperBound - 1 : turns.lowerBound)
      high += stride.step * (stride.step < 0 ? turns.lowerBound : turns.upperBound - 1)
    }
    return low...high
  }

  /// The first and the last element touched in a call of that many samples, with loops of these extents.
  ///
  /// Loops inside a block are as long as in the first block in all but the last.
  public func reach(extents: [Extent], samples: Int) -> ClosedRange<Int>? {
    var turns = extents.map { $0.range(samples: samples) }
    let inner = strides.map { extents[Int($0.loop)] }.first { $0.blockLoop != nil }
    guard let inner, let block = inner.blockLoop else { return reach(turns: turns) }
    guard let first = turns[Int(block)].first, let last = turns[Int(block)].last else { return nil }
    var result: ClosedRange<Int>?
    for blocks in [first..<last, last..<last + 1] {
      turns[Int(block)] = blocks
      for (loop, extent) in extents.enumerated() where extent.blockLoop == block {
        turns[loop] = extent.range(samples: samples, block: blocks.lowerBound)
      }
      result = result.union(reach(turns: turns))
    }
    return result
  }
}

extension ClosedRange<Int>? {
  /// The range that holds both.
  func union(_ other: ClosedRange<Int>?) -> ClosedRange<Int>? {
    guard let self, let other else { return self ?? other }
    return min(self.lowerBound, other.lowerBound)...max(self.upperBound, other.upperBound)
  }
}

extension Kernel {
  /// The extent of every loop, by its number.
  public var extents: [Extent] {
    var result = [Extent](repeating: .fixed(1), count: loopCount)
    for case .loop(let loop, let extent, _) in body { result[Int(loop)] = extent }
    return result
  }

  /// Whether its work depends on the number of samples.
  public var usesSamples: Bool {
    body.contains {
      switch $0 {
      case .sampleCount: true
      case .loop(_, let extent, _): extent.dependsOnSamples
      default: false
      }
    }
  }

  /// Whether it is a plain sequence of instructions.
  public var isStraight: Bool { loopCount == 0 }

  /// The elements that a call with that many samples touches of each array; nil where it touches none.
  public func reach(samples: Int) -> [ClosedRange<Int>?] {
    let extents = extents
    var result = [ClosedRange<Int>?](repeating: nil, count: parameters.count)
    func touch(_ access: Access, _ extents: [Extent]) {
      let array = Int(access.array)
      result[array] = result[array].union(access.reach(extents: extents, samples: samples))
    }
    for instruction in body {
      switch instruction {
      case .load(_, let access), .store(let access, _), .loop(_, .element(let access, _), _):
        touch(access, extents)
      case .transpose(let matrix):
        let (source, target) = matrix.corners(LoopID(extents.count))
        let all = extents + [matrix.rows, matrix.columns]
        touch(source, all)
        touch(target, all)
      default: break
      }
    }
    return result
  }
}

extension Transposition {
  /// Its elements as accesses, with loops over rows and columns that have the next two numbers.
  func corners(_ loop: LoopID) -> (source: Access, target: Access) {
    var source = source
    var target = target
    source.strides += [.init(loop: loop, step: sourceStep), .init(loop: loop + 1, step: 1)]
    target.strides += [.init(loop: loop, step: 1), .init(loop: loop + 1, step: targetStep)]
    return (source, target)
  }
}
