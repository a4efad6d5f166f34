import NNC

/// Runs the tool on the words of a call, and answers how it ended.
func runTool(_ words: [String], _ console: Console) -> ExitStatus {
  do {
    return try dispatch(words, console)
  } catch {
    let failure = Failure(any: error)
    if !failure.message.isEmpty { console.report("nnc: \(failure.message)\n") }
    if let hint = failure.hint { console.report("     \(hint)\n") }
    return failure.status
  }
}

private func dispatch(_ words: [String], _ console: Console) throws -> ExitStatus {
  guard let name = words.first else {
    console.report(toolHelp())
    return .wrongCall
  }
  switch name {
  case "--help", "-h":
    try console.write(toolHelp())
    return .success
  case "--version", "-V":
    try console.write("nnc \(version)\n")
    return .success
  default: break
  }
  guard let command = commands.first(where: { $0.name == name }) else {
    let kind = name.hasPrefix("-") ? "option" : "command"
    throw Failure.call(
      "there is no \(kind) `\(name)`",
      hint: didYouMean(name, commands.map(\.name) + ["--help", "--version"])
        ?? "`nnc help` lists the commands")
  }
  let call = try Call(command, Array(words.dropFirst()))
  if call.has("help") {
    try console.write(help(of: command))
    return .success
  }
  try call.checkOperands()
  return try command.run(call, console)
}
