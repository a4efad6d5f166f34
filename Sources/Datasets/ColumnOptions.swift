import NNCFormats

/// What a call says of the columns of a table.
public struct ColumnOptions: Sendable {
  /// The columns whose texts are categories.
  public var categories: ColumnChoice?
  /// The columns whose texts are words for true and false.
  public var booleans: ColumnChoice?
  /// The columns whose texts are dates.
  public var dates: ColumnChoice?
  /// What dates are taken apart into; nil for year, month and day.
  public var dateParts: [DatePart]?
  /// In which order a date with slashes has day and month.
  public var dateOrder: DateOrder?
  /// How numbers are written.
  public var style: NumberStyle?
  /// What is done where an input is missing.
  public var missing: ColumnFormat.Missing?
  /// What is done with a category that training did not see.
  public var unknown: ColumnFormat.Unknown?
  /// Whether what is not said is found out from the table.
  public var guesses = false

  /// Nothing but numbers.
  public init() {}

  /// The formats of columns as far as a call says.
  ///
  /// - Parameter columns: those wanted, among those of these names.
  func formats(
    _ columns: [Int], of names: [String], in source: String
  ) throws(FileFailure) -> [ColumnFormat] {
    var kinds: [Int: ColumnFormat.Kind] = [:]
    for (choice, kind) in [
      (categories, ColumnFormat.Kind.category), (booleans, .boolean), (dates, .date),
    ] {
      guard let choice else { continue }
      for column in try choice.columns(of: names, in: source) {
        if kinds[column] != nil {
          throw .wrong("the column `\(names[column])` is said to be of two kinds")
        }
        kinds[column] = kind
      }
    }
    return columns.map { column in
      var format = ColumnFormat(kinds[column] ?? .number)
      if let missing { format.missing = missing }
      if format.kind == .category {
        if missing == .mean || missing == .median { format.missing = .most }
        if let unknown { format.unknown = unknown }
      }
      if format.kind == .date, let dateParts { format.parts = dateParts }
      return format
    }
  }
}
