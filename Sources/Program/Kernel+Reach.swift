extension Extent {
  /// How often the loop runs in a call of that many samples; at most, where that depends on the block.
  public func count(samples: Int) -> Int {
    switch self {
    case .fixed(let count): count
    case .samples: samples
    case .blocks(let size): (samples + size - 1) / size
    case .fullBlocks(let size): samples / size
    case .rest(let size): samples % size
    case .within(let size, _): min(size, samples)
    case .padding(let size, _): samples % size == 0 ? 0 : size - samples % size
    }
  }

  /// How often the loop runs in the given block of a call of that many samples.
  public func count(samples: Int, block: Int) -> Int {
    switch self {
    case .within(let size, _): min(size, samples - block * size)
    case .padding(let size, _): size - min(size, samples - block * size)
    default: count(samples: samples)
    }
  }

  /// The loop over blocks that it depends on, where it does.
  public var blockLoop: LoopID? {
    switch self {
    case .within(_, let loop), .padding(_, let loop): loop
    default: nil
    }
  }

  /// Whether it depends on the number of samples.
  public var dependsOnSamples: Bool { if case .fixed = self { false } else { true } }
}

extension Access {
  /// The first and the last element touched when each loop runs as often as `counts` says.
  public func reach(counts: [Int]) -> ClosedRange<Int> {
    var low = offset
    var high = offset
    for stride in strides {
      let distance = stride.step * (counts[Int(stride.loop)] - 1)
      if distance < 0 { low += distance } else { high += distance }
    }
    return low...high
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
    let counts = extents.map { $0.count(samples: samples) }
    var result = [ClosedRange<Int>?](repeating: nil, count: parameters.count)
    for instruction in body {
      switch instruction {
      case .load(_, let access), .store(let access, _):
        let reach = access.reach(counts: counts)
        let array = Int(access.array)
        if let known = result[array] {
          result[array] =
            min(known.lowerBound, reach.lowerBound)...max(known.upperBound, reach.upperBound)
        } else {
          result[array] = reach
        }
      default: break
      }
    }
    return result
  }
}
