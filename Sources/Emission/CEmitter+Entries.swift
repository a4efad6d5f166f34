import NNCAlgebra
import NNCProgram
import NNCText

extension CEmitter {
  /// The function of an entry.
  func entryText(_ entry: Entry) -> [String] {
    if entry.sharedFrom != nil { return sharedEntryText(entry) }
    var body: [String] = []
    var touched: Set<String> = []
    let returnsLoss = entry.returnsLoss
    // The loss is a variable, except where the last thing that happens to it is to be given back.
    let direct = returnsLoss ? plan.directLoss(of: entry, in: program) : nil
    let needsLoss = returnsLoss && direct == nil
    if needsLoss { body.append("  \(real) loss = \(dialect.real(0));") }
    var names = Names(
      reserved: dialect.keywords.union(Self.entryNames).union(needsLoss ? ["loss"] : []))
    var result = "loss"
    for run in plan.runs(of: entry) {
      let turn = run.turns > 1 ? names.claim("turn") : ""
      let indent = run.turns > 1 ? "    " : "  "
      if run.turns > 1 {
        body.append("  for (size_t \(turn) = 0; \(turn) < \(run.turns); ++\(turn)) {")
      }
      for number in run.calls {
        let call = entry.calls[number]
        let kernel = program.kernels[call.kernel]
        let comment = run.comment(number, entry.calls)
        if !comment.isEmpty { body.append("\(indent)/* \(comment.escaped(for: .cComment)) */") }
        for (base, _) in program.memory(of: call) { touched.insert(name(base)) }
        if entry.many, kernel.usesSamples { touched.insert("n") }
        guard plan.forms[call.kernel] == .inside else {
          let advances = call.arrays.indices.map {
            run.advance(call: number, array: $0, turn: turn)
          }
          body += folded(indent + callText(call, entry, advances))
          continue
        }
        var writer = BodyWriter(
          kernel: kernel, program: program, dialect: dialect,
          views: call.arrays.map { view($0, in: entry, scratch: "w->scratch", loss: "loss") },
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
        body += writer.lines
        names = writer.taken
      }
      if run.turns > 1 {
        body.append("  }")
        names.release(turn)
      }
    }
    var unused = entry.emittedArguments(of: program).map(\.shortName)
    if entry.many { unused.append("n") }
    if entry.workspaceCount > 0 { unused.append("w") }
    unused.removeAll { touched.contains($0) }
    if returnsLoss { body.append("  return \(result);") }
    return folded(signature(entry) + " {") + placesText(entry) + unused.map { "  (void)\($0);" }
      + body + ["}", ""]
  }

  /// Where in the workspace an entry's arrays lie.
  func placesText(_ entry: Entry) -> [String] {
    let constants = places[entry.name]?.constants ?? []
    if constants.isEmpty { return [] }
    let list = constants.map { "\($0.name) = \($0.offset)" }
    return ["  enum { /* where arrays begin in the workspace */"] + wrapped(list, indent: "    ")
      + ["  };"]
  }

  func name(_ base: Entry.ArrayReference.Base) -> String {
    switch base {
    case .argument(let argument): argument.shortName
    case .workspace: "w"
    case .table: ""
    }
  }

  func callText(_ call: Entry.Call, _ entry: Entry, _ advances: [String]) -> String {
    let kernel = program.kernels[call.kernel]
    let loss = entry.sharedFrom == nil ? "&loss" : "loss"
    var list: [String]
    if plan.forms[call.kernel] == .once {
      list = program.memory(of: call).map { base, _ in
        switch base {
        case .argument(.loss): loss
        case .argument(let argument): argument.shortName
        case .workspace: "w->scratch"
        case .table: ""
        }
      }
    } else {
      let reach = kernel.reach(samples: entry.many ? program.maximumSamples : 1)
      list = call.arrays.indices.map { index in
        pointer(
          call.arrays[index], reach[index], isWritten: kernel.parameters[index].isWritten,
          advances[index], loss: loss, place: places[entry.name]?.name(call, array: index))
      }
    }
    if kernel.usesSamples { list.append(entry.many ? "n" : "1") }
    if kernel.isDivided { list += entry.sharedFrom == nil ? ["0", "1"] : ["part", "parts"] }
    return "\(kernelNames[call.kernel])(\(list.joined(separator: ", ")));"
  }

  /// A pointer to the first element of an array: to a field where the kernel stays within one. What it is moved by in a
  /// loop comes behind it.
  private func pointer(
    _ reference: Entry.ArrayReference, _ reach: ClosedRange<Int>?, isWritten: Bool,
    _ advance: String, loss: String, place: String?
  ) -> String {
    let offset = reference.offset
    switch reference.base {
    case .argument(.loss): return loss
    case .argument(.parameters): return field("p", parameters, offset, reach, isWritten, advance)
    case .argument(.gradient):
      return field("gradient", parameters, offset, reach, isWritten, advance)
    case .argument(.state): return field("s", state, offset, reach, isWritten, advance)
    case .argument(.stream): return field("m", stream, offset, reach, isWritten, advance)
    case .argument(let argument): return moved(argument.shortName, offset) + advance
    case .workspace:
      return (place.map { "w->scratch + \($0)" } ?? moved("w->scratch", offset)) + advance
    case .table(let index): return moved(tableNames[index], offset) + advance
    }
  }

  private func moved(_ base: String, _ offset: Int) -> String {
    offset == 0 ? base : "\(base) + \(offset)"
  }

  private func field(
    _ base: String, _ block: Block, _ offset: Int, _ reach: ClosedRange<Int>?, _ isWritten: Bool,
    _ advance: String
  ) -> String {
    let cast = "(\(isWritten ? "" : "const ")\(real) *)"
    if advance.isEmpty, let row = Block.row(at: offset, in: block.rows), row.offset == offset,
      let reach, reach.lowerBound >= 0, offset + reach.upperBound < row.end
    {
      switch row.shape.count {
      case 0: return "&\(base)->\(row.name)"
      case 1: return "\(base)->\(row.name)"
      default: return "\(cast)\(base)->\(row.name)"
      }
    }
    return moved("\(cast)\(base)", offset) + advance
  }
}
