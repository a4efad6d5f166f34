/// The places in an array that one access touches in all turns of its loops: offset + Σ step · turn.
struct Places {
  private(set) var offset: Int
  /// The steps of loops with more than one turn, made positive, and how many turns there are.
  private(set) var steps: [(step: Int, turns: Int)] = []

  init(_ offset: Int) { self.offset = offset }

  /// Lets a loop of so many turns move the access by steps.
  mutating func add(step: Int, turns: Int) {
    if step == 0 || turns < 2 { return }
    if step < 0 { offset += step * (turns - 1) }
    steps.append((abs(step), turns))
  }

  /// The first and the last place.
  var range: ClosedRange<Int> {
    offset...steps.reduce(offset) { $0 + $1.step * ($1.turns - 1) }
  }

  /// Whether it is certain that two accesses touch no common place, each at any of its turns.
  ///
  /// A common place is one modulo any number too. Modulo the greatest common divisor of the larger steps only the loops
  /// with smaller ones are left to look at, as long as they stay within it.
  static func areApart(_ a: Places, _ b: Places) -> Bool {
    if !a.range.overlaps(b.range) { return true }
    return divisors(a, b).contains { divisor in
      guard let inA = a.modulo(divisor), let inB = b.modulo(divisor) else { return false }
      return areApart(inA, inB)
    }
  }

  /// Whether it is certain that two accesses touch no common place when two loops that move both by the same steps have
  /// other turns for one than for the other.
  static func areApart(_ a: Places, _ b: Places, by common: CommonSteps) -> Bool {
    func isReached(_ a: Places, _ b: Places) -> Bool {
      let (a, b) = (a.range, b.range)
      return common.reaches(a.lowerBound - b.upperBound...a.upperBound - b.lowerBound)
    }
    if !isReached(a, b) { return true }
    return divisors(a, b).contains { divisor in
      guard let inA = a.modulo(divisor, besides: common),
        let inB = b.modulo(divisor, besides: common)
      else { return false }
      return !isReached(inA, inB)
    }
  }

  /// The greatest common divisors of the largest step, of the two largest, and so on.
  private static func divisors(_ a: Places, _ b: Places) -> [Int] {
    var divisor = 0
    return Set((a.steps + b.steps).map(\.step)).sorted(by: >).map { step in
      divisor = greatestCommonDivisor(divisor, step)
      return divisor
    }
  }

  /// The places modulo a number, where the loops whose steps are no multiples of it stay within.
  private func modulo(_ divisor: Int) -> Places? {
    var result = self
    result.steps.removeAll { $0.step.isMultiple(of: divisor) }
    let first = result.range.lowerBound
    result.offset -= first - ((first % divisor) + divisor) % divisor
    return result.range.upperBound < divisor ? result : nil
  }

  /// Likewise, where two more loops stay within too, and neither's steps are multiples of the number.
  private func modulo(_ divisor: Int, besides common: CommonSteps) -> Places? {
    var whole = self
    for loop in [common.outer, common.inner] where loop.turns > 1 {
      if loop.step.isMultiple(of: divisor) { return nil }
      whole.add(step: loop.step, turns: loop.turns)
    }
    guard let reduced = whole.modulo(divisor) else { return nil }
    var result = self
    result.steps.removeAll { $0.step.isMultiple(of: divisor) }
    result.offset += reduced.offset - whole.offset
    return result
  }

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    b == 0 ? a : greatestCommonDivisor(b, a % b)
  }
}

/// Two loops that move accesses by the same steps.
struct CommonSteps {
  var outer: (step: Int, turns: Int)
  var inner: (step: Int, turns: Int)

  /// Whether `outer.step · d + inner.step · e` lies in a range for differences d, e of their turns that are not both 0.
  func reaches(_ range: ClosedRange<Int>) -> Bool {
    let (few, many) = outer.turns < inner.turns ? (outer, inner) : (inner, outer)
    return (1 - few.turns..<few.turns).contains { difference in
      let rest = range.lowerBound - few.step * difference...range.upperBound - few.step * difference
      return Self.meets(rest, many, isZeroAllowed: difference != 0)
    }
  }

  /// Whether a multiple of the step by a difference of turns lies in the range.
  private static func meets(
    _ range: ClosedRange<Int>, _ loop: (step: Int, turns: Int), isZeroAllowed: Bool
  ) -> Bool {
    if isZeroAllowed, range.contains(0) { return true }
    guard loop.turns > 1 else { return false }
    if loop.step == 0 { return range.contains(0) }
    let step = abs(loop.step)
    // The multiples above 0 and, mirrored, those below.
    return [range, -range.upperBound...(-range.lowerBound)].contains { range in
      guard range.upperBound >= step else { return false }
      let first = max(1, (max(range.lowerBound, 0) + step - 1) / step)
      return first < loop.turns && first * step <= range.upperBound
    }
  }
}
