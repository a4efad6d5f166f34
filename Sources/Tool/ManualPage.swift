import NNCText

/// The manual page of the tool, for `man`.
func manualPage() -> String {
  var text = """
    .TH NNC 1 \(released) "nnc \(version)" "User Commands"
    .SH NAME
    nnc \\- compile small neural networks
    .SH SYNOPSIS
    .B nnc
    .I COMMAND
    .RI [ OPTIONS ]
    .RI [ OPERANDS ]
    .SH DESCRIPTION
    .B nnc
    reads a network in a few lines, builds one symbolic expression graph of it, derives the
    gradients by the chain rule, simplifies them, and then runs the result or writes it out as C or
    Swift that needs no library.
    .PP
    An option\(roff("'"))s value may follow it or be joined to it:
    \(roff("`--name value`, `--name=value`, `-n value`, `-nvalue`. `--` ends the options; `-` as a"))
    file is standard input or output.
    .SH COMMANDS

    """
  for command in commands { text += section(of: command) }
  text += ".SH EXIT STATUS\n"
  for status in ExitStatus.allCases {
    text += ".TP\n\(status.rawValue)\n\(roff(status.meaning)).\n"
  }
  return text
}

private func section(of command: Command) -> String {
  var text = ".SS \(roff(command.usage))\n\(roff(command.sentence))\n"
  for paragraph in command.details { text += ".PP\n\(roff(paragraph))\n" }
  for option in command.options {
    let names = (option.short.map { ["-\($0)"] } ?? []) + ["--\(option.name)"]
    let spelled = names.map { "\\fB\(roff($0))\\fR" }.joined(separator: ", ")
    let value = option.placeholder.map { " \\fI\(roff($0))\\fR" } ?? ""
    text += ".TP\n\(spelled)\(value)\n\(roff(option.help))\n"
  }
  text += ".PP\nExamples:\n"
  for example in command.examples {
    text += ".TP\n\\fB\(roff(example.call))\\fR\n\(roff(example.purpose))\n"
  }
  return text
}

/// A text as roff spells it; what stands between backquotes is bold.
private func roff(_ text: String) -> String {
  let parts = text.split(separator: "`", omittingEmptySubsequences: false)
  var result = ""
  for (number, part) in parts.enumerated() {
    if number > 0 { result += number % 2 == 1 ? "\\fB" : "\\fR" }
    result += String(part).escaped(for: .manual)
  }
  return result
}
