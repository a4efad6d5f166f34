import NNCFormats

/// The pictures of a folder as rows of bytes, each channel by channel.
struct PictureRows: RowSource {
  private let folder: PictureFolder
  /// Channels, height and width of each.
  private let shape: [Int]

  /// - Parameter shape: channels, height and width; or a number of bytes, which grey pictures or ones of colours must have.
  init(_ folder: PictureFolder, _ shape: [Int]) throws(FileFailure) {
    self.folder = folder
    guard shape.count != 3 else {
      self.shape = shape
      if shape[0] != 1, shape[0] != 3 {
        throw .wrong(
          "`\(folder.path)` is a folder of pictures, which have 1 channel or 3, but the network takes "
            + shape.map(String.init).joined(separator: "x"))
      }
      return
    }
    let count = shape.reduce(1, *)
    let first = try folder.read(0)
    let size = first.width * first.height
    guard let channels = [first.channels, 1, 3].first(where: { size * $0 == count }) else {
      throw .wrong(
        "`\(folder.path)/\(folder.pictures[0])` is \(first.sizes), but the network takes \(count) numbers",
        hint: "`input \(first.channels)x\(first.height)x\(first.width)` takes such pictures")
    }
    self.shape = [channels, first.height, first.width]
  }

  var count: Int { folder.pictures.count }
  var width: Int { shape.reduce(1, *) }
  var files: [String]? { folder.pictures }

  func place(of row: Int) -> String { "\(folder.path)/\(folder.pictures[row])" }

  /// The bytes of a picture, which must have the size.
  private func bytes(_ row: Int) throws(FileFailure) -> [UInt8] {
    let picture = try folder.read(row)
    guard [picture.height, picture.width] == shape[1...] else {
      let wanted = shape.map(String.init).joined(separator: "x")
      throw .wrong(
        "`\(place(of: row))` is \(picture.sizes), but the network takes \(wanted)",
        hint: "ImageMagick's `mogrify -resize \(shape[2])x\(shape[1])! FILE` gives it that size")
    }
    return picture.planes(shape[0])
  }

  func read(
    _ rows: ArraySlice<Int>, into numbers: UnsafeMutableBufferPointer<Double>
  ) throws(FileFailure) {
    var place = 0
    for row in rows {
      for byte in try bytes(row) {
        numbers[place] = Double(byte)
        place += 1
      }
    }
  }

  /// Bytes are kept as bytes.
  func loaded(limit: Int) throws(FileFailure) -> RowMemory? {
    let (size, overflow) = count.multipliedReportingOverflow(by: width)
    if overflow || size > limit || size == 0 { return nil }
    let memory = RowMemory(taking: RowMemory.room(size), isBytes: true, width: width, count: count)
    for row in 0..<count {
      let target = UnsafeMutableRawBufferPointer(
        rebasing: memory.memory[(row * width)..<((row + 1) * width)])
      target.copyBytes(from: try bytes(row))
    }
    return memory
  }
}

extension Picture {
  /// `28x28 in grey`, for messages.
  fileprivate var sizes: String {
    "\(width) pixels wide and \(height) high, \(channels == 1 ? "grey" : "in colours")"
  }
}

/// The classes of pictures by their numbers, one to a row.
struct ClassRows: RowSource {
  let numbers: [Int]
  let pictures: PictureRows

  var count: Int { numbers.count }
  var width: Int { 1 }

  func place(of row: Int) -> String { pictures.place(of: row) }

  func read(
    _ rows: ArraySlice<Int>, into target: UnsafeMutableBufferPointer<Double>
  ) throws(FileFailure) {
    for (place, row) in rows.enumerated() { target[place] = Double(numbers[row]) }
  }
}
