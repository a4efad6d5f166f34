/// The completions for zsh.
func zshCompletions() -> String {
  let names = commands.map { quoted("\($0.name):\($0.summary)") }.joined(separator: "\n    ")
  let cases = commands.map { command in
    let arguments = command.options.map(argument) + operands(command)
    return "        \(command.name))\n          _arguments -s -S \\\n            "
      + arguments.joined(separator: " \\\n            ") + " ;;\n"
  }
  return """
    #compdef nnc
    # Completion of nnc's calls for zsh, written by `nnc completions zsh`.

    _nnc() {
      local curcontext=$curcontext state line
      local -a commands=(
        \(names)
      )
      _arguments -C \\
        '(- *)'{-h,--help}'[print the help]' \\
        '(- *)'{-V,--version}'[print the version]' \\
        '1: :->command' '*:: :->argument'
      case $state in
        command) _describe command commands ;;
        argument)
          case $line[1] in
    \(cases.joined())      esac ;;
      esac
    }

    if [ "$funcstack[1]" = _nnc ]; then
      _nnc "$@"
    else
      compdef _nnc nnc
    fi

    """
}

/// An option in the language of zsh's `_arguments`.
private func argument(_ option: CommandOption) -> String {
  let help = escaped(option.help, of: "\\[]:")
  let long = "--\(option.name)"
  var value = ""
  if let offer = option.offer {
    value = ":\(escaped(option.placeholder ?? "", of: "\\:")):\(action(offer))"
  }
  let isFlag = option.offer == nil
  guard let short = option.short else {
    return (option.repeats ? "'*'" : "") + quoted("\(long)\(isFlag ? "" : "=")[\(help)]\(value)")
  }
  let exclusion = option.repeats ? "'*'" : "'(-\(short) \(long))'"
  let spellings = isFlag ? "{-\(short),\(long)}" : "{-\(short)+,\(long)=}"
  return exclusion + spellings + quoted("[\(help)]\(value)")
}

/// A command's operands in that language.
private func operands(_ command: Command) -> [String] {
  if command.operandCount.upperBound == 0 { return [] }
  let place = command.operandCount.upperBound == 1 ? "1" : "*"
  let name = escaped(command.operands, of: "\\:")
  return [quoted("\(place):\(name):\(action(command.offer))")]
}

private func action(_ offer: Offer) -> String {
  switch offer {
  case .nothing: " "
  case .words, .topics: "(\(offer.words!.joined(separator: " ")))"
  case .files(let endings):
    // Brackets around a single ending would be zsh's qualifiers of a pattern.
    endings.isEmpty
      ? "_files"
      : endings.count == 1
        ? "_files -g \"*.\(endings[0])\"" : "_files -g \"*.(\(endings.joined(separator: "|")))\""
  case .folders: "_files -/"
  }
}

private func quoted(_ text: String) -> String { "'\(text.replacing("'", with: "'\\''"))'" }

private func escaped(_ text: String, of special: String) -> String {
  String(text.flatMap { special.contains($0) ? ["\\", $0] : [$0] })
}
