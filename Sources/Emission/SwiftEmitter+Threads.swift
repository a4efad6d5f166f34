import NNCProgram
import NNCText

// Entries that threads share, by Dispatch: one region a call, in which they do one phase of work after the other.
//
// Dispatch does not promise that all parts of a region run at the same time, so none may wait for one that has not
// begun. Each thread does its own part of a phase, then those that no one has taken; it waits for those that are being
// done. A single thread does everything and never waits.
extension SwiftEmitter {
  private var teamText: [String] {
    """
    /// Threads that do one phase of work after the other, each in parts.
    private final class Team: Sendable {
      let parts: Int
      /// By part: how many phases' parts were taken.
      private let taken = InlineArray<\(program.threads), Atomic<Int>> { _ in Atomic(0) }
      /// The parts done, of all phases.
      private let done = Atomic(0)

      init(_ parts: Int) { self.parts = parts }

      /// Does one's own part of the next phase and what nobody has taken; gives back when all of it is done.
      func phase(_ number: inout Int, _ own: Int, _ body: (Int) -> Void) {
        for step in 0..<parts {
          let part = own + step < parts ? own + step : own + step - parts
          if taken[part].compareExchange(
            expected: number, desired: number + 1, ordering: .relaxed
          ).exchanged {
            body(part)
            done.wrappingAdd(1, ordering: .releasing)
          }
        }
        number += 1
        while done.load(ordering: .acquiring) < number * parts {}
      }
    }

    /// Runs a body in as many threads as there are parts, and waits for all.
    private static func share(_ parts: Int, _ body: (Team, Int) -> Void) {
      let team = Team(parts)
      if parts == 1 { return body(team, 0) }
      withoutActuallyEscaping(body) { body in
        // No two parts of a phase touch a place that one of them writes.
        nonisolated(unsafe) let body = body
        DispatchQueue.concurrentPerform(iterations: parts) { own in body(team, own) }
      }
    }
    """.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) + [""]
  }

  /// The functions that share work out, where entries and kernels need them.
  func threadSupport(_ words: Words) -> [String] {
    var lines: [String] = []
    if program.isShared {
      lines += teamText
    }
    if words.contains(dialect.turnOfUnit) {
      lines += [
        "/// The turn that a unit of work falls to, of so many turns that begin with unit `at`.",
        "@inline(__always)",
        "private static func \(dialect.turnOfUnit)(_ unit: Int, _ at: Int, _ turns: Int) -> Int {",
        "  unit <= at ? 0 : unit - at < turns ? unit - at : turns", "}", "",
      ]
    }
    return lines
  }

  /// The calls of an entry: those between which no thread waits are shared at once.
  func sharedStatements(_ entry: Entry) -> [String] {
    let returnsLoss = entry.returnsLoss
    var lines = returnsLoss ? ["  var loss: \(real) = 0"] : []
    lines.append("  share(\(partCount(entry))) { team, own in")
    lines += ["    let parts = team.parts", "    var number = 0"]
    var indent = "    "
    var phase: [(calls: [(run: CallRun, number: Int)], isDivided: Bool)] = []
    func endPhase() {
      lines += phaseText(entry, phase, indent)
      phase = []
    }
    for step in SharedStep.steps(of: entry, in: program, plan) {
      switch step {
      case .calls(let calls, let isDivided): phase.append((calls, isDivided))
      case .wait: endPhase()
      case .loop(let run):
        endPhase()
        lines.append("\(indent)for turn in 0..<\(run.turns) {")
        indent += "  "
      case .end:
        endPhase()
        indent.removeLast(2)
        lines.append("\(indent)}")
      }
    }
    endPhase()
    lines.append("  }")
    return returnsLoss ? lines + ["  return loss"] : lines
  }

  /// How many parts a call has, as text: one with fewer samples than those from which on the entry is shared, or from
  /// which on waking threads is worth it. An entry that is shared from one sample on always is.
  private func partCount(_ entry: Entry) -> String {
    guard entry.many, let least = entry.sharedFrom, least > 1 else { return "\(program.threads)" }
    let waits = entry.calls.count { $0.waits }
    guard let few = program.fewestSamples(of: entry, waits: waits, fork: RoughTime.wake) else {
      return "1"
    }
    return "n < \(max(few, least)) ? 1 : \(program.threads)"
  }

  private func phaseText(
    _ entry: Entry, _ phase: [(calls: [(run: CallRun, number: Int)], isDivided: Bool)],
    _ indent: String
  ) -> [String] {
    func text(_ calls: [(run: CallRun, number: Int)], _ indent: String) -> [String] {
      calls.flatMap { run, number -> [String] in
        let call = entry.calls[number]
        let comment = run.comment(number, entry.calls)
        let advances = call.arrays.indices.map {
          run.advance(call: number, array: $0, turn: "turn")
        }
        return (comment.isEmpty ? [] : ["\(indent)// \(comment.escaped(for: .swiftComment))"])
          + folded(indent + callText(call, entry, advances))
      }
    }
    if phase.isEmpty { return [] }
    var lines = ["\(indent)team.phase(&number, own) { part in"]
    for (calls, isDivided) in phase {
      if isDivided {
        lines += text(calls, indent + "  ")
      } else {
        lines.append("\(indent)  if part == 0 {")
        lines += text(calls, indent + "    ")
        lines.append("\(indent)  }")
      }
    }
    return lines + ["\(indent)}"]
  }
}
