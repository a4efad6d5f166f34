import Program

/// Chooses the loops that run strip by strip: parallel ones, none inside another.
///
/// The innermost parallel loop is taken, so that the operands of a strip lie side by side where they can, unless one
/// around it has more than twice the turns (up to 64, beyond which more lanes gain nothing).
struct StripPlan {
  /// Of each loop, whether it is run in strips.
  private(set) var isStrip: [Bool]
  /// The most turns of a chosen loop; 0 where none is chosen.
  private(set) var longest = 0

  private struct Open {
    var loop: Int
    var turns: Int
    var isParallel: Bool
    /// The chosen loops inside, and the least of their turns.
    var chosen: [Int] = []
    var least = Int.max
  }

  init(_ kernel: Kernel, maximumSamples: Int) {
    isStrip = .init(repeating: false, count: kernel.loopCount)
    var stack: [Open] = []
    for instruction in kernel.body {
      switch instruction {
      case .loop(let loop, let extent, let parallel):
        let turns = extent.count(samples: maximumSamples)
        stack.append(.init(loop: Int(loop), turns: turns, isParallel: parallel))
      case .end:
        var closed = stack.removeLast()
        let turns = min(closed.turns, 64)
        if closed.isParallel, turns > 1,
          closed.chosen.isEmpty || turns > 2 * min(closed.least, 64)
        {
          for loop in closed.chosen { isStrip[loop] = false }
          isStrip[closed.loop] = true
          closed.chosen = [closed.loop]
          closed.least = closed.turns
        }
        if stack.isEmpty { continue }
        stack[stack.count - 1].chosen += closed.chosen
        stack[stack.count - 1].least = min(stack[stack.count - 1].least, closed.least)
      default: break
      }
    }
    for (loop, extent) in kernel.extents.enumerated() where isStrip[loop] {
      longest = max(longest, extent.count(samples: maximumSamples))
    }
  }
}
