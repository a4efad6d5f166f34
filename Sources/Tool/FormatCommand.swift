import NNC

/// `nnc fmt`.
let formatCommand = Command(
  name: "fmt", summary: "put a network's text into its usual form", operands: "FILE…",
  operandCount: 1...Int.max,
  examples: [
    .init(
      call: "nnc fmt net.nn",
      purpose: "print the formatted text; of many files, one after the other"),
    .init(call: "nnc fmt -i *.nn", purpose: "format files in their place"),
    .init(call: "nnc fmt --check *.nn", purpose: "list the files that are not formatted"),
    .init(call: "nnc fmt - < net.nn", purpose: "format standard input"),
  ],
  details: [
    "Comments and line ends stay; runs of blanks become one, but where keys of several lines stand "
      + "below each other. A file with errors stays as it is."
  ],
  options: [
    .init("in-place", "i", help: "write the formatted text back to the file"),
    .init(
      "check", "c",
      help: "print the names of files that are not formatted, with status 1 if any"),
    diagnosticsOption, helpOption,
  ],
  run: runFormat)

private func runFormat(_ call: Call, _ console: Console) throws -> ExitStatus {
  let inPlace = call.has("in-place")
  let checks = call.has("check")
  if inPlace, checks { throw Failure.call("`--in-place` and `--check` exclude each other") }
  if inPlace, call.operands.contains("-") {
    throw Failure.call("standard input has no place to write to: leave `--in-place` out")
  }
  return try onEachFile(call, console, divider: "") { call in
    let path = call.operands[0]
    let source = try readSource(path, console)
    let (text, diagnostics) = format(source)
    console.report(diagnostics, in: source, call)
    guard let text else { return .wrongInput }
    let isSame = Array(text.utf8) == source.bytes
    if !checks, !inPlace { try console.write(file: text) }
    if checks, !isSame {
      try console.write(path + "\n")
      return .wrongInput
    }
    if inPlace, !isSame { try writeFiles([OutputFile(path: path, text: text)]) }
    return .success
  }
}

extension Console {
  /// Writes diagnostics in the form that the call asks for.
  func report(_ diagnostics: [Diagnostic], in source: SourceFile, _ call: Call) {
    let form = diagnosticForm(call, self)
    if !diagnostics.isEmpty { report(styled: render(diagnostics, in: source, as: form)) }
  }
}

/// The form of messages that the call asks for.
func diagnosticForm(_ call: Call, _ console: Console) -> DiagnosticForm {
  switch call.value("diagnostics") {
  case "gcc": .gcc
  case "json": .json
  default: .human(colour: console.colour)
  }
}
