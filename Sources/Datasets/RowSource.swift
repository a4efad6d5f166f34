import NNCFormats

/// Rows of numbers, all of one length, that can be read in any order.
protocol RowSource: Sendable {
  /// How many rows there are.
  var count: Int { get }
  /// How many numbers a row has.
  var width: Int { get }
  /// The two sources that these rows are made of side by side; nil where they are of one.
  var sides: (left: any RowSource, right: any RowSource)? { get }
  /// The table that the rows are of; nil where they are of none.
  var table: DelimitedText? { get }
  /// The names of the files that the rows are of, where each has its own.
  var files: [String]? { get }
  /// The place of a row for messages: `iris.csv:17`.
  func place(of row: Int) -> String
  /// Copies rows into `numbers`, one after another; there is room for exactly those.
  func read(
    _ rows: ArraySlice<Int>, into numbers: UnsafeMutableBufferPointer<Double>
  ) throws(FileFailure)
  /// All rows in memory; nil where they would take more than so many bytes.
  func loaded(limit: Int) throws(FileFailure) -> RowMemory?
}

extension RowSource {
  var sides: (left: any RowSource, right: any RowSource)? { nil }
  var table: DelimitedText? { nil }
  var files: [String]? { nil }

  func loaded(limit: Int) throws(FileFailure) -> RowMemory? {
    let (size, overflow) = count.multipliedReportingOverflow(by: width * 8)
    if overflow || size > limit || size == 0 { return nil }
    var numbers = GrowingNumbers()
    let room = numbers.room(count * width)
    try read(Array(0..<count)[...], into: .init(start: room, count: count * width))
    return numbers.rows(width: width)
  }
}
