#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// Rows of numbers in memory, one after another: as bytes where the file has bytes, else as binary64.
final class RowMemory: @unchecked Sendable {
  // Nothing is written once the rows are shared.
  let memory: UnsafeMutableRawBufferPointer
  /// Whether each number is a byte.
  let isBytes: Bool
  /// How many numbers a row has.
  let width: Int
  /// How many rows there are.
  let count: Int

  /// Takes over memory of `malloc`, which holds so many rows.
  init(taking memory: UnsafeMutableRawBufferPointer, isBytes: Bool, width: Int, count: Int) {
    precondition(memory.count >= count * width * (isBytes ? 1 : 8))
    self.memory = memory
    self.isBytes = isBytes
    self.width = width
    self.count = count
  }

  deinit { free(memory.baseAddress) }

  /// Memory of so many bytes, to be taken over or freed.
  static func room(_ size: Int) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(start: malloc(max(1, size))!, count: size)
  }

  /// The numbers of a row from a column on, where they are bytes.
  func bytes(_ row: Int, from column: Int) -> UnsafePointer<UInt8> {
    let base = UnsafePointer(memory.baseAddress!.assumingMemoryBound(to: UInt8.self))
    return base + (row * width + column)
  }

  /// The numbers of a row from a column on, where they are binary64.
  func numbers(_ row: Int, from column: Int) -> UnsafePointer<Double> {
    let base = UnsafePointer(memory.baseAddress!.assumingMemoryBound(to: Double.self))
    return base + (row * width + column)
  }

  /// One number.
  func number(_ row: Int, _ column: Int) -> Double {
    isBytes ? Double(bytes(row, from: column).pointee) : numbers(row, from: column).pointee
  }
}

extension RowMemory {
  /// Copies some columns of rows, each number x as (x − mean)/scale in binary64, rounded in the end.
  ///
  /// - Parameters:
  ///   - rows: which rows, in this order.
  ///   - first: the first of the columns.
  ///   - count: how many columns.
  ///   - transform: what is done to them; nil for nothing.
  ///   - target: room for as many numbers, one row after another.
  @inline(__always)
  func copy<Real: SampleNumber>(
    _ rows: ArraySlice<Int>, from first: Int, count: Int, _ transform: ColumnTransform?,
    to target: UnsafeMutablePointer<Real>
  ) {
    var target = target
    if isBytes, let table: [Real] = byteTable(transform) {
      table.withUnsafeBufferPointer { table in
        for row in rows {
          let source = bytes(row, from: first)
          for column in 0..<count { target[column] = table[Int(source[column])] }
          target += count
        }
      }
      return
    }
    for row in rows {
      if isBytes {
        let source = bytes(row, from: first)
        for column in 0..<count { target[column] = Real(rounding: Double(source[column])) }
        transform?.apply({ Double(source[$0]) }, to: target)
      } else if let transform {
        let source = numbers(row, from: first)
        transform.apply({ source[$0] }, to: target)
      } else {
        let source = numbers(row, from: first)
        for column in 0..<count { target[column] = Real(rounding: source[column]) }
      }
      target += count
    }
  }

  /// What becomes of each byte, where the same is done to all columns.
  @inline(__always)
  private func byteTable<Real: SampleNumber>(_ transform: ColumnTransform?) -> [Real]? {
    guard let transform else { return (0..<256).map { Real(rounding: Double($0)) } }
    guard let mean = transform.commonMean, let scale = transform.commonScale else { return nil }
    return (0..<256).map { Real(rounding: (Double($0) - mean) / scale) }
  }
}

extension ColumnTransform {
  /// Writes the columns of a row, changed.
  @inline(__always)
  func apply<Real: SampleNumber>(
    _ value: (Int) -> Double, to target: UnsafeMutablePointer<Real>
  ) {
    mean.withUnsafeBufferPointer { mean in
      scale.withUnsafeBufferPointer { scale in
        for column in 0..<mean.count {
          target[column] = Real(rounding: (value(column) - mean[column]) / scale[column])
        }
      }
    }
  }
}
