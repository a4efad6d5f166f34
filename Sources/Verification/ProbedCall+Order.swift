import NNCProgram

extension ProbedCall {
  /// The first watched instruction, in the order in which the kernel is executed, for which a place of the trace
  /// differs, with the turns of all loops.
  func first(
    samples: Int, where differs: (_ place: Int) -> Bool
  ) -> (probe: Probe, trace: Int, turns: [Int])? {
    var probeAt = [Int: Probe](minimumCapacity: probes.count)
    for probe in probes { probeAt[probe.place] = probe }
    let body = kernel.body
    let ends = loopEnds
    var turns = [Int](repeating: 0, count: kernel.loopCount)
    var open: [(start: Int, loop: Int, end: Int)] = []
    var lanes: (loop: Int, count: Int)?
    var place = 0
    while place < body.count {
      switch body[place] {
      case .loop(let loop, let extent, let kind):
        let block = extent.blockLoop.map { turns[Int($0)] } ?? 0
        let range = extent.range(samples: samples, block: block)
        if range.isEmpty {
          place = ends[place]
          break
        }
        turns[Int(loop)] = range.lowerBound
        // All lanes of an instruction come before the next instruction.
        if kind == .lanes { lanes = (Int(loop), range.count) }
        open.append((place, Int(loop), kind == .lanes ? 1 : range.upperBound))
      case .end:
        let (start, loop, end) = open[open.count - 1]
        turns[loop] += 1
        if turns[loop] < end {
          place = start
        } else {
          if lanes?.loop == loop { lanes = nil }
          open.removeLast()
        }
      default:
        guard let probe = probeAt[place] else { break }
        for lane in 0..<(lanes?.count ?? 1) {
          if let lanes { turns[lanes.loop] = lane }
          let index = probe.strides.reduce(probe.start) { $0 + turns[Int($1.loop)] * $1.step }
          if differs(index) { return (probe, index, turns) }
        }
        if let lanes { turns[lanes.loop] = 0 }
      }
      place += 1
    }
    return nil
  }

  /// For the place of each loop's head, that of its end.
  private var loopEnds: [Int] {
    var result = [Int](repeating: 0, count: kernel.body.count)
    var open: [Int] = []
    for (place, instruction) in kernel.body.enumerated() {
      if case .loop = instruction { open.append(place) }
      if case .end = instruction { result[open.removeLast()] = place }
    }
    return result
  }

  /// The loops around a probe, outermost first, with their turns.
  func loops(around probe: Probe, _ turns: [Int]) -> [(loop: String, turn: Int)] {
    var open: [LoopID] = []
    for instruction in kernel.body[..<probe.place] {
      if case .loop(let loop, _, _) = instruction { open.append(loop) }
      if case .end = instruction { open.removeLast() }
    }
    return open.map { (Kernel.loopName($0), turns[Int($0)]) }
  }
}
