/// The commands, in the order in which the help lists them.
let commands: [Command] = [
  compileCommand, trainCommand, tuneCommand, predictCommand, evaluateCommand, generateCommand,
  evalCommand,
  explainCommand,
  graphCommand, checkCommand, verifyCommand, weightsCommand, importCommand, exportCommand,
  formatCommand,
  completionsCommand, helpCommand,
]

/// The version of the tool.
let version = "0.2.0"

/// The day of that version.
let released = "2026-11-28"

/// What every command that reads a source offers.
let diagnosticsOption = CommandOption(
  "diagnostics", nil, .choice(["human", "gcc", "json"]),
  help: "form of messages: with the source, gcc's one line, or JSON (default human)")

/// What every command that reads a network offers for ONNX files.
let dimOption = CommandOption(
  "dim", nil, .text("NAME=SIZE"), repeats: true,
  help: "of an ONNX file: the extent of an axis that it leaves open")

/// What every command offers.
let helpOption = CommandOption("help", "h", help: "print this help")
