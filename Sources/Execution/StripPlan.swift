import NNCProgram

/// Chooses the loops that run strip by strip: those over lanes, and parallel ones beside them, none inside another.
///
/// A loop over lanes is one strip. Where there is none, the innermost parallel loop is taken, so that the operands of a
/// strip lie side by side where they can, unless one around it lets more sums of products share a factor, or as many and
/// has more than twice the turns (up to 64, beyond which more lanes gain nothing).
struct StripPlan {
  /// Of each loop, whether it is run in strips.
  private(set) var isStrip: [Bool]
  /// The most turns of a chosen loop; 0 where none is chosen.
  private(set) var longest = 0
  /// The most turns of a loop over lanes; 0 where there is none.
  private(set) var lanes = 0

  private struct Open {
    var loop: Int
    var turns: Int
    var kind: Turns
    /// The chosen loops inside, and the least of their turns.
    var chosen: [Int] = []
    var least = Int.max
    /// The products that are summed inside.
    var products: [[ProductLoops.Term]] = []
    /// Whether the turns of loops inside depend on its turn, or its own on another loop's.
    var countsBlocks: Bool
    /// Whether it is, or holds, a loop over lanes.
    var holdsLanes = false

    /// Whether it makes a better strip than the loops chosen inside.
    var isBetter: Bool {
      if chosen.isEmpty { return true }
      let own = factors(loop)
      let others = chosen.map { factors($0) }.min()!
      return own < others || own == others && min(turns, 64) > 2 * min(least, 64)
    }

    /// How many factors differ from lane to lane where the loop's turns lie in the lanes. A product of two that do, or
    /// of none, counts as two: it is not computed at once with others.
    private func factors(_ loop: Int) -> Int {
      var count = 0
      for terms in products {
        var shared: Set<Access> = []
        for term in terms {
          let moving = [term.left, term.right].filter { $0.step(of: LoopID(loop)) != 0 }
          if moving.count == 1 { shared.insert(moving[0]) } else { count += 2 }
        }
        count += shared.count
      }
      return count
    }
  }

  init(_ kernel: Kernel, _ products: ProductLoops, maximumSamples: Int) {
    isStrip = .init(repeating: false, count: kernel.loopCount)
    var stack: [Open] = []
    for (place, instruction) in kernel.body.enumerated() {
      switch instruction {
      case .loop(let loop, let extent, let kind):
        let turns = extent.count(samples: maximumSamples)
        stack.append(
          .init(loop: Int(loop), turns: turns, kind: kind, countsBlocks: extent.startsLate))
        if let found = products.loops[place] {
          stack[stack.count - 1].products = [found.terms]
        }
        if case .element = extent {
          for place in stack.indices { stack[place].countsBlocks = true }
        }
        if let block = extent.blockLoop, let place = stack.firstIndex(where: { $0.loop == block }) {
          stack[place].countsBlocks = true
        }
      case .end:
        var closed = stack.removeLast()
        let turns = min(closed.turns, 64)
        if closed.kind == .lanes
          || closed.kind != .ordered && turns > 1 && !closed.holdsLanes && !closed.countsBlocks
            && closed.isBetter
        {
          for loop in closed.chosen { isStrip[loop] = false }
          isStrip[closed.loop] = true
          closed.chosen = [closed.loop]
          closed.least = closed.turns
        }
        if closed.kind == .lanes { closed.holdsLanes = true }
        if stack.isEmpty { continue }
        stack[stack.count - 1].holdsLanes = stack[stack.count - 1].holdsLanes || closed.holdsLanes
        stack[stack.count - 1].chosen += closed.chosen
        stack[stack.count - 1].products += closed.products
        stack[stack.count - 1].least = min(stack[stack.count - 1].least, closed.least)
      case .transpose: for place in stack.indices { stack[place].countsBlocks = true }
      default: break
      }
    }
    for case .loop(let loop, let extent, let kind) in kernel.body where isStrip[Int(loop)] {
      let count = extent.count(samples: maximumSamples)
      longest = max(longest, count)
      if kind == .lanes { lanes = max(lanes, count) }
    }
  }
}
