import NNCAlgebra
import NNCProgram
import NNCText

extension SwiftEmitter {
  /// The function of an entry: its whole code where that works on structs, else a check of sizes, and a core over
  /// pointers.
  func entryText(_ entry: Entry) -> [String] {
    let isPlain =
      usesStructs && !entry.many && entry.workspaceCount == 0 && entry.sharedFrom == nil
      && entry.calls.allSatisfy { plan.forms[$0.kernel] == .inside }
    var lines = documentation(entry) + folded("public static func \(head(entry)) {")
    if isPlain {
      let made = returnedArray(entry)
      if let made { lines.append("  var y = \(made)(repeating: 0)") }
      lines += statements(entry) { structView($0) }
      if made != nil { lines.append("  return y") }
      return lines + ["}", ""]
    }
    return lines + shell(entry) + ["}", ""] + core(entry)
  }

  /// Whether an argument is what the function computes for the caller to use.
  private func isOutput(_ argument: Entry.Argument) -> Bool {
    argument == .output || argument == .answer
  }

  /// Whether the argument is a struct or an inline array.
  func isInline(_ argument: Entry.Argument, _ entry: Entry) -> Bool {
    switch argument {
    case _ where argument.isBlock: usesStructs
    default: usesStructs && !entry.many
    }
  }

  /// The type of the output that the function gives back; nil where it gives back the loss, writes into memory of the
  /// caller's, or has no output.
  func returnedArray(_ entry: Entry) -> String? {
    for argument in [Entry.Argument.output, .answer] where entry.arguments.contains(argument) {
      let count = program.count(of: argument, samples: 1)
      if isInline(argument, entry), count > 0 { return "InlineArray<\(count), \(real)>" }
    }
    return nil
  }

  private func head(_ entry: Entry) -> String {
    var list: [String] = []
    for argument in entry.emittedArguments(of: program) {
      let isInline = isInline(argument, entry)
      if isOutput(argument), isInline { continue }
      let isWritten = entry.writes(argument)
      let label =
        switch argument {
        case .parameters: "_ p"
        case .gradient: "gradient"
        default: "\(argument.label) \(argument.shortName)"
        }
      let count = program.count(of: argument, samples: 1)
      let type =
        switch argument {
        case _ where isInline && argument.isBlock: argument.structName
        case _ where isInline: "InlineArray<\(count), \(self.type(argument))>"
        default: isWritten ? "MutableSpan<\(real)>" : "Span<\(self.type(argument))>"
        }
      list.append("\(label): \(isWritten ? "inout " : "")\(type)")
    }
    if entry.workspaceCount > 0 { list.append("workspace w: inout MutableSpan<\(real)>") }
    let head = "\(Self.name(entry))(\(list.joined(separator: ", ")))"
    if entry.returnsLoss { return head + " -> \(real)" }
    return returnedArray(entry).map { "\(head) -> \($0)" } ?? head
  }

  private func documentation(_ entry: Entry) -> [String] {
    var lines = ["/// \(entry.summary)", "///"]
    for argument in entry.emittedArguments(of: program) {
      if isOutput(argument), isInline(argument, entry) { continue }
      let change = entry.writes(argument) && !isOutput(argument) && argument != .gradient
      let count = program.count(of: argument, samples: 1)
      let isSample = [.input, .target, .output].contains(argument)
      let times = entry.many && isSample ? "n times \(count) " : ""
      let isSaid = !times.isEmpty || program.isWhole(argument)
      let size = isSaid ? ": \(times)\(program.numbers(argument))" : ""
      lines.append(
        "/// - Parameter \(argument.shortName): \(argument.summary)\(change ? ", changed" : "")\(size)"
      )
    }
    if entry.workspaceCount > 0 {
      lines.append("/// - Parameter w: scratch memory, at least \(entry.workspaceCount) numbers")
    }
    if let returned = entry.returned { lines.append("/// - Returns: \(returned)") }
    return lines
  }

  /// The calls of an entry as statements; the last gives back the loss.
  private func statements(
    _ entry: Entry, _ view: (Entry.ArrayReference) -> ArrayView
  ) -> [String] {
    let returnsLoss = entry.returnsLoss
    let direct = returnsLoss ? plan.directLoss(of: entry, in: program) : nil
    let needsLoss = returnsLoss && direct == nil
    var lines = needsLoss ? ["  var loss: \(real) = 0"] : []
    var names = Names(
      reserved: dialect.keywords.union(Self.entryNames).union(needsLoss ? ["loss"] : [])
        .union(functionNames).union(kernelNames))
    var result = "loss"
    for run in plan.runs(of: entry) {
      let turn = run.turns > 1 ? names.claim("turn") : ""
      let indent = run.turns > 1 ? "    " : "  "
      if run.turns > 1 { lines.append("  for \(turn) in 0..<\(run.turns) {") }
      for number in run.calls {
        let call = entry.calls[number]
        let comment = run.comment(number, entry.calls)
        if !comment.isEmpty { lines.append("\(indent)// \(comment.escaped(for: .swiftComment))") }
        let kernel = program.kernels[call.kernel]
        guard plan.forms[call.kernel] == .inside else {
          let advances = call.arrays.indices.map {
            run.advance(call: number, array: $0, turn: turn)
          }
          lines += folded(indent + callText(call, entry, advances))
          continue
        }
        var writer = BodyWriter(
          kernel: kernel, program: program, dialect: dialect, views: call.arrays.map(view),
          functions: functionNames, samples: entry.many ? "n" : "1", names: names, indent: "  ")
        for (place, instruction) in kernel.body.enumerated() {
          if let direct, direct.call == number, direct.place == place,
            case .store(_, let value) = instruction
          {
            result = writer.giveBack(value, as: "loss")
          } else {
            writer.write([instruction])
          }
        }
        lines += writer.lines
        names = writer.taken
      }
      if run.turns > 1 {
        lines.append("  }")
        names.release(turn)
      }
    }
    return returnsLoss ? lines + ["  return \(result)"] : lines
  }

