import NNC

/// `nnc help`.
let helpCommand = Command(
  name: "help", summary: "explain a command or the code of a message",
  operands: "[COMMAND|CODE]", operandCount: 0...1,
  offer: .topics,
  examples: [
    .init(call: "nnc help", purpose: "list the commands"),
    .init(call: "nnc help compile", purpose: "explain a command"),
    .init(call: "nnc help N0101", purpose: "explain the code of a message"),
    .init(call: "nnc help codes", purpose: "list the codes"),
    .init(
      call: "nnc help layers", purpose: "list the layers; likewise functions, losses and rules"),
    .init(call: "nnc help targets", purpose: "list the kinds of machine that code is made for"),
    .init(call: "nnc help cmake > NNC.cmake", purpose: "a function for CMake: nnc_add_network"),
    .init(call: "nnc help make > nnc.mk", purpose: "rules for GNU make"),
    .init(call: "nnc help --man > nnc.1", purpose: "write the manual page"),
  ],
  details: [],
  options: [.init("man", nil, help: "print the manual page of all commands"), helpOption],
  run: runHelp)

private func runHelp(_ call: Call, _ console: Console) throws -> ExitStatus {
  if call.has("man") {
    if let topic = call.operands.first {
      throw Failure.call("`--man` is about all commands, so `\(topic)` is too much")
    }
    try console.write(manualPage())
    return .success
  }
  guard let topic = call.operands.first else {
    try console.write(toolHelp())
    return .success
  }
  if let command = commands.first(where: { $0.name == topic }) {
    try console.write(help(of: command))
  } else if topic == "codes" {
    try console.write(diagnosticCodes.map { "\($0.code)  \($0.title)\n" }.joined())
  } else if topic == "cmake" {
    try console.write(cmakeFile)
  } else if topic == "make" {
    try console.write(makeFile)
  } else if topic == "targets" {
    try console.write(targetList())
  } else if let table = LanguageTable(rawValue: topic) {
    try console.write(list(table))
  } else if let code = diagnosticCodes.first(where: { $0.code == topic.uppercased() }) {
    try console.write(explanation(of: code))
  } else {
    throw Failure.call(
      "there is no command and no code `\(topic)`",
      hint: didYouMean(
        topic,
        commands.map(\.name) + LanguageTable.allCases.map(\.rawValue)
          + diagnosticCodes.map(\.code))
        ?? "`nnc help` lists the commands, `nnc help codes` the codes")
  }
  return .success
}

/// The words of a table of the language, how each is written and what it is.
private func list(_ table: LanguageTable) -> String {
  let rows = table.entries.map { "  \($0.usage)\n" + wrapped($0.meaning, indent: 6) }
  return "\(table.summary.prefix(1).uppercased() + table.summary.dropFirst()):\n\n" + rows.joined()
}

private func explanation(of code: DiagnosticCode) -> String {
  func block(_ source: String) -> String {
    let text = source.hasSuffix("\n") ? source.dropLast() : source[...]
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined()
  }
  return """
    \(code.code): \(code.title)

    \(wrapped(code.explanation, indent: 0))
    Reported for:

    \(block(code.erroneous))
    Put right:

    \(block(code.corrected))
    """
}
