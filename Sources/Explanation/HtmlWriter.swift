import NNCGraph
import NNCText

/// Writes a document as one page: MathML, inline SVG and a style sheet, no script and nothing from elsewhere.
struct HtmlWriter {
  let printer: SidePrinter
  private let plain: SidePrinter
  private let latex: SidePrinter

  init(_ sheet: Worksheet) {
    printer = SidePrinter(sheet, .mathml)
    plain = SidePrinter(sheet, .unicode)
    latex = SidePrinter(sheet, .latex)
  }

  func text(_ document: Document) -> String {
    var contents = ""
    var number = 0
    for block in document.blocks {
      guard case .heading(1, let title) = block else { continue }
      number += 1
      contents += "<li><a href=\"#part\(number)\">\(title.escaped(for: .markup))</a></li>\n"
    }
    number = 0
    let body = document.blocks.map { block -> String in
      if case .heading(1, let title) = block {
        number += 1
        return "<h2 id=\"part\(number)\">\(title.escaped(for: .markup))</h2>\n"
      }
      return self.block(block)
    }.joined()
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>\(document.title.escaped(for: .markup))</title>
      <style>
      \(styleSheet)</style>
      </head>
      <body>
      <header>
      <h1>\(document.title.escaped(for: .markup))</h1>
      </header>
      <nav aria-label="Contents">
      <ol>
      \(contents)</ol>
      </nav>
      <main>
      \(body)</main>
      </body>
      </html>

      """
  }

  private func block(_ block: Document.Block) -> String {
    switch block {
    case .heading(let level, let title):
      return "<h\(level + 1)>\(title.escaped(for: .markup))</h\(level + 1)>\n"
    case .paragraph(let inlines): return "<p>\(line(inlines))</p>\n"
    case .equations(let equations): return self.equations(equations)
    case .table(let caption, let head, let rows):
      let top = head.map { "<th scope=\"col\">\($0.escaped(for: .markup))</th>" }.joined()
      let lines = rows.map { row in
        "<tr>"
          + row.enumerated().map { place, cell in
            place == 0 ? "<th scope=\"row\">\(line(cell))</th>" : "<td>\(line(cell))</td>"
          }.joined() + "</tr>\n"
      }.joined()
      return """
        <div class="wide" tabindex="0" role="region" aria-label="\(caption.escaped(for: .markup))">
        <table>
        <caption>\(caption.escaped(for: .markup))</caption>
        <thead><tr>\(top)</tr></thead>
        <tbody>
        \(lines)</tbody>
        </table>
        </div>

        """
    case .figure(let svg, let caption):
      return """
        <figure aria-label="\(caption.escaped(for: .markup))">
        <div class="wide" tabindex="0" role="region" aria-label="Drawing">
        \(svg)</div>
        <figcaption>\(caption.escaped(for: .markup))</figcaption>
        </figure>

        """
    case .code(_, let text):
      return "<pre tabindex=\"0\"><code>\(text.escaped(for: .markup))</code></pre>\n"
    case .folded(let summary, let inner):
      return """
        <details>
        <summary>\(line(summary))</summary>
        \(inner.map(self.block).joined())</details>

        """
    }
  }

  private func equations(_ equations: [Document.Equation]) -> String {
    let lines = equations.map { equation -> String in
      let note = equation.note.map { "<p class=\"note\">\($0.escaped(for: .markup))</p>\n" } ?? ""
      let rows = equation.sides.dropFirst().enumerated().map { place, side in
        "<mtr><mtd class=\"l\">\(place == 0 ? wrapped(equation.sides[0]) : "")</mtd>"
          + "<mtd class=\"m\">\(printer.relation(side))</mtd><mtd class=\"r\">\(wrapped(side))</mtd></mtr>"
      }.joined()
      return """
        <div class="equation level\(equation.level)">
        \(note)<div class="wide" tabindex="0" role="group" aria-label="\(spoken(equation).escaped(for: .markup))">
        <math displaystyle="true"><mtable class="sides">\(rows)</mtable></math>
        </div>
        </div>

        """
    }.joined()
    return "<div class=\"equations\">\n\(lines)</div>\n" + source(equations)
  }

  /// The equations in LaTeX, to be copied.
  private func source(_ equations: [Document.Equation]) -> String {
    let lines = equations.map { equation in
      equation.sides.enumerated().map {
        ($0.offset > 0 ? " \(latex.relation($0.element)) " : "") + latex.text($0.element)
      }.joined()
    }
    return """
      <details class="source">
      <summary>LaTeX</summary>
      <pre tabindex="0"><code>\(lines.joined(separator: "\n").escaped(for: .markup))</code></pre>
      </details>

      """
  }

  private func spoken(_ equation: Document.Equation) -> String {
    let text = plain.text(equation.sides[0])
    return text.count <= 60 ? "Equation for \(text)" : "Equation"
  }

  private func wrapped(_ side: Document.Side) -> String { "<mrow>\(printer.text(side))</mrow>" }

  private func line(_ inlines: [Document.Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text): text.escaped(for: .markup)
      case .code(let text): "<code>\(text.escaped(for: .markup))</code>"
      case .number(let text): printer.plain(text).escaped(for: .markup)
      case .math(let sides):
        "<math>"
          + sides.enumerated().map {
            ($0.offset > 0 ? printer.relation($0.element) : "") + wrapped($0.element)
          }.joined() + "</math>"
      }
    }.joined()
  }
}
