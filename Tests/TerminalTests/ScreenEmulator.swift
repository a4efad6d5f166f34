/// A small VT100: what a user would see of the bytes an editor sends.
///
/// It has its own, coarser idea of character widths, so that it checks the editor's.
struct ScreenEmulator {
  let columns: Int
  let rows: Int
  private(set) var scrolledOff: [String] = []
  private(set) var row = 0
  private(set) var column = 0
  private(set) var bells = 0
  private(set) var bracketedPaste = false
  /// Sequences that this terminal does not know; none are expected.
  private(set) var unknown: [String] = []

  private var cells: [[String]]
  private var pendingWrap = false
  private var joins = false
  private var bytes: [UInt8] = []
  private var sequence: String?

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: Array(repeating: " ", count: columns), count: rows)
  }

  /// The rows with what follows the last visible character removed, and no empty rows at the end.
  var text: [String] {
    var lines = cells.map { line -> String in
      var line = line.joined()
      while line.last == " " { line.removeLast() }
      return line
    }
    while lines.last == "" { lines.removeLast() }
    return lines
  }

  /// What stands under the cursor.
  var cellAtCursor: String { cells[row][min(column, columns - 1)] }

  mutating func feed(_ input: some Sequence<UInt8>) {
    for byte in input {
      bytes.append(byte)
      guard let text = String(validating: bytes, as: UTF8.self) else { continue }
      bytes = []
      for scalar in text.unicodeScalars { feed(scalar) }
    }
  }

  private mutating func feed(_ scalar: Unicode.Scalar) {
    if let begun = sequence {
      sequence = begun + String(scalar)
      if begun == "\u{1B}" {
        if scalar != "[" { unknown.append(sequence!) }
        if scalar != "[" { sequence = nil }
      } else if (0x40...0x7E).contains(scalar.value) {
        control(sequence!)
        sequence = nil
      }
      return
    }
    switch scalar {
    case "\u{1B}": sequence = "\u{1B}"
    case "\u{07}": bells += 1
    case "\r": (column, pendingWrap) = (0, false)
    case "\n": lineFeed()
    default:
      if scalar.value < 0x20 { unknown.append("control \(scalar.value)") } else { put(scalar) }
    }
  }

  private mutating func control(_ sequence: String) {
    let body = sequence.dropFirst(2).dropLast()
    let amount = Int(body) ?? 1
    switch sequence.last! {
    case "A": row = max(0, row - amount)
    case "B": row = min(rows - 1, row + amount)
    case "C": column = min(columns - 1, column + amount)
    case "D": column = max(0, column - amount)
    case "H" where body.isEmpty: (row, column) = (0, 0)
    case "J" where body.isEmpty:
      erase(row, column)
      for below in row + 1..<max(rows, row + 1) { erase(below, 0) }
    case "J" where body == "2": for row in 0..<rows { erase(row, 0) }
    case "K" where body.isEmpty: erase(row, column)
    case "m": return
    case "h" where body == "?2004": bracketedPaste = true
    case "l" where body == "?2004": bracketedPaste = false
    default: unknown.append(String(sequence.dropFirst()))
    }
    pendingWrap = false
  }

  private mutating func erase(_ row: Int, _ start: Int) {
    for column in start..<columns { cells[row][column] = " " }
  }

  private mutating func lineFeed() {
    pendingWrap = false
    if row + 1 < rows {
      row += 1
      return
    }
    scrolledOff.append(cells.removeFirst().joined())
    cells.append(Array(repeating: " ", count: columns))
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = joins ? 0 : Self.width(scalar)
    joins = scalar.value == 0x200D
    if width == 0 {
      let last = pendingWrap ? columns - 1 : column - 1
      guard last >= 0 else { return }
      let cell = cells[row][last].isEmpty && last > 0 ? last - 1 : last
      cells[row][cell].unicodeScalars.append(scalar)
      return
    }
    if pendingWrap || column + width > columns {
      column = 0
      lineFeed()
    }
    cells[row][column] = String(scalar)
    if width == 2 { cells[row][column + 1] = "" }
    column += width
    if column >= columns { (column, pendingWrap) = (columns - 1, true) }
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x300...0x36F, 0x200D, 0xFE0F, 0x1F3FB...0x1F3FF: 0
    case 0x2E80...0x9FFF, 0xAC00...0xD7A3, 0xFF01...0xFF60, 0x1F300...0x1FAFF: 2
    default: 1
    }
  }
}
