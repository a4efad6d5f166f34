import NNCFormats

/// What the texts of a table's columns look like.
///
/// All rows are looked at. A column is what each of its texts can be, in the order boolean, number, date, category; one
/// in which more than half of the texts differ, and that are more than 50, names the rows and is left out.
struct TableGuess {
  /// The formats of the columns that are kept.
  private(set) var formats: [ColumnFormat] = []
  /// The columns that are kept.
  private(set) var columns: [Int] = []
  private(set) var style: NumberStyle
  private(set) var dateOrder: DateOrder?
  /// Which columns are left out and why, for people.
  private(set) var remarks: [String] = []

  /// The most different texts of a column of categories whose rows are few.
  private static let mostCategories = 50

  /// What was seen of one column.
  private struct Sight {
    var texts: Set<String> = []
    var isFull = false
    var rows = 0
    var missing = 0
    var isBoolean = true
    var isDate = true
    /// Whether all are numbers as the styles of `styles` write them.
    var areNumbers = Array(repeating: true, count: TableGuess.styles.count)
    var dayFirst = true
    var monthFirst = true
  }

  /// The styles in the order in which they are preferred.
  private static let styles: [NumberStyle] = {
    func style(_ comma: Bool, _ thousands: Character?, _ percent: Bool) -> NumberStyle {
      var style = NumberStyle()
      (style.decimalComma, style.thousands, style.percent) = (comma, thousands, percent)
      return style
    }
    return [
      style(false, nil, false), style(false, nil, true), style(false, ",", false),
      style(false, ",", true), style(true, nil, false), style(true, nil, true),
      style(true, ".", false), style(true, ".", true), style(true, " ", false),
      style(true, " ", true), style(false, " ", false), style(false, "'", false),
      style(false, " ", true), style(false, "'", true),
    ]
  }()

  /// - Parameters:
  ///   - columns: the columns of inputs.
  ///   - targets: the columns of targets that are numbers, which are written in the same style.
  ///   - stated: what a call says, which goes before.
  ///   - mayLeaveOut: whether columns that name the rows may be left out.
  init(
    _ table: DelimitedText, columns: [Int], targets: [Int], _ options: ColumnOptions,
    stated: [ColumnFormat], mayLeaveOut: Bool
  ) throws(FileFailure) {
    let all = columns + targets
    var sights = Array(repeating: Sight(), count: all.count)
    var reader = RecordReader(
      table.source, delimiter: table.delimiter, offset: table.dataStart.offset,
      line: table.dataStart.line)
    while try reader.next() {
      guard reader.fieldCount == table.firstRecord.count else { continue }
      for (place, column) in all.enumerated() {
        reader.withField(column) { Self.look(at: $0, &sights[place]) }
      }
    }
    // One style for all: the first by which most of the columns are numbers.
    let counts = Self.styles.indices.map { style in
      sights.count { $0.areNumbers[style] && $0.rows > $0.missing }
    }
    let best = counts.max() ?? 0
    let index = counts.firstIndex(of: best) ?? 0
    style = options.style ?? Self.styles[index]
    dateOrder = options.dateOrder
    let names = table.columnNames
    for (place, column) in columns.enumerated() {
      let sight = sights[place]
      let name = quoted(names[column])
      var format = stated[place]
      if format.kind == .number {
        if sight.rows == sight.missing {
          guard mayLeaveOut else { continue }
          remarks.append("\(name): left out, every value is missing")
          continue
        } else if sight.isBoolean, !sight.areNumbers[0] {
          format = ColumnFormat(.boolean)
        } else if sight.areNumbers[index] {
          format = ColumnFormat()
        } else if sight.isDate {
          format = ColumnFormat(.date)
          if let parts = options.dateParts { format.parts = parts }
          if dateOrder == nil, sight.dayFirst != sight.monthFirst {
            dateOrder = sight.dayFirst ? .dmy : .mdy
          }
        } else if sight.isFull
          || sight.texts.count > Self.mostCategories && 2 * sight.texts.count > sight.rows
        {
          if mayLeaveOut {
            let count = sight.isFull ? "too many" : "\(sight.texts.count)"
            remarks.append("\(name): left out, \(count) different texts in \(sight.rows) rows")
            continue
          }
          format = ColumnFormat(.category)
        } else {
          format = ColumnFormat(.category)
        }
      }
      format.missing = stated[place].missing
      if format.kind == .category, format.missing == .mean || format.missing == .median {
        format.missing = .most
      }
      format.unknown = options.unknown ?? (format.kind == .category ? .zero : .error)
      if format.missing == .error, options.missing == nil, sight.missing > 0 {
        format.missing = format.kind == .category || format.kind == .boolean ? .most : .median
      }
      if format.missing != .error, sight.missing == 0, options.missing == nil {
        format.missing = .error
      }
      formats.append(format)
      self.columns.append(column)
    }
  }

  private static func look(at bytes: UnsafeBufferPointer<UInt8>, _ sight: inout Sight) {
    sight.rows += 1
    let plain = DecimalNumber(bytes)
    if case .missing = plain {
      sight.missing += 1
      return
    }
    if !sight.isFull {
      sight.texts.insert(String(trimming: bytes))
      sight.isFull = sight.texts.count > ColumnReader.mostCategories
    }
    if sight.isBoolean, ColumnReader.truth(bytes) == nil { sight.isBoolean = false }
    for (place, style) in styles.enumerated() where sight.areNumbers[place] {
      let number = place == 0 ? plain : style.number(bytes)
      if case .finite = number { continue }
      sight.areNumbers[place] = false
    }
    if sight.isDate {
      switch (DateText(bytes, order: .dmy), DateText(bytes, order: .mdy)) {
      case (.date, .date): break
      case (.date, _): sight.monthFirst = false
      case (_, .date): sight.dayFirst = false
      default: sight.isDate = false
      }
      if !sight.dayFirst, !sight.monthFirst { sight.isDate = false }
    }
  }
}
