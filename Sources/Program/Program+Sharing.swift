extension Program {
  /// Whether threads share calls of an entry.
  public var isShared: Bool { entries.contains { $0.sharedFrom != nil } }

  /// The calls of an entry before which threads must wait for one another, so that none reads what another has still to
  /// write, or writes what another has still to read.
  ///
  /// A kernel that is not divided is run by the first thread. Two calls need no wait between them if both are, or if
  /// neither writes what the other touches.
  public func waits(of calls: [Entry.Call], many: Bool) -> [Bool] {
    var watch = SharingWatch(self, many: many)
    return calls.map { call in
      let waits = watch.isInTheWay(of: call)
      if waits { watch.wait() }
      watch.enter(call)
      return waits
    }
  }

  /// Calls that do not wait though they must, and entries that threads cannot share, each as a text.
  func sharingProblems() -> [String] {
    var result: [String] = []
    if threads < 1 { result.append("there are \(threads) threads") }
    for entry in entries {
      guard let fewest = entry.sharedFrom else { continue }
      if fewest < 1 { result.append("entry \(entry.name) is shared from \(fewest) samples on") }
      var watch = SharingWatch(self, many: entry.many)
      for (number, call) in entry.calls.enumerated() {
        if call.waits { watch.wait() }
        if watch.isInTheWay(of: call) {
          result.append(
            "entry \(entry.name), call \(number) (\(kernels[call.kernel].name)) does not wait for "
              + "what other threads do")
        }
        watch.enter(call)
      }
    }
    return result
  }
}

/// What threads may still be at: the calls since they last waited for one another.
private struct SharingWatch {
  private struct Touch {
    var range: Range<Int>
    var isWritten: Bool
    var isDivided: Bool
  }

  private let program: Program
  private let reaches: [[Range<Int>?]]
  private let isDivided: [Bool]
  private var touches: [Entry.ArrayReference.Base: [Touch]] = [:]

  init(_ program: Program, many: Bool) {
    self.program = program
    // Sizes are linear in the number of samples, but for those behind full blocks, which are most before the last.
    let most = many ? program.maximumSamples : 1
    let counts = Set([1, max(1, most - 1), most])
    reaches = program.kernels.map { kernel in
      let all = counts.map { kernel.reach(samples: $0) }
      return kernel.parameters.indices.map { array in
        let reach = all.reduce(ClosedRange<Int>?.none) { $0.union($1[array]) }
        return reach.map { Range($0) }
      }
    }
    isDivided = program.kernels.map(\.isDivided)
  }

  /// What a call touches, with the memory that it lies in.
  private func touches(of call: Entry.Call) -> [(base: Entry.ArrayReference.Base, touch: Touch)] {
    call.arrays.indices.compactMap { array in
      guard let reach = reaches[call.kernel][array] else { return nil }
      let reference = call.arrays[array]
      if case .table = reference.base { return nil }
      let range = reach.lowerBound + reference.offset..<reach.upperBound + reference.offset
      let isWritten = program.kernels[call.kernel].parameters[array].isWritten
      return (
        reference.base,
        Touch(range: range, isWritten: isWritten, isDivided: isDivided[call.kernel])
      )
    }
  }

  /// Whether a call touches what another thread may write, or writes what another may touch.
  func isInTheWay(of call: Entry.Call) -> Bool {
    touches(of: call).contains { base, touch in
      touches[base, default: []].contains { other in
        (touch.isWritten || other.isWritten) && (touch.isDivided || other.isDivided)
          && touch.range.overlaps(other.range)
      }
    }
  }

  mutating func enter(_ call: Entry.Call) {
    for (base, touch) in touches(of: call) { touches[base, default: []].append(touch) }
  }

  mutating func wait() { touches = [:] }
}
