import NNCProgram

/// A stretch of an entry's calls that is spelled as one: a single call, or a loop.
///
/// Equal layers, as `repeat` makes them, are lowered to calls of the same kernels, and the places of their parameters
/// and values advance from layer to layer by constant steps. `turns` times the same `period` calls, each array moved
/// by its step, are therefore a loop over arrays of parameters: the code of a deep network is as long as that of a
/// shallow one. The Program itself lists every call; the loop is a matter of spelling and changes no operation, nor
/// the order of any.
struct CallRun {
  /// The number of the first call.
  let first: Int
  /// How many calls a turn has.
  let period: Int
  /// How many turns there are; 1 for a single call.
  let turns: Int
  /// For each call of a turn, by how many numbers each of its arrays advances.
  let steps: [[Int]]

  /// The numbers of the calls of the first turn.
  var calls: Range<Int> { first..<first + period }

  /// The longest turn that is looked for: two layers of attention, forward or backward.
  private static let longestPeriod = 160
  /// Fewer turns are spelled call by call, with the names of the fields, unless a loop spares so many calls.
  private static let fewestTurns = 8
  private static let fewestSpared = 24
  /// With two turns a step is chance.
  private static let leastTurns = 3

  /// All of an entry's calls in order, as runs; a loop is made only of calls of kernels that are `shared`.
  ///
  /// From each place on, the run that covers the most calls is taken, and of those the one with the shortest turn. The
  /// work is linear in the number of calls: a run is looked at once for each length of turn, and then left behind.
  static func runs(of calls: [Entry.Call], _ isShared: (Int) -> Bool) -> [CallRun] {
    var result: [CallRun] = []
    var first = 0
    while first < calls.count {
      var best = CallRun(first: first, period: 1, turns: 1, steps: [])
      if isShared(calls[first].kernel) {
        let rest = calls[first...]
        for period in 1...longestPeriod where period * leastTurns <= rest.count {
          // Several turns as one cover no more.
          if best.turns > 1, period.isMultiple(of: best.period) { continue }
          let turns = turns(rest, period)
          if turns < leastTurns || turns * period <= best.turns * best.period { continue }
          if turns < fewestTurns, (turns - 1) * period < fewestSpared { continue }
          let inner = calls[first..<first + period]
          if !inner.allSatisfy({ isShared($0.kernel) }) { break }
          let steps = zip(inner, calls[(first + period)...]).map(Self.steps)
          best = CallRun(first: first, period: period, turns: turns, steps: steps)
        }
      }
      result.append(best)
      first += best.period * best.turns
    }
    return result
  }

  /// How many turns of that many calls the list begins with.
  private static func turns(_ calls: ArraySlice<Entry.Call>, _ period: Int) -> Int {
    let begin = calls.startIndex
    var place = begin + period
    while place < calls.endIndex, isAlike(calls[place - period], calls[place]) {
      if place >= begin + 2 * period,
        !isBetween(calls[place - 2 * period], calls[place - period], calls[place])
      {
        break
      }
      place += 1
    }
    return (place - begin) / period
  }

  /// Whether two calls are of one kernel, over arrays in the same memory, and wait alike.
  private static func isAlike(_ call: Entry.Call, _ next: Entry.Call) -> Bool {
    call.kernel == next.kernel && call.waits == next.waits
      && call.arrays.indices.allSatisfy { call.arrays[$0].base == next.arrays[$0].base }
  }

  /// Whether the arrays of the second call stand in the middle between those of the first and the third.
  private static func isBetween(
    _ first: Entry.Call, _ second: Entry.Call, _ third: Entry.Call
  ) -> Bool {
    first.arrays.indices.allSatisfy {
      second.arrays[$0].offset - first.arrays[$0].offset
        == third.arrays[$0].offset - second.arrays[$0].offset
    }
  }

  /// By how much the arrays of one call stand before those of another.
  private static func steps(_ call: Entry.Call, _ next: Entry.Call) -> [Int] {
    zip(call.arrays, next.arrays).map { $1.offset - $0.offset }
  }

  /// The places that an array of a call in the loop takes: `272 * turn` behind the first, say; empty where it stays.
  func advance(call: Int, array: Int, turn: String) -> String {
    let step = steps.isEmpty ? 0 : steps[call - first][array]
    return step == 0 ? "" : step < 0 ? " - \(-step) * \(turn)" : " + \(step) * \(turn)"
  }

  /// What a call of a turn does, for a comment: in the first turn, and in the last.
  func comment(_ call: Int, _ calls: [Entry.Call]) -> String {
    let last = calls[call + (turns - 1) * period].comment
    return calls[call].comment == last ? last : "\(calls[call].comment) to \(last)"
  }
}
