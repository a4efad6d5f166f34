import NNC

@testable import NNCTool

/// The pages of the manual that are made from the code's tables as a whole, by their paths in the catalogue.
func generatedPages() -> [String: String] {
  var pages = ["Diagnostics.md": diagnosticsPage()]
  for command in commands { pages["Commands/nnc-\(command.name).md"] = page(of: command) }
  return pages
}

/// What a generated page says of itself.
private let origin = "<!-- Made from the table of commands and codes; see CONTRIBUTING.md. -->"

private func page(of command: Command) -> String {
  var text = """
    # nnc \(command.name)

    @Metadata {
      @TitleHeading("Command")
    }

    \(origin)

    \(command.sentence)

    ```text
    \(command.usage)
    ```

    """
  for paragraph in command.details { text += "\n\(prose(paragraph))\n" }
  text += "\n## Examples\n\n```sh\n"
  text += command.examples.map { "# \($0.purpose)\n\($0.call)\n" }.joined(separator: "\n")
  text += "```\n\n## Options\n\n"
  text += markdownTable(
    ["option", "what it does"],
    command.options.map { option in
      let names = (option.short.map { ["-\($0)"] } ?? []) + ["--\(option.name)"]
      let value = option.placeholder.map { " \($0)" } ?? ""
      return [
        code(names.joined(separator: ", ") + value),
        prose(option.help) + (option.repeats ? "; may be given several times" : ""),
      ]
    })
  return text
}

private func diagnosticsPage() -> String {
  var text = """
    # Messages

    \(origin)

    What each message means and what to do.

    ## Overview

    Every message has a code, a place, a cause and, where one is likely, a remedy. `nnc help CODE`
    prints what stands here.

    """
  for code in diagnosticCodes {
    text += "\n### \(code.code): \(code.title)\n\n\(prose(code.explanation))\n"
    text += example("Reported for", code.erroneous) + example("Put right", code.corrected)
  }
  return text
}

/// A source under a title; nothing where there is none to show.
private func example(_ title: String, _ source: String) -> String {
  if source.isEmpty { return "" }
  let text = source.hasSuffix("\n") ? source : source + "\n"
  return "\n\(title):\n\n```text\n\(text)```\n"
}
