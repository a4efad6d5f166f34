import NNCProgram

extension Program {
  /// The same Program for several threads: what is worth it is shared among them, and every operation stays what it was.
  ///
  /// What is worth it is decided here, once, by ``RoughTime``: kernels long enough are divided, and an entry is shared from
  /// the number of samples on with which that takes less time than one thread does.
  ///
  /// - Parameter isEager: whether all is shared that can be, worth it or not.
  public func shared(by threads: Int, isEager: Bool = false) -> Program {
    if threads < 2 { return self }
    var result = self
    result.threads = threads
    for (index, kernel) in kernels.enumerated()
    where isEager || roughTime(of: kernel, samples: maximumSamples) >= 2 * RoughTime.wait {
      if let divided = LoopDivision.divided(kernel, threads: threads, samples: maximumSamples) {
        result.kernels[index] = divided
      }
    }
    var isUsed = [Bool](repeating: false, count: kernels.count)
    for index in entries.indices {
      let calls = entries[index].calls
      guard calls.contains(where: { result.kernels[$0.kernel].isDivided }) else { continue }
      let waits = result.waits(of: calls, many: entries[index].many)
      let fewest =
        isEager
        ? 1
        : result.fewestSamples(
          of: entries[index], waits: waits.count { $0 }, fork: RoughTime.fork)
      guard let fewest else { continue }
      result.entries[index].sharedFrom = fewest
      for (place, call) in calls.enumerated() {
        result.entries[index].calls[place].waits = waits[place]
        isUsed[call.kernel] = true
      }
    }
    for index in kernels.indices where !isUsed[index] { result.kernels[index] = kernels[index] }
    return result
  }
}
