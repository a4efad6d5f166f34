/// Writes a diagnostic as rustc does:
///
///     error[N0201]: unknown layer `sigmod`
///      --> net.nn:2:1
///       |
///     2 | sigmod
///       | ^^^^^^ there is no such layer
///       |
///       = help: did you mean `sigmoid`?
struct HumanRenderer {
  let source: SourceFile
  let isColoured: Bool

  /// A label's part on one line.
  struct Mark {
    var line: Int
    var bytes: Range<Int>
    var text: String
    var isPrimary: Bool
  }

  func text(of diagnostic: Diagnostic, _ locator: inout SourceLocator) -> String {
    let style: AnsiStyle = diagnostic.severity == .error ? .error : .warning
    let code = diagnostic.code.isEmpty ? "" : "[\(diagnostic.code)]"
    let head = diagnostic.severity.rawValue + code
    var text = style.paint(head, isColoured)
    text += AnsiStyle.bold.paint(": " + onOneLine(diagnostic.message), isColoured) + "\n"
    let labels = [diagnostic.primary] + diagnostic.secondary
    let marks = labels.enumerated().flatMap {
      self.marks(of: $0.element, isPrimary: $0.offset == 0)
    }
    let lastLine = marks.map(\.line).max() ?? 0
    let gutter = String(repeating: " ", count: marks.isEmpty ? 1 : String(lastLine + 1).count)
    text += gutter + frame("-->") + " " + onOneLine(source.name)
    if let span = diagnostic.primary.span {
      let (line, column) = locator.location(of: Int(span.start))
      text += ":\(line):\(column)"
    }
    text += "\n"
    if !marks.isEmpty {
      text += "\(gutter) \(frame("|"))\n"
      text += lines(marks, gutter: gutter, style: style)
    }
    let notes = self.notes(of: diagnostic, labels)
    if !notes.isEmpty, !marks.isEmpty { text += "\(gutter) \(frame("|"))\n" }
    for (kind, note) in notes {
      let kindText = (kind == "help" ? AnsiStyle.help : .bold).paint(kind, isColoured)
      text += "\(gutter) \(frame("=")) \(kindText): \(onOneLine(note))\n"
    }
    return text
  }

  private func frame(_ text: String) -> String { AnsiStyle.frame.paint(text, isColoured) }

  /// What stands below the source: labels without a place, notes, and fixes.
  private func notes(
    of diagnostic: Diagnostic, _ labels: [Diagnostic.Label]
  ) -> [(kind: String, text: String)] {
    let placeless = labels.filter { $0.span == nil && !$0.text.isEmpty }.map { ("note", $0.text) }
    return placeless + diagnostic.notes.map { ("note", $0) }
      + diagnostic.fixes.map { ("help", $0.message) }
  }

  /// The marks of a label: one, or for a label across lines one at its start and one at its end.
  private func marks(of label: Diagnostic.Label, isPrimary: Bool) -> [Mark] {
    guard let span = label.span else { return [] }
    let range = span.range.clamped(to: 0..<source.bytes.count)
    let first = source.line(of: range.lowerBound)
    let last = source.line(of: max(range.lowerBound, range.upperBound - 1))
    if first == last {
      return [Mark(line: first, bytes: range, text: label.text, isPrimary: isPrimary)]
    }
    let head = source.extent(ofLine: first)
    let tail = source.extent(ofLine: last)
    let indent = source.bytes[tail].prefix { $0 == 0x20 || $0 == 0x09 }.count
    let end = max(range.upperBound, tail.lowerBound)
    let start = min(tail.lowerBound + indent, end)
    return [
      Mark(
        line: first, bytes: range.lowerBound..<max(head.upperBound, range.lowerBound), text: "",
        isPrimary: isPrimary),
      Mark(line: last, bytes: start..<end, text: label.text, isPrimary: isPrimary),
    ]
  }

  /// The source lines of the marks in order, each with its underlines.
  private func lines(_ marks: [Mark], gutter: String, style: AnsiStyle) -> String {
    var text = ""
    var shown: Int?
    for line in Set(marks.map(\.line)).sorted() {
      if let shown, line > shown + 1 { text += frame("...") + "\n" }
      shown = line
      let extent = source.extent(ofLine: line)
      let onLine = marks.filter { $0.line == line }
      // On a long line each mark has an excerpt of its own.
      let groups = extent.count <= LineExcerpt.maximumWidth ? [onLine] : onLine.map { [$0] }
      for group in groups {
        let low = group.map(\.bytes.lowerBound).min() ?? extent.lowerBound
        let high = group.map(\.bytes.upperBound).max() ?? extent.upperBound
        let excerpt = LineExcerpt(source, line: extent, around: low..<high)
        let number = String(line + 1)
        let padding = String(repeating: " ", count: gutter.count - number.count)
        let source = excerpt.text.isEmpty ? "" : " " + excerpt.text
        text += padding + frame(number + " |") + source + "\n"
        let rows = Underlines(group, excerpt).rows(style, isColoured)
        text += rows.map { "\(gutter) \(frame("|")) \($0)\n" }.joined()
      }
    }
    return text
  }
}
