import NNCFormats

/// The rows of a delimited text: chosen columns as raw numbers, the last of them perhaps as labels.
///
/// The text is read once from end to end and checked, when also labels and categories are collected. Where the numbers
/// fit into memory they are kept; else any row can be read again, and in memory are only the labels and the place of a
/// row every 8 KiB.
struct DelimitedRows: RowSource {
  let count: Int
  /// The labels in the order of their first rows; a label's number in this list stands for it in the rows.
  let labels: [Label]
  /// How the columns of inputs were read, with their categories.
  let formats: [ColumnFormat]
  /// The rows that cannot be used, where they are kept.
  let unusable: [UnusableRow]
  /// How many rows were left out: for a missing input, and for a missing target.
  let dropped: (input: Int, target: Int)
  /// How many values of each input are missing in the rows that are there.
  let missing: [Int]
  private let text: DelimitedText
  private let plan: TablePlan
  private let readers: [ColumnReader]
  private let codes: TextCodes
  private let marks: [Mark]
  /// The rows of the file that were left out, counted with them.
  private let leftOut: [Int]
  private let memory: RowMemory?

  /// Where a row of the file begins.
  private struct Mark {
    let row: Int
    let offset: Int
    let line: Int
  }

  /// Reads a text.
  init(_ table: DelimitedText, _ plan: TablePlan) throws(FileFailure) {
    text = table
    self.plan = plan
    var scan = TableScan(table, plan)
    var marks: [Mark] = []
    var numbers = GrowingNumbers()
    let columns = plan.columns.count
    var isKept = columns > 0 && columns * 8 <= plan.limit
    var row = 0
    var kept = 0
    var leftOut: [Int] = []
    var unusable: [UnusableRow] = []
    let room = UnsafeMutablePointer<Double>.allocate(capacity: max(1, columns))
    room.initialize(repeating: 0, count: max(1, columns))
    defer { room.deallocate() }
    var reader = RecordReader(
      table.source, delimiter: table.delimiter, offset: table.dataStart.offset,
      line: table.dataStart.line)
    var start = Mark(row: 0, offset: reader.offset, line: reader.nextLine)
    while try reader.next() {
      let place = isKept ? numbers.room(columns) : room
      switch try scan.read(reader, into: place) {
      case .whole: kept += 1
      case .dropped:
        leftOut.append(row)
        if isKept { numbers.takeBack(columns) }
      case .unusable(let message):
        unusable.append(UnusableRow(sample: kept, message: message))
        kept += 1
      }
      if marks.isEmpty || start.offset - marks.last!.offset >= 1 << 13 { marks.append(start) }
      row += 1
      start = Mark(row: row, offset: reader.offset, line: reader.nextLine)
      if isKept, (kept + 1) * columns > plan.limit / 8 {
        numbers.clear()
        isKept = false
      }
      if row & 0xFF == 0 { plan.progress?.tell(reader.offset, of: table.source) }
    }
    if row == 0 { throw .wrong("`\(table.source.name)` has a header, but no rows") }
    if kept == 0 {
      throw .wrong(
        "of every row of `\(table.source.name)` a value is missing",
        hint: "`--missing median` puts the median of a column in its place")
    }
    count = kept
    self.marks = marks
    self.leftOut = leftOut
    self.unusable = unusable
    dropped = scan.dropped
    missing = scan.missing
    for (column, places) in scan.finish() where isKept {
      numbers.replace(column: column, of: columns) { $0.isNaN ? $0 : Double(places[Int($0)]) }
    }
    labels = scan.labels.labels
    codes = scan.labels.codes
    readers = scan.readers
    formats = scan.readers.prefix(plan.formats.count).map(\.format)
    memory = isKept ? numbers.rows(width: columns) : nil
  }

  var width: Int { plan.columns.count }
  var table: DelimitedText? { text }

  func loaded(limit: Int) -> RowMemory? { memory }

  func place(of row: Int) -> String {
    let row = physical(row)
    var reader = reader(from: row)
    var next = marks[mark(of: row)].row
    while next <= row, (try? reader.next()) == true { next += 1 }
    return "\(text.source.name):\(reader.line)"
  }

  func read(
    _ rows: ArraySlice<Int>, into numbers: UnsafeMutableBufferPointer<Double>
  ) throws(FileFailure) {
    guard let first = rows.first else { return }
    var scan = TableScan(text, plan, readers)
    var reader = reader(from: physical(first))
    var next = marks[mark(of: physical(first))].row
    var place = numbers.baseAddress!
    for row in rows {
      let row = physical(row)
      if row < next || mark(of: row) > mark(of: next) {
        reader = self.reader(from: row)
        next = marks[mark(of: row)].row
      }
      while next <= row {
        guard try reader.next() else { throw changed }
        next += 1
      }
      do throws(FileFailure) {
        if case .dropped = try scan.read(reader, into: place) { throw changed }
      } catch {
        throw error.kind == .wrong ? changed : error
      }
      if plan.hasLabels {
        let column = plan.columns[width - 1]
        if reader.fieldCount > column {
          guard let code = reader.withField(column, { codes.code($0) }) else { throw changed }
          place[width - 1] = Double(code)
        }
      }
      place += width
    }
  }

  private var changed: FileFailure { .machine("`\(text.source.name)` changed while it was read") }

  private func reader(from row: Int) -> RecordReader {
    let mark = marks[mark(of: row)]
    return RecordReader(
      text.source, delimiter: text.delimiter, offset: mark.offset, line: mark.line,
      blockSize: 1 << 14)
  }

  /// The row of the file that a row is: before it lie those left out that are at most as far as it is then.
  private func physical(_ row: Int) -> Int {
    var low = 0
    var high = leftOut.count
    while low < high {
      let middle = (low + high) / 2
      if leftOut[middle] - middle <= row { low = middle + 1 } else { high = middle }
    }
    return row + low
  }

  /// The last mark at or before a row of the file.
  private func mark(of row: Int) -> Int {
    var low = 0
    var high = marks.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if marks[middle].row <= row { low = middle } else { high = middle }
    }
    return low
  }
}
