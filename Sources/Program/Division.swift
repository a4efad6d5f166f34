/// How threads share the turns of a divided loop.
///
/// A divided loop stands by itself or in loops over lanes, and may hold others. Where it holds none, each of its turns is
/// a *unit*; where it does, the turns inside are, one after the other in the order of the code. All units of the
/// outermost divided loop are numbered from 0, and of so many parts each gets a run of them, as equal as can be:
/// part p of P does the units from ⌊p · units / P⌋ to before ⌊(p + 1) · units / P⌋. What stands outside of divided loops
/// every part does, so nothing is written there. No two units touch a place that one of them writes: whatever the number
/// of parts and however they take turns, the bits are the same.
public struct Division: Hashable, Sendable {
  /// The divided loop around this one, where there is one.
  public var outer: LoopID?
  /// The units that a turn of the loop around has before this one's.
  public var first: Int
  /// The units of each of its turns.
  public var units: Int

  /// The units of a part, of so many in all.
  public static func units(_ count: Int, part: Int, of parts: Int) -> Range<Int> {
    part * count / parts..<(part + 1) * count / parts
  }

  /// The turn that a unit falls to, of so many turns that begin with unit `first`.
  public static func turn(ofUnit unit: Int, first: Int, turns: Int) -> Int {
    min(max(0, unit - first), turns)
  }
}

extension Kernel {
  /// Whether threads share its work.
  public var isDivided: Bool {
    body.contains { if case .loop(_, _, .divided) = $0 { true } else { false } }
  }

  /// By loop: how its turns are shared, where it is divided.
  public var divisions: [LoopID: Division] {
    var result: [LoopID: Division] = [:]
    var open: [(loop: LoopID, isDivided: Bool)] = []
    for instruction in body {
      switch instruction {
      case .loop(let loop, let extent, let turns):
        if turns == .divided {
          let outer = open.last { $0.isDivided }?.loop
          let first = outer.flatMap { result[$0]?.units } ?? 0
          result[loop] = Division(outer: outer, first: first, units: 0)
          if let outer { result[outer]!.units += extent.count(samples: 1) }
        }
        open.append((loop, turns == .divided))
      case .end:
        // What holds no divided loop is a unit itself.
        if let closed = open.popLast(), closed.isDivided, result[closed.loop]!.units == 0 {
          result[closed.loop]!.units = 1
        }
      default: break
      }
    }
    return result
  }
}