  func callText(_ call: Entry.Call, _ entry: Entry, _ advances: [String]) -> String {
    let kernel = program.kernels[call.kernel]
    var list: [String]
    if plan.forms[call.kernel] == .once {
      list = program.memory(of: call).map { base, _ in
        base == .argument(.loss) ? "&loss" : name(base)
      }
    } else {
      list = call.arrays.indices.map { index in
        let place = places[entry.name]?.name(call, array: index)
        return (place.map { "w + \($0)" } ?? pointer(call.arrays[index])) + advances[index]
      }
    }
    if kernel.usesSamples { list.append(entry.many ? "n" : "1") }
    if kernel.isDivided { list += entry.sharedFrom == nil ? ["0", "1"] : ["part", "parts"] }
    return "\(kernelNames[call.kernel])(\(list.joined(separator: ", ")))"
  }
}

extension SwiftEmitter {
  /// The tables that calls of the entry are given as pointers.
  private func tables(_ entry: Entry) -> [Int] {
    var result: [Int] = []
    for call in entry.calls where plan.forms[call.kernel] == .shared {
      for reference in call.arrays {
        if case .table(let index) = reference.base, !result.contains(index) { result.append(index) }
      }
    }
    return result
  }

  /// The function over pointers.
  private func core(_ entry: Entry) -> [String] {
    var list = entry.emittedArguments(of: program).map { argument in
      let type = pointerType(entry.writes(argument), isWhole: program.isWhole(argument))
      return "_ \(argument.shortName): \(type)"
    }
    list += tables(entry).map { "_ \(tableNames[$0]): \(pointerType(false))" }
    if entry.workspaceCount > 0 { list.append("_ w: \(pointerType(true))") }
    if entry.many { list.append("_ n: Int") }
    let result = entry.returnsLoss ? " -> \(real)" : ""
    return folded(
      "private static func \(Self.name(entry))Core(\(list.joined(separator: ", ")))\(result) {")
      + (places[entry.name]?.constants ?? []).map { "  let \($0.name) = \($0.offset)" }
      + (entry.sharedFrom == nil
        ? statements(entry) { view($0, loss: .scalar("loss")) } : sharedStatements(entry))
      + ["}", ""]
  }

  /// Checks the sizes, and calls the core inside of closures that give pointers.
  private func shell(_ entry: Entry) -> [String] {
    let arguments = entry.emittedArguments(of: program)
    var lines: [String] = []
    if entry.many {
      let sized = arguments.first { [.input, .target, .output].contains($0) }
      if let sized {
        let count = program.count(of: sized, samples: 1)
        lines.append("  let n = \(sized.shortName).count / \(count)")
      } else {
        lines.append("  let n = 1")
      }
      lines.append(
        "  precondition(1 <= n && n <= maximumSamples, \"there must be 1 to \(program.maximumSamples) samples\")"
      )
    }
    for argument in arguments where !isInline(argument, entry) {
      let count = program.count(of: argument, samples: 1)
      let size = entry.many && !argument.isBlock ? "n * \(count)" : "\(count)"
      lines.append(
        "  precondition(\(argument.shortName).count == \(size), \"wrong size of \(argument.label.isEmpty ? argument.rawValue : argument.label)\")"
      )
    }
    if entry.workspaceCount > 0 {
      lines.append(
        "  precondition(w.count >= \(entry.workspaceCount), \"the workspace is too small\")")
    }
    let made = returnedArray(entry)
    if let made { lines.append("  var y = \(made)(repeating: 0)") }
    lines += closures(entry, arguments)
    return made == nil ? lines : lines + ["  return y"]
  }

  private func closures(_ entry: Entry, _ arguments: [Entry.Argument]) -> [String] {
    var lines: [String] = []
    var list: [String] = []
    var indent = "  "
    func open(_ name: String, _ isInline: Bool, _ isWritten: Bool, _ type: String) {
      let first = lines.isEmpty && entry.returnsLoss ? "return " : ""
      let mutable = isWritten ? "Mutable" : ""
      if isInline {
        let target = isWritten ? "&\(name)" : name
        lines.append("\(indent)\(first)withUnsafe\(mutable)Pointer(to: \(target)) { \(name) in")
        list.append("Unsafe\(mutable)RawPointer(\(name)).assumingMemoryBound(to: \(type).self)")
      } else {
        lines.append("\(indent)\(first)\(name).withUnsafe\(mutable)BufferPointer { \(name) in")
        list.append("\(name).baseAddress.unsafelyUnwrapped")
      }
      indent += "  "
    }
    for argument in arguments {
      open(
        argument.shortName, isInline(argument, entry), entry.writes(argument), type(argument))
    }
    for table in tables(entry) { open(tableNames[table], true, false, real) }
    if entry.workspaceCount > 0 { open("w", false, true, real) }
    if entry.many { list.append("n") }
    let call = "\(Self.name(entry))Core(\(list.joined(separator: ", ")))"
    if lines.isEmpty {
      return [indent + (entry.returnsLoss ? "return " : "") + call]
    }
    lines.append("\(indent)\(Self.name(entry))Core(")
    for (index, item) in list.enumerated() {
      lines.append("\(indent)  \(item)" + (index + 1 < list.count ? "," : ")"))
    }
    while indent.count > 2 {
      indent.removeLast(2)
      lines.append(indent + "}")
    }
    return lines
  }
}
