import Program

// Entries that threads share, by Dispatch
extension SwiftEmitter {
  /// The functions that share work out, where entries and kernels need them.
  func threadSupport(_ body: [String]) -> [String] {
    var lines: [String] = []
    if program.isShared {
      lines += [
        "/// Runs a body for each part, as many at a time as there are threads, and waits for all.",
        "private static func share(_ parts: Int, _ body: (Int) -> Void) {",
        "  withoutActuallyEscaping(body) { body in",
        "    // No two parts touch a place that one of them writes.",
        "    nonisolated(unsafe) let body = body",
        "    DispatchQueue.concurrentPerform(iterations: parts) { part in body(part) }", "  }", "}",
        "",
      ]
    }
    if mention(body, ["\(dialect.turnOfUnit)("]) {
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
    let returnsLoss = entry.kind != .predict
    var lines = returnsLoss ? ["  var loss: \(real) = 0"] : []
    let fewest = entry.many ? entry.sharedFrom ?? 1 : 1
    let few = fewest > 1 ? "n < \(fewest) ? 1 : " : ""
    lines.append("  let parts = \(few)\(program.threads)")
    var indent = "  "
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
    return returnsLoss ? lines + ["  return loss"] : lines
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
        return (comment.isEmpty ? [] : ["\(indent)// \(comment)"])
          + folded(indent + callText(call, entry, advances))
      }
    }
    if !phase.contains(where: \.isDivided) { return phase.flatMap { text($0.calls, indent) } }
    var lines = ["\(indent)share(parts) { part in"]
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
