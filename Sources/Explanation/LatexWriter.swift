import Graph

/// Writes a document as LaTeX that compiles by itself, with amsmath alone.
struct LatexWriter {
  let printer: SidePrinter

  init(_ sheet: Worksheet) { printer = SidePrinter(sheet, .latex) }

  func text(_ document: Document) -> String {
    """
    \\documentclass[a4paper]{article}
    \\usepackage[utf8]{inputenc}
    \\usepackage[T1]{fontenc}
    \\usepackage{amsmath}
    \\usepackage{longtable}
    \\usepackage[margin=2.5cm]{geometry}
    \\setlength{\\parindent}{0pt}
    \\allowdisplaybreaks
    \\title{\(latexText(document.title))}
    \\date{}
    \\begin{document}
    \\maketitle

    """ + blocks(document.blocks) + "\\end{document}\n"
  }

  private func blocks(_ blocks: [Document.Block]) -> String {
    blocks.map { block($0) + "\n" }.joined()
  }

  private func block(_ block: Document.Block) -> String {
    switch block {
    case .heading(let level, let title):
      return "\\\(level == 1 ? "" : "sub")section*{\(latexText(title))}\n"
    case .paragraph(let inlines): return line(inlines) + "\n"
    case .equations(let equations):
      return "\\begin{align*}\n"
        + equations.map(equation).joined(separator: " \\\\\n") + "\n\\end{align*}\n"
    case .table(let caption, let head, let rows):
      let columns = "l" + String(repeating: "r", count: head.count - 1)
      let lines = rows.map { $0.map(line).joined(separator: " & ") + " \\\\\n" }.joined()
      return "\(latexText(caption))\n\n\\begin{longtable}{\(columns)}\n"
        + head.map(latexText).joined(separator: " & ") + " \\\\\n\\hline\n\\endhead\n"
        + "\(lines)\\end{longtable}\n"
    case .figure(_, let caption): return "(\(latexText(caption)))\n"
    case .code(_, let text): return "\\begin{verbatim}\n\(text)\\end{verbatim}\n"
    case .folded(let summary, let inner): return "\\textbf{\(line(summary))}\n\n" + blocks(inner)
    }
  }

  private func equation(_ equation: Document.Equation) -> String {
    var lines: [String] = []
    if let note = equation.note { lines.append("\\text{\(latexText(note))} & ") }
    let left = String(repeating: "\\quad ", count: equation.level) + printer.text(equation.sides[0])
    for (place, side) in equation.sides.dropFirst().enumerated() {
      lines.append("\(place == 0 ? left : "") &\(printer.relation(side)) \(printer.text(side))")
    }
    return lines.joined(separator: " \\\\\n")
  }

  private func line(_ inlines: [Document.Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text): latexText(text)
      case .code(let text): "\\texttt{\(latexText(text))}"
      case .math(let sides):
        "$"
          + sides.enumerated().map {
            ($0.offset > 0 ? " \(printer.relation($0.element)) " : "") + printer.text($0.element)
          }.joined() + "$"
      }
    }.joined()
  }
}
