import NNCProgram

/// A step of an entry that threads share.
enum SharedStep {
  /// Begins a loop over equal layers.
  case loop(CallRun)
  /// Ends it.
  case end
  /// All threads wait for one another.
  case wait
  /// Calls one after the other: by every thread, each with its part, or by the first thread alone.
  case calls([(run: CallRun, number: Int)], isDivided: Bool)

  /// The calls of an entry, those that are made alike together.
  static func steps(of entry: Entry, in program: Program, _ plan: EmissionPlan) -> [SharedStep] {
    var result: [SharedStep] = []
    for run in plan.runs(of: entry) {
      if run.turns > 1 { result.append(.loop(run)) }
      for number in run.calls {
        let call = entry.calls[number]
        let isDivided = program.kernels[call.kernel].isDivided
        if call.waits { result.append(.wait) }
        if case .calls(let list, isDivided) = result.last {
          result[result.count - 1] = .calls(list + [(run, number)], isDivided: isDivided)
        } else {
          result.append(.calls([(run, number)], isDivided: isDivided))
        }
      }
      if run.turns > 1 { result.append(.end) }
    }
    return result
  }
}
