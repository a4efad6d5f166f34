import NNCDiagnostics

/// Rows of cells in columns, two blanks between them; numbers stand to the right. Each row is one line, whatever its
/// cells hold.
public func alignedTable(_ rows: [[String]]) -> String {
  let rows = rows.map { $0.map(printableOnOneLine) }
  let columns = rows.map(\.count).max() ?? 0
  var widths = [Int](repeating: 0, count: columns)
  var isNumeric = [Bool](repeating: true, count: columns)
  for (index, row) in rows.enumerated() {
    for (column, cell) in row.enumerated() {
      widths[column] = max(widths[column], cell.count)
      if index > 0, Double(cell) == nil { isNumeric[column] = false }
    }
  }
  var text = ""
  for row in rows {
    var line = ""
    for (column, cell) in row.enumerated() {
      let blanks = String(repeating: " ", count: widths[column] - cell.count)
      line += (column > 0 ? "  " : "") + (isNumeric[column] ? blanks + cell : cell + blanks)
    }
    while line.last == " " { line.removeLast() }
    text += line + "\n"
  }
  return text
}
