import NNCGraph
import NNCText

/// Writes a document as plain text for a terminal, or as Markdown.
struct TextWriter {
  let printer: SidePrinter
  /// Whether formulas stand between dollars, tables between bars, as in Markdown.
  let isMarkdown: Bool

  init(_ sheet: Worksheet, markdown: Bool, ascii: Bool = false) {
    printer = SidePrinter(sheet, markdown ? .latex : ascii ? .text : .unicode)
    isMarkdown = markdown
  }

  func text(_ document: Document) -> String {
    var text = isMarkdown ? "# \(marked(document.title))\n" : underlined(document.title, "=")
    text += blocks(document.blocks, heading: 2)
    return text
  }

  private func blocks(_ blocks: [Document.Block], heading: Int) -> String {
    blocks.map { "\n" + block($0, heading) }.joined()
  }

  private func block(_ block: Document.Block, _ heading: Int) -> String {
    switch block {
    case .heading(let level, let title):
      return isMarkdown
        ? String(repeating: "#", count: level + 1) + " \(marked(title))\n"
        : underlined(title, level == 1 ? "-" : "·")
    case .paragraph(let inlines): return wrapped(line(inlines)) + "\n"
    case .equations(let equations): return self.equations(equations)
    case .table(let caption, let head, let rows): return table(caption, head, rows)
    case .figure(_, let caption): return isMarkdown ? "*\(marked(caption))*\n" : "(\(caption))\n"
    case .code(let language, let text):
      if isMarkdown { return fenced(text, language) }
      return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        .map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined()
    case .folded(let summary, let inner):
      let title = line(summary)
      if isMarkdown {
        return
          "<details><summary>\(html(summary))</summary>\n\(blocks(inner, heading: heading))\n</details>\n"
      }
      return title + "\n" + blocks(inner, heading: heading)
    }
  }

  private func equations(_ equations: [Document.Equation]) -> String {
    if isMarkdown {
      let lines = equations.map { equation -> String in
        let sides = equation.sides
        var text = printer.text(sides[0])
        for (place, side) in sides.dropFirst().enumerated() {
          text += (place > 0 ? " \\\\\n" : "") + " &\(printer.relation(side)) \(printer.text(side))"
        }
        let note = equation.note.map { " && \\text{\($0.escaped(for: .latex))}" } ?? ""
        return text + note
      }
      return "$$\n\\begin{aligned}\n\(lines.joined(separator: " \\\\\n"))\n\\end{aligned}\n$$\n"
    }
    var text = ""
    for equation in equations {
      let indent = String(repeating: "  ", count: equation.level + 1)
      let left = printer.text(equation.sides[0])
      if let note = equation.note { text += "\(indent)\(note)\n" }
      let more = equation.note == nil ? indent : indent + "    "
      // Short equations stand on one line, longer ones have a line for each side.
      var line = more + left
      let blanks = String(repeating: " ", count: more.count + min(left.count, 12))
      for (place, side) in equation.sides.dropFirst().enumerated() {
        let next = " \(printer.relation(side)) \(printer.text(side))"
        if place > 0, line.count + next.count > 96 || equation.sides.count > 3 {
          text += line + "\n"
          line = blanks + next
        } else {
          line += next
        }
      }
      text += line + "\n"
    }
    return text
  }

  private func table(_ caption: String, _ head: [String], _ rows: [[[Document.Inline]]]) -> String {
    let cells = [head] + rows.map { $0.map(line) }
    if isMarkdown {
      let lines = cells.map {
        "| \($0.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ")) |\n"
      }
      let rule = "|\(head.indices.map { $0 == 0 ? " --- |" : " ---: |" }.joined())\n"
      return "*\(marked(caption))*\n\n" + lines[0] + rule + lines.dropFirst().joined()
    }
    let widths = head.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    let lines = cells.map { row -> String in
      var line = " "
      for (column, cell) in row.enumerated() {
        let blanks = String(repeating: " ", count: widths[column] - cell.count)
        line += " " + (column == 0 ? cell + blanks : blanks + cell) + " "
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }
    return caption + "\n\n" + lines.joined()
  }

  func line(_ inlines: [Document.Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text): isMarkdown ? marked(text) : text
      case .code(let text): "`\(text)`"
      case .number(let text): printer.plain(text)
      case .math(let sides):
        isMarkdown ? "$\(joined(sides))$" : joined(sides)
      }
    }.joined()
  }

  /// For the summary of a fold, where Markdown is not read: math as plain text.
  private func html(_ inlines: [Document.Inline]) -> String {
    let plain = SidePrinter(printer.sheet, .unicode)
    return inlines.map { inline in
      switch inline {
      case .text(let text), .code(let text): text.escaped(for: .markup)
      case .number(let text): plain.plain(text)
      case .math(let sides): sides.map { plain.text($0) }.joined(separator: " = ")
      }
    }.joined()
  }

  private func marked(_ text: String) -> String { text.escaped(for: .markdown) }

  /// A text between fences longer than all that it holds.
  private func fenced(_ text: String, _ language: String) -> String {
    var fence = "```"
    while text.contains(fence) { fence += "`" }
    return "\(fence)\(language)\n\(text)\(fence)\n"
  }

  private func joined(_ sides: [Document.Side]) -> String {
    var text = printer.text(sides[0])
    for side in sides.dropFirst() { text += " \(printer.relation(side)) \(printer.text(side))" }
    return text
  }

  private func wrapped(_ text: String) -> String {
    if isMarkdown { return text }
    var result = ""
    var column = 0
    for word in text.split(separator: " ") {
      if column > 0, column + 1 + word.count > 96 {
        result += "\n"
        column = 0
      }
      result += (column > 0 ? " " : "") + word
      column += word.count + (column > 0 ? 1 : 0)
    }
    return result
  }

  private func underlined(_ title: String, _ mark: String) -> String {
    "\(title)\n\(String(repeating: mark, count: title.count))\n"
  }
}
