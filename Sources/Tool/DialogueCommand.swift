import NNC

/// A command at the prompt: a row of the table that the prompt, its help and its completion read.
struct DialogueCommand: Sendable {
  /// Its name, after the colon.
  let name: String
  /// What stands after it; in brackets where it may be left out, empty for nothing.
  let argument: String
  /// Whole entries that mean it too, unless something is called so.
  var words: [String] = []
  /// What it does, in a few words.
  let help: String
  /// Does it.
  let run: @Sendable (inout Dialogue, String) throws -> Void
}

/// The commands at the prompt.
let dialogueCommands: [DialogueCommand] = [
  .init(name: "step", argument: "[N]", help: "train N steps (1) with x and t; Ctrl-C stops") {
    try $0.step($1)
  },
  .init(
    name: "show", argument: "STAGE", help: Stage.allCases.map(\.rawValue).joined(separator: " ")
  ) {
    try $0.show($1)
  },
  .init(name: "formula", argument: "EXPR", help: "the simplified formula, whatever has a value") {
    try $0.formula($1)
  },
  .init(name: "why", argument: "EXPR", help: "how it was simplified, rule by rule") {
    try $0.why($1)
  },
  .init(name: "latex", argument: "EXPR", help: "the formula in LaTeX") {
    try $0.write($0.workbench.latex(of: $1) + "\n")
  },
  .init(name: "unicode", argument: "EXPR", help: "the formula in Unicode") {
    try $0.write($0.workbench.formula(of: $1, style: .unicode) + "\n")
  },
  .init(name: "plot", argument: "EXPR NAME=LOW..HIGH", help: "a curve; `> FILE.svg` draws it there")
  {
    try $0.plot($1)
  },
  .init(name: "table", argument: "EXPR NAME=LOW..HIGH", help: "values and slopes at nine places") {
    try $0.table($1)
  },
  .init(name: "tangent", argument: "EXPR NAME=VALUE", help: "the line that touches there") {
    try $0.tangent($1)
  },
  .init(name: "params", argument: "", help: "the parameters and their values") { dialogue, _ in
    try dialogue.showParameters()
  },
  .init(name: "reset", argument: "", help: "take the initial parameters again") { dialogue, _ in
    dialogue.workbench.reset()
  },
  .init(name: "save", argument: "FILE", help: "write the parameters, as assignments") {
    try writeFiles([OutputFile(path: $1, text: $0.workbench.savedText)])
  },
  .init(name: "load", argument: "FILE", help: "read parameters that :save wrote") {
    try $0.load($1)
  },
  .init(name: "digits", argument: "[N|full]", help: "show N digits of numbers, or all") {
    try $0.setDigits($1)
  },
  .init(name: "help", argument: "", words: ["help", "?"], help: "this help") { dialogue, _ in
    try dialogue.write(dialogueHelp())
  },
  .init(
    name: "quit", argument: "", words: ["quit", "exit"], help: "leave, as `quit`, `exit` and Ctrl-D"
  ) { dialogue, _ in
    dialogue.isOver = true
  },
]

/// What `:help` prints.
func dialogueHelp() -> String {
  let left = dialogueCommands.map { ":\($0.name)" + ($0.argument.isEmpty ? "" : " \($0.argument)") }
  let width = (left.map(\.count).max() ?? 0) + 2
  let rows = zip(left, dialogueCommands).map { "  \(padded($0, width))\($1.help)\n" }.joined()
  return """
    Enter an expression to see its value, or its formula where a name in it has no value:
      diff(loss, w5)           a derivative; also grad hessian jvp vjp hvp
      x = [0.05, 0.10]         the input; a list of lists is several samples, one a row
      t = [0.01, 0.99]         the target
      w5 = 0.4                 a parameter, or an element of one: linear2.weight[0, 0] = 0.4
      lr = 0.1                 the learning rate, or another key of the update rule
      let f(a) = a^2           a function of your own
    Several entries on a line are divided by `;`; a line that ends in an operator, in `=` or inside
    a bracket goes on in the next. With several samples a value that depends on them has a row for
    each.

    \(rows)
    """
}
