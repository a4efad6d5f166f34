/// An array of numbers as it lies in a file: its name, type and shape, and where its bytes are.
public struct StoredArray: Sendable {
  /// Its name; of a file that holds nothing else, empty.
  public let name: String
  /// How its numbers are stored.
  public let type: NumberType
  /// The extents of its axes, outermost first.
  public let shape: [Int]
  /// The bytes that it lies in.
  public let source: ByteSource
  /// Where its numbers begin there.
  let offset: Int
  /// Whether a number's largest byte comes first.
  let isBigEndian: Bool
  /// Whether the first axis runs fastest, as in Fortran, and not the last.
  public let isFortranOrder: Bool

  /// An array of its parts; the source must hold as many bytes as they say.
  public init(
    name: String, type: NumberType, shape: [Int], source: ByteSource, offset: Int,
    isBigEndian: Bool = false, isFortranOrder: Bool = false
  ) {
    self.name = name
    self.type = type
    self.shape = shape
    self.source = source
    self.offset = offset
    self.isBigEndian = isBigEndian
    self.isFortranOrder = isFortranOrder && shape.count > 1
  }

  /// How many numbers there are.
  public var count: Int { shape.reduce(1, *) }

  /// How many numbers there are for each step of the first axis.
  public var rowWidth: Int { shape.dropFirst().reduce(1, *) }

  /// All numbers in row-major order.
  public func values() throws(FileFailure) -> [Double] {
    var result = [Double](repeating: 0, count: count)
    if count == 0 { return result }
    let plain = try numbers(from: 0, count: count)
    if !isFortranOrder { return plain }
    let offsets = columnOffsets
    for row in 0..<shape[0] {
      for (column, offset) in offsets.enumerated() {
        result[row * offsets.count + column] = plain[row + offset]
      }
    }
    return result
  }

  /// Where the numbers of the first row lie in Fortran's order, in the order of C.
  public var columnOffsets: [Int] {
    var offsets = [0]
    var stride = shape[0]
    var strides: [Int] = []
    for extent in shape.dropFirst() {
      strides.append(stride)
      stride *= extent
    }
    for (extent, stride) in zip(shape.dropFirst(), strides) {
      offsets = offsets.flatMap { offset in (0..<extent).map { offset + $0 * stride } }
    }
    return offsets
  }

  /// Copies one row, a step of the first axis, in row-major order.
  public func readRow(
    _ row: Int, columnOffsets: [Int], into numbers: UnsafeMutableBufferPointer<Double>
  ) throws(FileFailure) {
    if !isFortranOrder {
      return try read(from: row * rowWidth, into: numbers)
    }
    for (column, offset) in columnOffsets.enumerated() {
      try read(from: row + offset, into: .init(rebasing: numbers[column..<(column + 1)]))
    }
  }

  /// Copies numbers as they lie in the file, from one on until `numbers` is full.
  public func read(
    from first: Int, into numbers: UnsafeMutableBufferPointer<Double>
  ) throws(FileFailure) {
    let bytes = UnsafeMutableRawBufferPointer.allocate(
      byteCount: numbers.count * type.size, alignment: 8)
    defer { bytes.deallocate() }
    try source.read(at: offset + first * type.size, into: bytes)
    type.decode(.init(bytes), isBigEndian: isBigEndian, into: numbers)
  }

  /// Copies all its bytes as they lie in the file; there must be room for just those.
  public func readBytes(into bytes: UnsafeMutableRawBufferPointer) throws(FileFailure) {
    precondition(bytes.count == count * type.size)
    try source.read(at: offset, into: bytes)
  }

  private func numbers(from first: Int, count: Int) throws(FileFailure) -> [Double] {
    let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: count)
    defer { buffer.deallocate() }
    buffer.initialize(repeating: 0)
    try read(from: first, into: buffer)
    return Array(buffer)
  }

  /// The least and the greatest number and whether all are finite, read piece by piece; nil of an empty array.
  public func range() throws(FileFailure) -> (least: Double, greatest: Double, isFinite: Bool)? {
    var least = Double.infinity
    var greatest = -Double.infinity
    var isFinite = true
    var first = 0
    let room = UnsafeMutableBufferPointer<Double>.allocate(capacity: 1 << 16)
    defer { room.deallocate() }
    room.initialize(repeating: 0)
    while first < count {
      let part = UnsafeMutableBufferPointer(rebasing: room[..<min(room.count, count - first)])
      try read(from: first, into: part)
      for number in part {
        if number < least { least = number }
        if number > greatest { greatest = number }
        if !number.isFinite { isFinite = false }
      }
      first += part.count
    }
    return count == 0 ? nil : (least, greatest, isFinite)
  }
}

/// The product of extents times a size, unless it is too large to be one.
///
/// It is too large also where a further extent is zero, as NumPy has it: the product of any of the extents can then be
/// had, in any order.
func checkedProduct(_ extents: [Int], _ size: Int) -> Int? {
  var result = size
  for extent in extents where extent != 0 {
    let (product, overflow) = result.multipliedReportingOverflow(by: extent)
    if overflow || extent < 0 { return nil }
    result = product
  }
  return extents.contains(0) ? 0 : result
}
