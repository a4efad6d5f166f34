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
    if columns == nil, !array.isFortranOrder, let first = rows.first,
      rows.last == first + rows.count - 1,
      zip(rows, rows.dropFirst()).allSatisfy({ $1 == $0 + 1 })
    {
      // Neighbours lie side by side in the file.
      try array.read(from: first * width, into: numbers)
      for index in rows.indices {
        let start = (index - rows.startIndex) * width
        try check(.init(rebasing: numbers[start..<(start + width)]), rows[index])
      }
      return
    }
    let whole = UnsafeMutableBufferPointer<Double>.allocate(capacity: array.rowWidth)
    defer { whole.deallocate() }
    whole.initialize(repeating: 0)
    var place = 0
    for row in rows {
      let target = columns == nil ? .init(rebasing: numbers[place..<(place + width)]) : whole
      try array.readRow(row, columnOffsets: columnOffsets, into: target)
      try check(target, row)
      if let columns {
        for (index, column) in columns.enumerated() { numbers[place + index] = whole[column] }
      }
      place += width
    }
  }

  /// Refuses a row that holds what is no finite number.
  private func check(
    _ numbers: UnsafeMutableBufferPointer<Double>, _ row: Int
  ) throws(FileFailure) {
    guard array.type.isReal else { return }
    var sum = 0.0
    // 0 · x is 0 for every finite x, and NaN for any other.
    for number in numbers { sum += 0 * number }
    guard sum != 0, let wrong = numbers.firstIndex(where: { !$0.isFinite }) else { return }
    throw .wrong("\(place(of: row)), column \(wrong + 1): \(numbers[wrong]) is no finite number")
  }

  /// Bytes are kept as bytes.
  func loaded(limit: Int) throws(FileFailure) -> RowMemory? {
    let size = count * width
    if array.type == .u8, columns == nil, !array.isFortranOrder, size > 0, size <= limit {
      let memory = RowMemory(
        taking: RowMemory.room(size), isBytes: true, width: width, count: count)
      try array.readBytes(into: memory.memory)
      return memory
    }
    let (bytes, overflow) = size.multipliedReportingOverflow(by: 8)
    if overflow || bytes > limit || bytes == 0 { return nil }
    var numbers = GrowingNumbers()
    let room = UnsafeMutableBufferPointer(start: numbers.room(size), count: size)
    // A part at a time, so that the bytes of all and the numbers are not there at once.
    let part = max(1, (1 << 20) / width)
    var row = 0
    while row < count {
      let end = min(row + part, count)
      try read(Array(row..<end)[...], into: .init(rebasing: room[(row * width)..<(end * width)]))
      row = end
    }
    return numbers.rows(width: width)
  }
}

/// Rows made of the rows of two sources side by side.
struct PairedRows: RowSource {
  let left: any RowSource
  let right: any RowSource

  /// Both sources must have the same number of rows.
  init(_ left: any RowSource, _ right: any RowSource) {
    precondition(left.count == right.count)
    self.left = left
    self.right = right
  }

  var count: Int { left.count }
  var width: Int { left.width + right.width }
  var sides: (left: any RowSource, right: any RowSource)? { (left, right) }

  func place(of row: Int) -> String { left.place(of: row) }

  func read(
    _ rows: ArraySlice<Int>, into numbers: UnsafeMutableBufferPointer<Double>
  ) throws(FileFailure) {
    for (source, offset) in [(left, 0), (right, left.width)] {
      let part = UnsafeMutableBufferPointer<Double>.allocate(capacity: rows.count * source.width)
      defer { part.deallocate() }
      part.initialize(repeating: 0)
      try source.read(rows, into: part)
      let (width, narrow) = (width, source.width)
      for row in 0..<rows.count {
        for column in 0..<narrow {
          numbers[row * width + offset + column] = part[row * narrow + column]
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
