import NNCFormats

/// The rows of a delimited text: chosen columns as numbers, the last of them perhaps as labels.
///
/// The text is read once from end to end and checked, when also the labels are collected. Where the numbers fit into
/// memory they are kept; else any row can be read again, and in memory are only the labels and the place of a row
/// every 8 KiB.
struct DelimitedRows: RowSource {
  let count: Int
  /// The labels in the order of their first rows; a label's number in this list stands for it in the rows.
  let labels: [Label]
  private let table: DelimitedText
  private let columns: [Int]
  private let hasLabels: Bool
  private let codes: TextCodes
  private let marks: [Mark]
  private let memory: RowMemory?

  /// Where a row begins.
  private struct Mark {
    let row: Int
    let offset: Int
    let line: Int
  }

  /// Reads a text.
  ///
  /// - Parameters:
  ///   - columns: the columns of each row, counted from 0.
  ///   - hasLabels: whether the last of them holds labels instead of numbers.
  ///   - limit: the most bytes that the numbers may take in memory.
  ///   - progress: is told how far the reading is.
  init(
    _ table: DelimitedText, columns: [Int], hasLabels: Bool, limit: Int,
    progress: ReadingProgress? = nil
  ) throws(FileFailure) {
    self.table = table
    self.columns = columns
    self.hasLabels = hasLabels
    var marks: [Mark] = []
    var labels = LabelCollector(table)
    var numbers = GrowingNumbers()
    var isKept = !columns.isEmpty && columns.count * 8 <= limit
    var row = 0
    let width = table.firstRecord.count
    let values = hasLabels ? columns.count - 1 : columns.count
    let room = UnsafeMutablePointer<Double>.allocate(capacity: max(1, columns.count))
    room.initialize(repeating: 0, count: max(1, columns.count))
    defer { room.deallocate() }
    var reader = RecordReader(
      table.source, delimiter: table.delimiter, offset: table.dataStart.offset,
      line: table.dataStart.line)
    var start = Mark(row: 0, offset: reader.offset, line: reader.nextLine)
    while try reader.next() {
      if reader.fieldCount != width {
        throw .wrong(
          "\(table.source.name):\(reader.line): this row has \(fields(reader.fieldCount)), but "
            + "the first has \(width)")
      }
      let place = isKept ? numbers.room(columns.count) : room
      for index in 0..<values {
        guard case .finite(let value) = reader.number(columns[index]) else {
          let problem = reader.withField(columns[index], Self.problem) ?? ""
          throw table.failure(reader.line, columns[index], problem)
        }
        place[index] = value
      }
      if hasLabels { place[values] = Double(try labels.code(reader, columns[values])) }
      if marks.isEmpty || start.offset - marks.last!.offset >= 1 << 13 { marks.append(start) }
      row += 1
      start = Mark(row: row, offset: reader.offset, line: reader.nextLine)
      if isKept, (row + 1) * columns.count > limit / 8 {
        numbers.clear()
        isKept = false
      }
      if row & 0xFF == 0 { progress?.tell(reader.offset, of: table.source) }
    }
    if row == 0 { throw .wrong("`\(table.source.name)` has a header, but no rows") }
    count = row
    self.marks = marks
    self.labels = labels.labels
    codes = labels.codes
    memory = isKept ? numbers.rows(width: columns.count) : nil
  }

  var width: Int { columns.count }

  func loaded(limit: Int) -> RowMemory? { memory }

  func place(of row: Int) -> String {
    var reader = reader(from: row)
    var next = marks[mark(of: row)].row
    while next <= row, (try? reader.next()) == true { next += 1 }
    return "\(table.source.name):\(reader.line)"
  }

  func read(
    _ rows: ArraySlice<Int>, into numbers: UnsafeMutableBufferPointer<Double>
  ) throws(FileFailure) {
    guard let first = rows.first else { return }
    var reader = reader(from: first)
    var next = marks[mark(of: first)].row
    var place = 0
    for row in rows {
      if row < next || mark(of: row) > mark(of: next) {
        reader = self.reader(from: row)
        next = marks[mark(of: row)].row
      }
      while next <= row {
        guard try reader.next(), reader.fieldCount == table.firstRecord.count else {
          throw changed
        }
        next += 1
      }
      for (index, column) in columns.enumerated() {
        numbers[place] = try number(reader, index, column)
        place += 1
      }
    }
  }

  private func number(
    _ reader: borrowing RecordReader, _ index: Int, _ column: Int
  ) throws(FileFailure) -> Double {
    if hasLabels, index == columns.count - 1 {
      guard let code = reader.withField(column, { codes.code($0) }) else { throw changed }
      return Double(code)
    }
    guard case .finite(let value) = reader.number(column) else {
      throw changed
    }
    return value
  }

  private var changed: FileFailure { .machine("`\(table.source.name)` changed while it was read") }

  private func reader(from row: Int) -> RecordReader {
    let mark = marks[mark(of: row)]
    return RecordReader(
      table.source, delimiter: table.delimiter, offset: mark.offset, line: mark.line,
      blockSize: 1 << 14)
  }

  /// The last mark at or before a row.
  private func mark(of row: Int) -> Int {
    var low = 0
    var high = marks.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if marks[middle].row <= row { low = middle } else { high = middle }
    }
    return low
  }

  /// What is wrong with a field that should be a number.
  private static func problem(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    let text = quoted(String(decoding: bytes, as: UTF8.self))
    switch DecimalNumber(bytes) {
    case .finite: return nil
    case .missing where bytes.isEmpty: return "the value is missing"
    case .missing: return "\(text) says that the value is missing"
    case .infinite: return "\(text) is no finite number"
    case .text: return "\(text) is no number"
    }
  }
}

/// Collects the labels of a column.
private struct LabelCollector {
  private let table: DelimitedText
  private(set) var labels: [Label] = []
  private(set) var codes = TextCodes()
  private var known: [String: Int] = [:]

  init(_ table: DelimitedText) { self.table = table }

  /// The code of the label in a field.
  mutating func code(
    _ reader: borrowing RecordReader, _ column: Int
  ) throws(FileFailure) -> Int {
    if let code = reader.withField(column, { codes.code($0) }) { return code }
    let name = Label.canonical(reader.field(column))
    if name.isEmpty { throw table.failure(reader.line, column, "the value is missing") }
    let code = known[name] ?? labels.count
    if code == labels.count {
      known[name] = code
      labels.append(
        Label(code: Double(code), name: name, place: "\(table.source.name):\(reader.line)"))
      if labels.count > Label.most {
        throw table.failure(
          reader.line, column, "more than \(Label.most) classes; is this a column of labels?")
      }
    }
    // Of a label that is written in ever new ways, ` 1`, `1.0`, not all are kept.
    reader.withField(column) { codes.add($0, code) }
    return code
  }
}

extension DelimitedText {
  /// What is wrong with a field: line, column and cause.
  func failure(_ line: Int, _ column: Int, _ problem: String) -> FileFailure {
    let name = hasHeader ? " (\(quoted(firstRecord[column])))" : ""
    return .wrong("\(source.name):\(line): column \(column + 1)\(name): \(problem)")
  }
}

private func fields(_ count: Int) -> String { "\(count) field\(count == 1 ? "" : "s")" }
