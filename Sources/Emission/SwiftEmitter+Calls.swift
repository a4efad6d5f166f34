import NNCProgram

/// Functions by which a host calls emitted code without knowing its types.
extension SwiftEmitter {
  /// The same functions as ``CEmitter/calls``, exported to C; the source must stand before them.
  public var calls: String {
    let start = stream.count > 0 ? [startCall] : []
    return (program.entries.map { call($0) } + [initialCall] + start).joined(separator: "\n")
  }

  /// The source and ``calls`` in one text.
  public var callable: String { source + "\n" + calls }

  private func head(_ name: String) -> String {
    let prefix = Names.identifier(options.prefix ?? program.name).lowercased()
    let symbol = CEmitter.callName(name, prefix: prefix)
    return """
      @_cdecl("\(symbol)")
      public func \(symbol)(_ a: UnsafePointer<UnsafeMutableRawPointer?>, _ n: Int) {

      """
  }

  /// Goes through the function that a user calls.
  private func call(_ entry: Entry) -> String {
    var text = head(entry.name)
    var list: [String] = []
    for argument in entry.emittedArguments(of: program) {
      let count = program.count(of: argument, samples: 1)
      let isBlock = argument.isBlock
      let label = argument.label.isEmpty ? "" : "\(argument.label): "
      let isWritten = entry.writes(argument)
      if isInline(argument, entry) {
        if argument == .output || argument == .answer { continue }
        let type =
          isBlock
          ? "\(namespace).\(argument.structName)"
          : "InlineArray<\(count), \(self.type(argument))>"
        list.append("\(label)\(isWritten ? "&" : "")\(memory(argument, type)).pointee")
      } else {
        let name = argument.shortName
        let size = entry.many && !isBlock ? "n * \(count)" : "\(count)"
        text += buffer(
          name, place(argument), size, isWritten: isWritten, of: self.type(argument))
        list.append(label + (isWritten ? "&\(name)Span" : "\(name).span"))
      }
    }
    if entry.workspaceCount > 0 {
      text += buffer("w", CEmitter.callOrder.count, "\(entry.workspaceCount)", isWritten: true)
      list.append("workspace: &wSpan")
    }
    let call = "\(namespace).\(Self.name(entry))(\(list.joined(separator: ", ")))"
    if entry.returnsLoss {
      text += "  \(memory(.loss, real)).pointee = \(call)\n}\n"
    } else if let array = returnedArray(entry) {
      let output: Entry.Argument = entry.kind == .step ? .answer : .output
      text += "  \(memory(output, array)).pointee = \(call)\n}\n"
    } else {
      text += "  \(call)\n}\n"
    }
    return text
  }

  private var startCall: String {
    var text = head(CEmitter.startCall)
    if usesStructs {
      let whole = "\(namespace).Stream"
      text += "  \(memory(.stream, whole)).pointee = \(whole)()\n"
    } else {
      text += buffer("m", place(.stream), "\(stream.count)", isWritten: true)
      text += "  \(namespace).start(stream: &mSpan)\n"
    }
    return text + "}\n"
  }

  private var initialCall: String {
    var text = head(CEmitter.initialCall)
    let blocks: [(Entry.Argument, String, Int, String)] = [
      (.parameters, "Parameters", program.parameterCount, ""),
      (.state, "State", program.stateCount, "state: "),
    ]
    var list: [String] = []
    for (argument, type, count, label) in blocks where count > 0 {
      if usesStructs {
        let whole = "\(namespace).\(type)"
        text += "  \(memory(argument, whole)).pointee = \(whole)()\n"
      } else {
        let name = argument.shortName
        text += buffer(name, place(argument), "\(count)", isWritten: true)
        list.append("\(label)&\(name)Span")
      }
    }
    if !list.isEmpty { text += "  \(namespace).initialize(\(list.joined(separator: ", ")))\n" }
    return text + "}\n"
  }

  private func place(_ argument: Entry.Argument) -> Int {
    CEmitter.callOrder.firstIndex(of: argument)!
  }

  private func memory(_ argument: Entry.Argument, _ type: String) -> String {
    "a[\(place(argument))]!.assumingMemoryBound(to: \(type).self)"
  }

  /// Statements that make a buffer of the array at a place, and a span where it is written.
  private func buffer(
    _ name: String, _ place: Int, _ count: String, isWritten: Bool, of type: String? = nil
  ) -> String {
    let start = "a[\(place)]!.assumingMemoryBound(to: \(type ?? real).self)"
    let buffer = "  let \(name) = UnsafeMutableBufferPointer(start: \(start), count: \(count))\n"
    return buffer + (isWritten ? "  var \(name)Span = \(name).mutableSpan\n" : "")
  }
}
