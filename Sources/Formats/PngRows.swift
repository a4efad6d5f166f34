/// The rows of a PNG file: of each the number of its filter, then what the filter made of its bytes.
struct PngRows {
  private let head: Png.Head
  private let data: [UInt8]
  private var place = 0

  init(_ head: Png.Head, _ data: [UInt8]) {
    self.head = head
    self.data = data
  }

  /// The parts of an interlaced picture (Adam7): the first column and row of each, and the steps to the next.
  private static let passes: [(x: Int, y: Int, dx: Int, dy: Int)] = [
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
    (0, 1, 1, 2),
  ]

  /// The picture.
  ///
  /// - Parameter palette: three bytes for each colour.
  mutating func picture(_ palette: [UInt8]) throws(InflateFailure) -> Picture {
    let channels = head.colour.channels
    var bytes = [UInt8](repeating: 0, count: head.width * head.height * channels)
    for pass in head.isInterlaced ? Self.passes : [(0, 0, 1, 1)] {
      let width = (head.width - pass.x + pass.dx - 1) / pass.dx
      let height = (head.height - pass.y + pass.dy - 1) / pass.dy
      if width <= 0 || height <= 0 { continue }
      var above = [UInt8](repeating: 0, count: head.rowBytes(width))
      for line in 0..<height {
        let row = try unfiltered(above)
        for column in 0..<width {
          let at = ((pass.y + line * pass.dy) * head.width + pass.x + column * pass.dx) * channels
          try write(row, column, palette, to: &bytes, at)
        }
        above = row
      }
    }
    if place != data.count { throw .problem("something follows its rows") }
    return Picture(width: head.width, height: head.height, channels: channels, bytes: bytes)
  }

  /// The next row; `above` is the one before, or zeros. With a on the left, b above and c on the left above:
  ///
  ///     x     x + a     x + b     x + ⌊(a + b)/2⌋     x + the one of a, b, c nearest to a + b − c
  private mutating func unfiltered(_ above: [UInt8]) throws(InflateFailure) -> [UInt8] {
    guard data.count - place > above.count else {
      throw .problem("it has fewer rows than its head says")
    }
    let filter = data[place]
    var row = Array(data[(place + 1)..<(place + 1 + above.count)])
    place += 1 + above.count
    let step = max(1, head.pixelBits / 8)
    switch filter {
    case 0: break
    case 1: for i in step..<max(step, row.count) { row[i] &+= row[i - step] }
    case 2: for i in row.indices { row[i] &+= above[i] }
    case 3:
      for i in row.indices {
        row[i] &+= UInt8((Int(i >= step ? row[i - step] : 0) + Int(above[i])) / 2)
      }
    case 4:
      for i in row.indices {
        let (a, b, c) =
          i >= step
          ? (Int(row[i - step]), Int(above[i]), Int(above[i - step])) : (0, Int(above[i]), 0)
        let (da, db, dc) = (abs(b - c), abs(a - c), abs(a + b - 2 * c))
        row[i] &+= UInt8(da <= db && da <= dc ? a : db <= dc ? b : c)
      }
    default: throw .problem("a row has the filter \(filter), which there is not")
    }
    return row
  }

  /// Writes a pixel of a row, as bytes.
  private func write(
    _ row: [UInt8], _ column: Int, _ palette: [UInt8], to bytes: inout [UInt8], _ at: Int
  ) throws(InflateFailure) {
    if head.depth >= 8 {
      let size = head.depth / 8
      let first = column * head.colour.samples * size
      if head.colour == .palette { return try write(Int(row[first]), of: palette, to: &bytes, at) }
      for channel in 0..<head.colour.channels { bytes[at + channel] = row[first + channel * size] }
      return
    }
    let bit = column * head.depth
    let most = 1 << head.depth - 1
    let value = Int(row[bit / 8]) >> (8 - head.depth - bit % 8) & most
    if head.colour == .palette { return try write(value, of: palette, to: &bytes, at) }
    bytes[at] = UInt8(value * 255 / most)
  }

  private func write(
    _ index: Int, of palette: [UInt8], to bytes: inout [UInt8], _ at: Int
  ) throws(InflateFailure) {
    guard 3 * index + 2 < palette.count else {
      throw .problem("a pixel has the colour \(index), which its palette lacks")
    }
    for channel in 0..<3 { bytes[at + channel] = palette[3 * index + channel] }
  }
}
