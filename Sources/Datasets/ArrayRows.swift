import NNCFormats

/// The rows of an array: the first axis counts them, what lies behind it is one row, in row-major order.
struct ArrayRows: RowSource {
  private let array: StoredArray
  private let columns: [Int]?
  private let columnOffsets: [Int]

  /// - Parameter columns: those wanted, counted from 0; nil for all.
  init(_ array: StoredArray, columns: [Int]? = nil) {
    self.array = array
    self.columns = columns == Array(0..<array.rowWidth) ? nil : columns
    columnOffsets = array.columnOffsets
  }

  var count: Int { array.shape[0] }
  var width: Int { columns?.count ?? array.rowWidth }

  func place(of row: Int) -> String { "\(array.source.name): row \(row + 1)" }

  func read(
    _ rows: ArraySlice<Int>, into numbers: UnsafeMutableBufferPointer<Double>
  ) throws(FileFailure) {
    let whole = UnsafeMutableBufferPointer<Double>.allocate(capacity: array.rowWidth)
    defer { whole.deallocate() }
    whole.initialize(repeating: 0)
    var place = 0
    for row in rows {
      let target = columns == nil ? .init(rebasing: numbers[place..<(place + width)]) : whole
      try array.readRow(row, columnOffsets: columnOffsets, into: target)
      if array.type.isReal, let wrong = target.firstIndex(where: { !$0.isFinite }) {
        throw .wrong(
          "\(self.place(of: row)), column \(wrong + 1): \(target[wrong]) is no finite number")
      }
      if let columns {
        for (index, column) in columns.enumerated() { numbers[place + index] = whole[column] }
      }
      place += width
    }
  }
}

/// Rows made of the rows of two sources side by side.
struct PairedRows: RowSource {
  private let left: any RowSource
  private let right: any RowSource

  /// Both sources must have the same number of rows.
  init(_ left: any RowSource, _ right: any RowSource) {
    precondition(left.count == right.count)
    self.left = left
    self.right = right
  }

  var count: Int { left.count }
  var width: Int { left.width + right.width }

  func place(of row: Int) -> String { left.place(of: row) }

  func read(
    _ rows: ArraySlice<Int>, into numbers: UnsafeMutableBufferPointer<Double>
  ) throws(FileFailure) {
    for (source, offset) in [(left, 0), (right, left.width)] {
      let part = UnsafeMutableBufferPointer<Double>.allocate(capacity: rows.count * source.width)
      defer { part.deallocate() }
      part.initialize(repeating: 0)
      try source.read(rows, into: part)
      for row in 0..<rows.count {
        for column in 0..<source.width {
          numbers[row * width + offset + column] = part[row * source.width + column]
        }
      }
    }
  }
}

extension RowSource {
  /// The different numbers of a column, as labels; the rows are read once from end to end.
  func labels(inColumn column: Int) throws(FileFailure) -> [Label] {
    var seen: Set<Double> = []
    var labels: [Label] = []
    let chunk = max(1, (1 << 16) / width)
    let numbers = UnsafeMutableBufferPointer<Double>.allocate(capacity: chunk * width)
    defer { numbers.deallocate() }
    numbers.initialize(repeating: 0)
    var start = 0
    while start < count {
      let rows = Array(start..<min(start + chunk, count))
      try read(rows[...], into: .init(rebasing: numbers[..<(rows.count * width)]))
      for row in 0..<rows.count {
        let value = numbers[row * width + column]
        guard seen.insert(value).inserted else { continue }
        labels.append(
          Label(code: value, name: Label.name(of: value), place: place(of: start + row)))
        if labels.count > Label.most {
          throw .wrong(
            "\(place(of: start + row)): more than \(Label.most) classes; are these labels?")
        }
      }
      start += chunk
    }
    return labels
  }
}
