/// One access to an array, as far as threads may meet there.
private struct Touch {
  var access: Access
  var isWritten: Bool
  /// The divided loops around it.
  var outer: LoopID?
  var inner: LoopID?
  var instruction: Int
}

extension Kernel {
  /// What keeps threads from sharing its divided loops as ``Division`` says, each as a text; the body must be sound.
  public func divisionProblems(samples: Int) -> [String] {
    guard isDivided else { return [] }
    var (touches, result) = dividedTouches()
    if !result.isEmpty { return result }
    let written = Set(touches.lazy.filter(\.isWritten).map(\.access.array))
    touches.removeAll { !written.contains($0.access.array) }
    let bounds = (extents + transposedExtents).map { $0.turnBound(samples: samples) }
    for (place, touch) in touches.enumerated() {
      for other in touches[place...]
      where touch.access.array == other.access.array && (touch.isWritten || other.isWritten) {
        if areApart(touch, other, bounds) { continue }
        result.append(
          "kernel \(name), instructions \(touch.instruction) and \(other.instruction): "
            + "threads may meet in \(parameters[Int(touch.access.array)].name)")
      }
    }
    return result
  }

  /// Rows and columns of matrices that are transposed, as loops behind all others.
  private var transposedExtents: [Extent] {
    body.flatMap { instruction -> [Extent] in
      if case .transpose(let matrix) = instruction { [matrix.rows, matrix.columns] } else { [] }
    }
  }

  private func dividedTouches() -> (touches: [Touch], problems: [String]) {
    let divisions = divisions
    var touches: [Touch] = []
    var problems: [String] = []
    var open: [(loop: LoopID, turns: Turns)] = []
    var divided: [LoopID] = []
    var next = LoopID(loopCount)
    for (number, instruction) in body.enumerated() {
      func fail(_ text: String) {
        problems.append("kernel \(name), instruction \(number): \(text)")
      }
      func touch(_ access: Access, isWritten: Bool) {
        let isUnit = divided.last.map { last in
          !divisions.values.contains { $0.outer == last }
        }
        if isWritten, isUnit != true { fail("every thread writes it, outside of divided loops") }
        touches.append(
          Touch(
            access: access, isWritten: isWritten, outer: divided.first,
            inner: divided.count > 1 ? divided[1] : nil, instruction: number))
      }
      switch instruction {
      case .loop(let loop, let extent, let turns):
        if turns == .divided {
          if open.contains(where: { $0.turns == .ordered || $0.turns == .parallel }) {
            fail("loop \(loop) is divided inside of one that is not")
          }
          if divided.count > 1 { fail("loop \(loop) is the third divided one in another") }
          if !divided.isEmpty, extent.dependsOnSamples {
            fail("loop \(loop) has no fixed number of units")
          }
          divided.append(loop)
        }
        if case .element(let access, _) = extent { touch(access, isWritten: false) }
        open.append((loop, turns))
      case .end: if open.popLast()?.turns == .divided { divided.removeLast() }
      case .load(_, let access): touch(access, isWritten: false)
      case .store(let access, _): touch(access, isWritten: true)
      case .transpose(let matrix):
        let (source, target) = matrix.corners(next)
        next += 2
        touch(source, isWritten: false)
        touch(target, isWritten: true)
      default: break
      }
    }
    return (touches, problems)
  }

  /// Whether different units of work touch different places by two accesses.
  private func areApart(_ a: Touch, _ b: Touch, _ bounds: [Int]) -> Bool {
    func places(_ touch: Touch, without loops: [LoopID]) -> Places {
      var places = Places(touch.access.offset)
      for stride in touch.access.strides where !loops.contains(stride.loop) {
        places.add(step: stride.step, turns: bounds[Int(stride.loop)])
      }
      return places
    }
    func step(_ touch: Touch, _ loop: LoopID?) -> (step: Int, turns: Int) {
      guard let loop else { return (0, 1) }
      return (touch.access.step(of: loop), bounds[Int(loop)])
    }
    let common = CommonSteps(outer: step(a, a.outer), inner: step(a, a.inner))
    let isSameUnit =
      a.outer == b.outer && a.inner == b.inner && a.outer != nil
      && common.outer.step == step(b, b.outer).step && common.inner.step == step(b, b.inner).step
    guard isSameUnit else { return Places.areApart(places(a, without: []), places(b, without: [])) }
    let loops = [a.outer, a.inner].compactMap { $0 }
    return Places.areApart(places(a, without: loops), places(b, without: loops), by: common)
  }
}

extension Extent {
  /// The number before which all turns' numbers lie in calls of at most so many samples.
  fileprivate func turnBound(samples: Int) -> Int {
    switch self {
    case .fixed, .samples, .blocks, .fullBlocks: count(samples: samples)
    case .lastBlock(let size): (samples + size - 1) / size
    case .rest: samples
    case .within(let size, _), .padding(let size, _): size
    case .element(_, let count): count
    }
  }
}
