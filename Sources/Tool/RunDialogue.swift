import NNC
import NNCTerminal

/// Reads entries from standard input and answers them until it ends.
func runDialogue(
  _ workbench: Workbench, about compilation: Compilation?, _ call: Call, _ console: Console
) throws -> ExitStatus {
  var dialogue = Dialogue(
    workbench, about: compilation, digits: try digits(call) ?? .readable, console,
    diagnosticForm(call, console))
  let screen = Terminal.standardOutput
  if screen.isTerminal { dialogue.width = { screen.size.columns } }
  let present = Present(workbench)
  var editor = LineEditor(
    prompt: "> ", continuation: "… ", history: History(path: historyPath()),
    complete: { text, cursor in present.workbench.completion(of: text, at: cursor) },
    isIncomplete: { !$0.hasPrefix(":") && Workbench.isIncomplete($0) })
  if editor.isInteractive {
    let about = compilation?.network.map { "the network \($0.name)" } ?? "your own variables"
    try console.write("nnc \(version) about \(about). `:help` helps, Ctrl-D leaves.\n")
    if let problem = editor.history.problem { console.report("nnc: \(problem)\n") }
  }
  while !dialogue.isOver {
    switch editor.readEntry() {
    case .text(let text):
      if text.allSatisfy(\.isWhitespace) { continue }
      try dialogue.respond(to: text)
      present.workbench = dialogue.workbench
    case .cancelled: continue
    case .endOfInput:
      if let problem = editor.problem { throw Failure.machine(problem) }
      dialogue.isOver = true
    }
  }
  return dialogue.hasFailed && !editor.isInteractive ? .wrongInput : .success
}

/// What the completer looks at while an entry is edited: what was known before it.
private final class Present {
  var workbench: Workbench
  init(_ workbench: Workbench) { self.workbench = workbench }
}

/// Where entries are kept from one dialogue to the next: `NNC_HISTORY`, else `.nnc_history` at home. An empty
/// `NNC_HISTORY` keeps none.
private func historyPath() -> String? {
  if let path = Terminal.environmentVariable("NNC_HISTORY") { return path.isEmpty ? nil : path }
  return Terminal.environmentVariable("HOME").map { $0 + "/.nnc_history" }
}
