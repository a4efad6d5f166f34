import NNCProgram
import NNCText

/// What a kernel that threads share is told of its part: its number, and how many parts there are.
func partNames(_ kernel: Kernel) -> [String] { kernel.isDivided ? ["part", "parts"] : [] }

/// What the head of emitted code says of threads, where entries are shared.
func threadAdvice(_ program: Program, how: String) -> [String]? {
  guard program.isShared else { return nil }
  return [
    "Where the work is worth it, a call is shared by up to \(program.threads) threads, \(how).",
    "With any number of threads the results have the same bits.",
  ]
}

// Entries that threads share, by OpenMP where the compiler has it
extension CEmitter {
  /// The names that sharing takes; none where one thread does everything.
  static func threadNames(_ program: Program) -> [String] {
    let shared = program.entries.filter { $0.sharedFrom != nil }
    return shared.isEmpty ? [] : ["turn"] + shared.map { $0.name + "_part" }
  }

  /// The waiting of threads for one another, and the function that finds the turns of a part, where code asks for them.
  func threadSupport(_ words: Words) -> [String] {
    var lines: [String] = []
    if program.isShared {
      lines += ["#ifdef _OPENMP", "#include <omp.h>", "#endif", ""]
    }
    if words.contains("\(macro)_WAIT") {
      lines += [
        "/* Waits until every thread that shares the call has come here. Who does all of it waits for nobody: the",
        "   barrier would be that of the parallel region of the caller. */", "#ifdef _OPENMP",
        "#define \(macro)_WAIT() do { if (parts > 1) { _Pragma(\"omp barrier\") } } while (0)",
        "#else",
        "#define \(macro)_WAIT() ((void)0)", "#endif", "",
      ]
    }
    if words.contains(dialect.turnOfUnit) {
      lines += [
        "/* The turn that a unit of work falls to, of so many turns that begin with unit `at`. */",
        "static inline size_t \(dialect.turnOfUnit)(size_t unit, size_t at, size_t turns) {",
        "  return unit <= at ? 0 : unit - at < turns ? unit - at : turns;", "}", "",
      ]
    }
    return lines
  }

  /// The function of an entry that threads share: what each of them does stands in a function of its own.
  func sharedEntryText(_ entry: Entry) -> [String] {
    let name = "\(prefix)_\(entry.name)_part"
    let returnsLoss = entry.returnsLoss
    var list = parameterList(entry)
    var arguments = entry.emittedArguments(of: program).map(\.shortName)
    if entry.many { arguments.insert("n", at: arguments.prefix { $0 == "p" || $0 == "s" }.count) }
    if entry.workspaceCount > 0 { arguments.append("w") }
    if returnsLoss {
      list.append("\(real) *loss")
      arguments.append("&loss")
    }
    list += ["size_t part", "size_t parts"]
    let (body, touched) = partText(entry)
    let unused = (arguments.map { $0.replacing("&", with: "") }).filter { !touched.contains($0) }
    let function =
      ["/* What one of the threads does that share a call of \(prefix)_\(entry.name). */"]
      + folded("static void \(name)(\(list.joined(separator: ", "))) {")
      + placesText(entry) + unused.map { "  (void)\($0);" } + body + ["}", ""]
    func call(_ part: String, _ parts: String) -> String {
      "\(name)(\((arguments + [part, parts]).joined(separator: ", ")));"
    }
    let shared = call("(size_t)omp_get_thread_num()", "(size_t)omp_get_num_threads()")
    var lines = folded(signature(entry) + " {")
    if returnsLoss { lines.append("  \(real) loss = \(dialect.real(0));") }
    lines.append("#ifdef _OPENMP")
    let fewest = entry.many ? entry.sharedFrom ?? 1 : 1
    let indent = fewest > 1 ? "    " : "  "
    if fewest > 1 { lines.append("  if (n >= \(fewest)) {") }
    lines.append("#pragma omp parallel num_threads(\(program.threads))")
    lines += folded(indent + shared)
    if fewest > 1 {
      lines += ["    return\(returnsLoss ? " loss" : "");", "  }", "#endif"]
      lines += folded("  " + call("0", "1"))
    } else {
      lines.append("#else")
      lines += folded("  " + call("0", "1")) + ["#endif"]
    }
    if returnsLoss { lines.append("  return loss;") }
    return function + lines + ["}", ""]
  }

  /// The calls of an entry as one thread does them, and the arguments that they use.
  private func partText(_ entry: Entry) -> (lines: [String], touched: Set<String>) {
    var lines: [String] = []
    var touched: Set<String> = []
    var indent = "  "
    for step in SharedStep.steps(of: entry, in: program, plan) {
      switch step {
      case .loop(let run):
        lines.append("\(indent)for (size_t turn = 0; turn < \(run.turns); ++turn) {")
        indent += "  "
      case .end:
        indent.removeLast(2)
        lines.append("\(indent)}")
      case .wait: lines.append("\(indent)\(macro)_WAIT();")
      case .calls(let calls, let isDivided):
        if !isDivided { lines.append("\(indent)if (part == 0) {") }
        for (run, number) in calls {
          lines += callLines(entry, run, number, isDivided ? indent : indent + "  ")
          let call = entry.calls[number]
          for (base, _) in program.memory(of: call) { touched.insert(name(base)) }
          if entry.many, program.kernels[call.kernel].usesSamples { touched.insert("n") }
        }
        if !isDivided { lines.append("\(indent)}") }
      }
    }
    return (lines, touched)
  }

  private func callLines(
    _ entry: Entry, _ run: CallRun, _ number: Int, _ indent: String
  ) -> [String] {
    let call = entry.calls[number]
    let comment = run.comment(number, entry.calls)
    let advances = call.arrays.indices.map { run.advance(call: number, array: $0, turn: "turn") }
    return (comment.isEmpty ? [] : ["\(indent)/* \(comment.escaped(for: .cComment)) */"])
      + folded(indent + callText(call, entry, advances))
  }
}
