/// `nnc completions`.
let completionsCommand = Command(
  name: "completions", summary: "print what lets a shell complete calls of nnc",
  operands: Shell.allCases.map(\.rawValue).joined(separator: "|"), operandCount: 1...1,
  offer: .words(Shell.allCases.map(\.rawValue)),
  examples: [
    .init(
      call: "nnc completions bash > ~/.local/share/bash-completion/completions/nnc",
      purpose: "for bash with the package bash-completion"),
    .init(
      call: "nnc completions zsh > ~/.zfunc/_nnc",
      purpose: "for zsh with ~/.zfunc in its fpath"),
    .init(call: "nnc completions fish > ~/.config/fish/completions/nnc.fish", purpose: "for fish"),
  ],
  details: [
    "Completed are commands, options, the values of options, and the files that belong where the "
      + "cursor stands.",
    "`source <(nnc completions bash)` in ~/.bashrc does without that package, and "
      + "`source <(nnc completions zsh)` in ~/.zshrc, after compinit, without that folder.",
  ],
  options: [helpOption], run: runCompletions)

/// The shells for which completions are written.
enum Shell: String, CaseIterable, Sendable {
  case bash, zsh, fish

  /// The script that makes the shell complete calls of nnc.
  var completions: String {
    switch self {
    case .bash: bashCompletions()
    case .zsh: zshCompletions()
    case .fish: fishCompletions()
    }
  }
}

private func runCompletions(_ call: Call, _ console: Console) throws -> ExitStatus {
  let name = call.operands[0]
  guard let shell = Shell(rawValue: name) else {
    let names = Shell.allCases.map(\.rawValue)
    throw Failure.call(
      "there are completions for \(names.joined(separator: ", ")), not for `\(name)`",
      hint: didYouMean(name, names))
  }
  try console.write(shell.completions)
  return .success
}
