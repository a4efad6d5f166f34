/// The rows below a source line: the underlines, and the labels' texts.
///
///     ^^^^ ----- the rightmost text
///     |
///     a text further left
struct Underlines {
  private struct Label {
    var columns: Range<Int>
    var text: String
    var isPrimary: Bool
  }

  private let labels: [Label]

  init(_ marks: [HumanRenderer.Mark], _ excerpt: LineExcerpt) {
    labels =
      marks.map {
        Label(columns: excerpt.columns(of: $0.bytes), text: $0.text, isPrimary: $0.isPrimary)
      }
      .sorted {
        ($0.columns.lowerBound, $1.isPrimary ? 1 : 0) < (
          $1.columns.lowerBound, $0.isPrimary ? 1 : 0
        )
      }
  }

  /// The rows, from the left edge of the source's text.
  func rows(_ style: AnsiStyle, _ isColoured: Bool) -> [String] {
    let width = labels.map(\.columns.upperBound).max() ?? 0
    var signs = [Label?](repeating: nil, count: width)
    for label in labels.filter({ !$0.isPrimary }) + labels.filter(\.isPrimary) {
      for column in label.columns { signs[column] = label }
    }
    var row = ""
    var column = 0
    while column < width {
      let start = column
      let primary = signs[start]?.isPrimary
      while column < width, signs[column]?.isPrimary == primary { column += 1 }
      let sign = primary == nil ? " " : primary == true ? "^" : "-"
      row += paint(String(repeating: sign, count: column - start), primary, style, isColoured)
    }
    var hanging = labels
    if let last = hanging.last,
      hanging.dropLast().allSatisfy({
        $0.columns.upperBound <= last.columns.lowerBound
      })
    {
      hanging.removeLast()
      if !last.text.isEmpty {
        row += " " + paint(onOneLine(last.text), last.isPrimary, style, isColoured)
      }
    }
    return [row] + hangingRows(hanging.filter { !$0.text.isEmpty }, style, isColoured)
  }

  /// A row of bars, then each text below its own bar, the rightmost first.
  private func hangingRows(
    _ labels: [Label], _ style: AnsiStyle, _ isColoured: Bool
  ) -> [String] {
    func bars(_ labels: some Sequence<Label>) -> (String, width: Int) {
      var row = ""
      var width = 0
      for label in labels where label.columns.lowerBound >= width {
        row += String(repeating: " ", count: label.columns.lowerBound - width)
        row += paint("|", label.isPrimary, style, isColoured)
        width = label.columns.lowerBound + 1
      }
      return (row, width)
    }
    guard !labels.isEmpty else { return [] }
    var rows = [bars(labels).0]
    for (index, label) in labels.enumerated().reversed() {
      let left = labels[..<index].filter { $0.columns.lowerBound < label.columns.lowerBound }
      let (row, width) = bars(left)
      let gap = String(repeating: " ", count: label.columns.lowerBound - width)
      rows.append(row + gap + paint(onOneLine(label.text), label.isPrimary, style, isColoured))
    }
    return rows
  }

  private func paint(
    _ text: String, _ isPrimary: Bool?, _ style: AnsiStyle, _ isColoured: Bool
  ) -> String {
    guard let isPrimary else { return text }
    return (isPrimary ? style : .frame).paint(text, isColoured)
  }
}
