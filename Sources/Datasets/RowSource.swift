import NNCFormats

/// Rows of numbers, all of one length, that can be read in any order.
protocol RowSource: Sendable {
  /// How many rows there are.
  var count: Int { get }
  /// How many numbers a row has.
  var width: Int { get }
  /// The place of a row for messages: `iris.csv:17`.
  func place(of row: Int) -> String
  /// Copies rows into `numbers`, one after another; there is room for exactly those.
  func read(
    _ rows: ArraySlice<Int>, into numbers: UnsafeMutableBufferPointer<Double>
  ) throws(FileFailure)
}

/// Rows kept in memory: a copy of another source, which is still asked where a row stands.
struct MemoryRows: RowSource {
  private let numbers: [Double]
  private let origin: any RowSource
  let count: Int
  let width: Int

  /// Reads a source whole.
  init(_ origin: any RowSource) throws(FileFailure) {
    self.origin = origin
    count = origin.count
    width = origin.width
    var numbers = [Double](repeating: 0, count: count * width)
    var failure: FileFailure?
    numbers.withUnsafeMutableBufferPointer { buffer in
      do throws(FileFailure) {
        try origin.read(Array(0..<origin.count)[...], into: buffer)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    self.numbers = numbers
  }

  func place(of row: Int) -> String { origin.place(of: row) }

  func read(
    _ rows: ArraySlice<Int>, into buffer: UnsafeMutableBufferPointer<Double>
  ) throws(FileFailure) {
    numbers.withUnsafeBufferPointer { numbers in
      var place = 0
      for row in rows {
        for column in 0..<width { buffer[place + column] = numbers[row * width + column] }
        place += width
      }
    }
  }
}

extension RowSource {
  /// The same rows, in memory if they take at most `limit` bytes there.
  func cached(limit: Int) throws(FileFailure) -> any RowSource {
    let (size, overflow) = count.multipliedReportingOverflow(by: width * 8)
    return overflow || size > limit ? self : try MemoryRows(self)
  }
}
