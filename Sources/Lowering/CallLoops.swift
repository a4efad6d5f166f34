import NNCGraph
import NNCProgram

/// The calls of an entry that are the turns of loops: so many calls one after the other, done so many times.
///
/// A Program lists every call; that of a turn differs from that of the turn before only in where arrays begin, so that
/// those who spell the Program find the loop again (`CallRun`).
struct CallLoops {
  private struct Run {
    let calls: Range<Int>
    let turns: Int
  }

  private var runs: [Run] = []

  /// Of calls that each belong to a loop, or to none.
  init(_ loops: [GraphLoop?]) {
    var first = 0
    while first < loops.count {
      var end = first + 1
      while let loop = loops[first], end < loops.count, loops[end] == loop { end += 1 }
      runs.append(Run(calls: first..<end, turns: loops[first]?.count ?? 1))
      first = end
    }
  }

  /// The arrays in memory that each call uses. What a turn uses is in use from a loop's first call to its last.
  func uses(_ uses: [[BufferID]], _ buffers: Buffers) -> [[BufferID]] {
    var result = uses.map { $0.map { buffers[$0].whole ?? $0 } }
    for run in runs where run.turns > 1 {
      let all = Array(Set(result[run.calls].joined())).sorted()
      result[run.calls.lowerBound] = all
      result[run.calls.upperBound - 1] = all
    }
    return result
  }

  /// The calls of all turns, arrays moved on by `steps` from turn to turn.
  func turned(_ calls: [Entry.Call], _ steps: [[Int]]) -> [Entry.Call] {
    if runs.allSatisfy({ $0.turns == 1 }) { return calls }
    var result: [Entry.Call] = []
    result.reserveCapacity(runs.reduce(0) { $0 + $1.turns * $1.calls.count })
    for run in runs {
      for turn in 0..<run.turns {
        for index in run.calls {
          var call = calls[index]
          for (place, step) in steps[index].enumerated() where step != 0 {
            call.arrays[place].offset += turn * step
          }
          result.append(call)
        }
      }
    }
    return result
  }

  /// A plan for the calls as one for the calls of all turns.
  func turned(_ plan: MemoryPlan) -> MemoryPlan {
    var first: [Int] = []
    var last: [Int] = []
    var count = 0
    for run in runs {
      for index in run.calls {
        first.append(count + index - run.calls.lowerBound)
        last.append(first.last! + (run.turns - 1) * run.calls.count)
      }
      count += run.turns * run.calls.count
    }
    var plan = plan
    for index in plan.arrays.indices {
      plan.arrays[index].firstCall = first[plan.arrays[index].firstCall]
      plan.arrays[index].lastCall = last[plan.arrays[index].lastCall]
    }
    return plan
  }
}
