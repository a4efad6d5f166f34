import NNCFormats

/// Goes through the records of a table and reads them as a plan says.
struct TableScan {
  private let table: DelimitedText
  private let plan: TablePlan
  private let names: [String]
  private(set) var readers: [ColumnReader]
  private(set) var labels: LabelCollector
  private(set) var dropped = (input: 0, target: 0)
  private(set) var missing: [Int]
  private let arePlain: [Bool]

  /// What became of a record.
  enum Outcome {
    case whole
    case dropped
    case unusable(String)
  }

  /// - Parameter readers: those of the columns of numbers, where they are known.
  init(_ table: DelimitedText, _ plan: TablePlan, _ readers: [ColumnReader]? = nil) {
    self.table = table
    self.plan = plan
    self.readers = readers ?? plan.readers
    names = table.columnNames
    labels = LabelCollector(table)
    missing = Array(repeating: 0, count: plan.formats.count)
    arePlain = self.readers.map(\.isPlain)
  }

  /// Reads a record into room for its columns.
  mutating func read(
    _ reader: borrowing RecordReader, into numbers: UnsafeMutablePointer<Double>
  ) throws(FileFailure) -> Outcome {
    do throws(FileFailure) {
      return try readWhole(reader, into: numbers)
    } catch {
      guard plan.keepsUnusable, error.kind == .wrong else { throw error }
      for place in plan.columns.indices { numbers[place] = .nan }
      return .unusable(error.message)
    }
  }

  private mutating func readWhole(
    _ reader: borrowing RecordReader, into numbers: UnsafeMutablePointer<Double>
  ) throws(FileFailure) -> Outcome {
    let width = table.firstRecord.count
    if reader.fieldCount != width {
      throw .wrong(
        "\(table.source.name):\(reader.line): this row has \(fields(reader.fieldCount)), but "
          + "the first has \(width)")
    }
    var gaps = 0
    for index in 0..<arePlain.count {
      let column = plan.columns[index]
      if arePlain[index], case .finite(let value) = reader.number(column) {
        numbers[index] = value
        continue
      }
      switch try self.value(reader, index, column) {
      case .some(let value): numbers[index] = value
      case nil where index >= plan.formats.count:
        dropped.target += 1
        return .dropped
      case nil where plan.formats[index].missing == .drop:
        if plan.keepsUnusable {
          throw table.failure(
            reader.line, column, "the value is missing, and training left such rows out")
        }
        dropped.input += 1
        return .dropped
      case nil:
        gaps += 1
        numbers[index] = .nan
      }
    }
    if plan.hasLabels {
      guard let code = try labels.code(reader, plan.columns[arePlain.count]) else {
        if !plan.dropsWithoutTarget {
          throw table.failure(
            reader.line, plan.columns[arePlain.count], "the value is missing",
            hint: "`--missing drop` leaves such rows out")
        }
        dropped.target += 1
        return .dropped
      }
      numbers[arePlain.count] = Double(code)
    }
    if gaps > 0 {
      for index in missing.indices where numbers[index].isNaN { missing[index] += 1 }
    }
    return .whole
  }

  /// The raw number of a field; nil where it is missing and that is provided for.
  private mutating func value(
    _ reader: borrowing RecordReader, _ index: Int, _ column: Int
  ) throws(FileFailure) -> Double? {
    let name = names[column]
    switch reader.withField(column, { readers[index].read($0, column: name) }) {
    case .number(let value): return value
    case .wrong(let problem, let hint):
      throw table.failure(reader.line, column, problem, hint: hint)
    case .missing:
      let isTarget = index >= plan.formats.count
      if isTarget ? plan.dropsWithoutTarget : plan.formats[index].missing != .error { return nil }
      let text = reader.field(column)
      throw table.failure(
        reader.line, column,
        text.isEmpty ? "the value is missing" : "\(quoted(text)) says that the value is missing",
        hint: "`--missing drop` leaves such rows out"
          + (isTarget ? "" : ", `--missing median` puts the column's median there"))
    }
  }

  /// Puts categories in order: for each column of new ones the place of each by its raw number so far.
  mutating func finish() -> [(column: Int, places: [Int])] {
    var result: [(Int, [Int])] = []
    for index in readers.indices {
      if let places = readers[index].finish() { result.append((index, places)) }
    }
    return result
  }
}

/// Collects the labels of a column.
struct LabelCollector {
  private let table: DelimitedText
  private(set) var labels: [Label] = []
  private(set) var codes = TextCodes()
  private var known: [String: Int] = [:]

  init(_ table: DelimitedText) { self.table = table }

  /// The code of the label in a field; nil where it is missing.
  mutating func code(
    _ reader: borrowing RecordReader, _ column: Int
  ) throws(FileFailure) -> Int? {
    if let code = reader.withField(column, { codes.code($0) }) { return code }
    let name = Label.canonical(reader.field(column))
    if name.isEmpty { return nil }
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
    reader.withField(column) { codes.add($0, code) }
    return code
  }
}

extension DelimitedText {
  /// What is wrong with a field: line, column and cause.
  func failure(
    _ line: Int, _ column: Int, _ problem: String, hint: String? = nil
  ) -> FileFailure {
    let name = hasHeader ? " (\(quoted(firstRecord[column])))" : ""
    return .wrong("\(source.name):\(line): column \(column + 1)\(name): \(problem)", hint: hint)
  }
}

private func fields(_ count: Int) -> String { "\(count) field\(count == 1 ? "" : "s")" }
