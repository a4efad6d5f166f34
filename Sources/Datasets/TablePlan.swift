import NNCFormats

/// How the rows of a table are to be read.
struct TablePlan {
  /// The columns of each row, counted from 0: inputs, then targets.
  var columns: [Int]
  /// How the columns of inputs are read; as many as there are inputs.
  var formats: [ColumnFormat]
  /// How numbers are written.
  var style = NumberStyle()
  /// In which order a date with slashes has day and month.
  var dateOrder: DateOrder?
  /// Whether the last column holds labels instead of numbers.
  var hasLabels: Bool
  /// Whether rows without a target are left out.
  var dropsWithoutTarget = false
  /// Whether rows that cannot be used are kept as such, and do not end the reading.
  var keepsUnusable = false
  /// The most bytes that the numbers may take in memory.
  var limit: Int
  /// Is told how far the reading is.
  var progress: ReadingProgress?

  /// A reader for each column of numbers, not for that of labels.
  var readers: [ColumnReader] {
    let targets = columns.count - formats.count - (hasLabels ? 1 : 0)
    let all = formats + Array(repeating: ColumnFormat(), count: targets)
    return all.map { ColumnReader($0, style, dateOrder) }
  }
}

/// A row that cannot be used, and why.
public struct UnusableRow: Hashable, Sendable {
  /// Which sample it would be.
  public let sample: Int
  /// Its place and what is wrong with it.
  public let message: String
}
