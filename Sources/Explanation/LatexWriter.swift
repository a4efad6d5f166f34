import NNCGraph
import NNCText

/// Writes a document as LaTeX that compiles by itself, with amsmath alone.
struct LatexWriter {
  let printer: SidePrinter
  /// What tells how long a formula is, roughly: a character of it is about as wide as one in print.
  private let measure: SidePrinter

  /// Characters of Unicode that surely fit between the margins.
  private static let width = 60

  init(_ sheet: Worksheet) {
    printer = SidePrinter(sheet, .latex)
    measure = SidePrinter(sheet, .unicode)
  }

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
    \\title{\(document.title.escaped(for: .latex))}
    \\date{}
    \\begin{document}
    \\raggedright
    \\maketitle

    """ + blocks(document.blocks) + "\\end{document}\n"
  }

  private func blocks(_ blocks: [Document.Block]) -> String {
    blocks.map { block($0) + "\n" }.joined()
  }

  private func block(_ block: Document.Block) -> String {
    switch block {
    case .heading(let level, let title):
      return "\\\(level == 1 ? "" : "sub")section*{\(title.escaped(for: .latex))}\n"
    case .paragraph(let inlines): return line(inlines) + "\n"
    case .equations(let equations): return self.equations(equations)
    case .table(let caption, let head, let rows): return table(caption, head, rows)
    case .figure(_, let caption): return "(\(caption.escaped(for: .latex)))\n"
    case .code(_, let text): return code(text)
    case .folded(let summary, let inner): return "\\textbf{\(line(summary))}\n\n" + blocks(inner)
    }
  }

  /// Short equations are aligned at their relations; the others are broken by TeX.
  private func equations(_ equations: [Document.Equation]) -> String {
    var result = ""
    var aligned: [String] = []
    func flush() {
      if aligned.isEmpty { return }
      result += "\\begin{align*}\n\(aligned.joined(separator: " \\\\\n"))\n\\end{align*}\n"
      aligned = []
    }
    for equation in equations {
      if equation.note == nil, isShort(equation) {
        aligned.append(row(equation))
      } else {
        flush()
        result += paragraph(equation)
      }
    }
    flush()
    return result
  }

  private func isShort(_ equation: Document.Equation) -> Bool {
    let widths = equation.sides.map { measure.text($0).count }
    return widths[0] + (widths.dropFirst().max() ?? 0) <= Self.width
  }

  private func row(_ equation: Document.Equation) -> String {
    equation.sides.dropFirst().enumerated().map { place, side in
      (place == 0 ? printer.text(equation.sides[0]) : "")
        + " &\(printer.relation(side)) \(printer.text(side))"
    }.joined(separator: " \\\\\n")
  }

  /// An equation as running text, further lines of it set in, so that TeX breaks it where it is too long.
  private func paragraph(_ equation: Document.Equation) -> String {
    let sides = equation.sides.dropFirst().enumerated().map { place, side in
      let left = place == 0 ? printer.text(equation.sides[0]) : ""
      let formula = breakable("\(left) \(printer.relation(side)) \(printer.text(side))")
      return "$\\displaystyle \(formula)$"
    }
    let (outer, inner) = ("\(equation.level * 2)em", "\(equation.level * 2 + 2)em")
    let note = equation.note.map {
      "\\leftskip=\(outer) \($0.escaped(for: .latex))\\par\\nopagebreak\n"
    }
    return "{\\lineskiplimit=3pt\\lineskip=4pt\n\(note ?? "")\\leftskip=\(inner)\\hangindent=2em\n"
      + sides.joined(separator: "\\newline\n") + "\\par}\\medskip\n"
  }

  /// A formula whose parentheses and products do not keep lines from being broken.
  private func breakable(_ formula: String) -> String {
    formula.replacing("\\left(", with: "\\bigl(").replacing("\\right)", with: "\\bigr)")
      .replacing(" \\, ", with: " \\,\\allowbreak ").replacing(", ", with: ",\\allowbreak\\, ")
  }

  private func table(_ caption: String, _ head: [String], _ rows: [[[Document.Inline]]]) -> String {
    let plain = TextWriter(printer.sheet, markdown: false)
    let width = head.indices.reduce(0) { total, column in
      total + 3 + rows.reduce(head[column].count) { max($0, plain.line($1[column]).count) }
    }
    let columns = "l" + String(repeating: "r", count: head.count - 1)
    let lines = rows.map { $0.map(line).joined(separator: " & ") + " \\\\\n" }.joined()
    return "\(caption.escaped(for: .latex))\n\n{\(size(width))\\tabcolsep=\(width > 84 ? 3 : 6)pt\n"
      + "\\begin{longtable}{\(columns)}\n"
      + head.map { $0.escaped(for: .latex) }.joined(separator: " & ")
      + " \\\\\n\\hline\n\\endhead\n"
      + "\(lines)\\end{longtable}}\n"
  }

  /// Code as it is, in a size in which its lines fit, or folded where none does.
  private func code(_ text: String) -> String {
    let most = 120
    let lines = text.escaped(for: .latexVerbatim).split(
      separator: "\n", omittingEmptySubsequences: false
    ).dropLast()
    let folded = lines.flatMap { line -> [Substring] in
      if line.count <= most { return [line] }
      let characters = Array(line)
      return stride(from: 0, to: characters.count, by: most).map {
        Substring(String(characters[$0..<min($0 + most, characters.count)]))
      }
    }
    let size = size(folded.reduce(0) { max($0, $1.count) })
    return "{\(size)\n\\begin{verbatim}\n\(folded.map { $0 + "\n" }.joined())\\end{verbatim}}\n"
  }

  /// The greatest size in which a line of so many characters of code fits between the margins.
  private func size(_ characters: Int) -> String {
    switch characters {
    case ...86: "\\normalsize"
    case ...96: "\\small"
    case ...106: "\\footnotesize"
    default: "\\scriptsize"
    }
  }

  private func line(_ inlines: [Document.Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text): text.escaped(for: .latex)
      case .code(let text): "\\texttt{\(text.escaped(for: .latex))}"
      case .number(let text): printer.plain(text).escaped(for: .latex)
      case .math(let sides):
        "$"
          + sides.enumerated().map {
            ($0.offset > 0 ? " \(printer.relation($0.element)) " : "") + printer.text($0.element)
          }.joined() + "$"
      }
    }.joined()
  }
}
