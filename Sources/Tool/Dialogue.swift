import NNC
import NNCTerminal

/// A dialogue about a network or about variables: what is entered is answered.
struct Dialogue {
  /// What expressions are worked out at.
  var workbench: Workbench
  /// The network that the workbench is about.
  let compilation: Compilation?
  /// How numbers are shown.
  var digits: Digits
  /// Whether the user has asked to end.
  var isOver = false
  /// Whether an entry came to nothing.
  var hasFailed = false
  /// The network compiled, once a stage has been asked for.
  var build: Build?
  /// What a long command looks at.
  let interrupt = InterruptFlag()
  /// How many characters a line of the screen has; 80 where there is no screen.
  var width: () -> Int = { 80 }

  private let console: Console
  private let form: DiagnosticForm

  init(
    _ workbench: Workbench, about compilation: Compilation?, digits: Digits, _ console: Console,
    _ form: DiagnosticForm
  ) {
    self.workbench = workbench
    self.compilation = compilation
    self.digits = digits
    self.console = console
    self.form = form
  }

  /// Answers one entry; what is wrong with it is a message, and the dialogue goes on.
  mutating func respond(to text: String) throws {
    do {
      let isCommand = text.drop(while: \.isWhitespace).hasPrefix(":")
      if isCommand {
        try command(text)
      } else if let row = plainCommand(text) {
        try row.run(&self, "")
      } else {
        try entry(text)
      }
    } catch let error as WorkbenchError {
      hasFailed = true
      switch error {
      case .wrong(let source, let diagnostics):
        console.report(styled: render(diagnostics, in: source, as: form))
      case .refused(let message): console.report("error: \(message)\n")
      }
    } catch let failure as Failure where failure.status != .machineFailed || isCommand(text) {
      hasFailed = true
      console.report("error: \(failure.message)\n" + (failure.hint.map { "  \($0)\n" } ?? ""))
    }
  }

  /// The command that an entry without a colon means: `help`, `quit`.
  private func plainCommand(_ text: String) -> DialogueCommand? {
    let word = text.filter { !$0.isWhitespace }
    guard !workbench.names.contains(word) else { return nil }
    return dialogueCommands.first { $0.words.contains(word) }
  }

  private func isCommand(_ text: String) -> Bool { text.drop(while: \.isWhitespace).first == ":" }

  /// Writes a result.
  func write(_ text: String) throws { try console.write(text) }

  private mutating func entry(_ text: String) throws {
    for outcome in try workbench.enter(text) {
      guard case .values(let evaluations) = outcome else { continue }
      for evaluation in evaluations {
        let name = evaluation.by.map { "\($0): " } ?? ""
        if let value = evaluation.value {
          try write(name + digits.block(value, indent: name.count) + "\n")
        } else {
          let rest = evaluation.definitions.map { "  where \($0)\n" }.joined()
          try write(name + evaluation.formula + "\n" + rest)
        }
      }
    }
  }

  private mutating func command(_ text: String) throws {
    let words = text.drop(while: \.isWhitespace).dropFirst()
    let name = String(words.prefix { !$0.isWhitespace })
    var argument = words.dropFirst(name.count).drop(while: \.isWhitespace)
    while argument.last?.isWhitespace == true { argument.removeLast() }
    guard
      let command = dialogueCommands.first(where: { $0.name == name || $0.words.contains(name) })
    else {
      throw Failure.input(
        "there is no command `:\(name)`",
        hint: didYouMean(name, dialogueCommands.map(\.name)) { ":\($0)" } ?? "`:help` lists them")
    }
    if command.argument.isEmpty, !argument.isEmpty {
      throw Failure.input("`:\(name)` takes nothing, but `\(argument)` was given")
    }
    if argument.isEmpty, !command.argument.isEmpty, !command.argument.hasPrefix("[") {
      throw Failure.input("`:\(name)` needs \(command.argument)")
    }
    try command.run(&self, String(argument))
  }
}

extension Digits {
  /// A tensor's text; a long one goes over several lines, row by row.
  func block(_ value: Tensor, indent: Int) -> String {
    let whole = text(value)
    guard whole.count + indent > 96, value.shape.count > 1 else { return whole }
    let margin = "\n" + String(repeating: " ", count: indent + 1)
    return whole.replacing("], [", with: "]," + margin + "[")
  }
}
