/// The help of the whole tool.
func toolHelp() -> String {
  let width = (commands.map(\.name.count).max() ?? 0) + 2
  let rows = commands.map { "  \(padded($0.name, width))\($0.summary)\n" }.joined()
  return """
    nnc compiles neural networks: a few lines of layers in, readable C or Swift out.

    Examples
      nnc compile net.nn --emit c -o build/     write net.h and net.c
      nnc eval net.nn                           explore the network at a prompt
      nnc eval -e 'diff(x^2, x)'                differentiate an expression

    Usage: nnc COMMAND [OPTIONS] [OPERANDS]

    Commands
    \(rows)
    `nnc COMMAND --help` explains a command, `nnc help CODE` a message's code, `nnc --version`
    tells the version. Exit status: 0 well, 1 the input is wrong, 2 the call is wrong, 3 the
    machine failed.

    """
}

/// The help of one command: examples first.
func help(of command: Command) -> String {
  var text = "\(command.sentence)\n\nExamples\n"
  let width = (command.examples.map(\.call.count).max() ?? 0) + 2
  let isWide = command.examples.contains { $0.purpose.count + width > 94 }
  for example in command.examples {
    text +=
      isWide
      ? "  \(example.call)\n      \(example.purpose)\n"
      : "  \(padded(example.call, width))\(example.purpose)\n"
  }
  text += "\nUsage: \(command.usage)\n"
  for paragraph in command.details { text += "\n" + wrapped(paragraph, indent: 0) }
  let left = command.options.map { option in
    let short = option.short.map { "-\($0), " } ?? "    "
    return "\(short)--\(option.name)" + (option.placeholder.map { " \($0)" } ?? "")
  }
  text += "\nOptions\n"
  let column = 26
  for (name, option) in zip(left, command.options) {
    let lines = wrapped(option.help, indent: column).dropFirst(column)
    if name.count + 4 <= column {
      text += padded("  " + name, column) + lines
    } else {
      text += "  \(name)\n" + padded("", column) + lines
    }
  }
  return text
}

/// A text with blanks behind it, to a width.
func padded(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

/// A text in lines of at most 96 columns, each behind `indent` blanks.
func wrapped(_ text: String, indent: Int) -> String {
  let margin = String(repeating: " ", count: indent)
  var lines = ""
  var line = ""
  for word in text.split(separator: " ") {
    if !line.isEmpty, indent + line.count + 1 + word.count > 96 {
      lines += margin + line + "\n"
      line = ""
    }
    line += line.isEmpty ? String(word) : " \(word)"
  }
  return lines + margin + line + "\n"
}
