/// The completions for fish.
func fishCompletions() -> String {
  var lines = ""
  for command in commands {
    lines += "\ncomplete -c nnc -n __nnc_wants_command -a \(command.name)"
    lines += " -d \(quoted(command.summary))\n"
    let isCommand = "-n '__nnc_is \(command.name)'"
    for option in command.options {
      lines += "complete -c nnc \(isCommand)" + (option.short.map { " -s \($0)" } ?? "")
      lines += " -l \(option.name)" + (option.offer.map { " -x" + arguments($0) } ?? "")
      lines += " -d \(quoted(option.help))\n"
    }
    let operands = arguments(command.offer)
    if command.operandCount.upperBound > 0, !operands.isEmpty {
      lines += "complete -c nnc \(isCommand)\(operands)\n"
    }
  }
  return """
    # Completion of nnc's calls for fish, written by `nnc completions fish`.

    function __nnc_wants_command
        test (count (commandline -opc)) = 1
    end

    function __nnc_is
        set -l words (commandline -opc)
        test (count $words) -gt 1; and test $words[2] = $argv[1]
    end

    # Files with one of these endings, and folders.
    function __nnc_files
        set -l word (commandline -ct | string replace -r -- '^-[^=]*=' '')
        for file in $word*
            if test -d $file
                echo $file/
            else if string match -q -r -- '[.]('(string join '|' $argv)')$' $file
                echo $file
            end
        end
    end

    complete -c nnc -f
    complete -c nnc -n __nnc_wants_command -s h -l help -d 'print the help'
    complete -c nnc -n __nnc_wants_command -s V -l version -d 'print the version'
    \(lines)
    """
}

/// How fish is told what may stand there.
private func arguments(_ offer: Offer) -> String {
  switch offer {
  case .nothing: ""
  case .words, .topics: " -a \(quoted(offer.words!.joined(separator: " ")))"
  case .files(let endings):
    endings.isEmpty
      ? " -a '(__fish_complete_path)'" : " -a '(__nnc_files \(endings.joined(separator: " ")))'"
  case .folders: " -a '(__fish_complete_directories)'"
  }
}

private func quoted(_ text: String) -> String {
  "'\(text.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
}
