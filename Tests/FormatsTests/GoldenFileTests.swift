import Testing

@testable import NNCFormats

@Suite struct GoldenFileTests {
  @Test(arguments: goldenFiles) func holdsWhatWasWritten(file: GoldenFile) throws {
    let read = try arrays(file.name, file.source)
    #expect(Set(read.map(\.name)) == Set(file.arrays.map(\.name)))
    for expected in file.arrays {
      let array = try #require(read.first { $0.name == expected.name })
      #expect(array.shape == expected.shape)
      #expect(try array.values() == expected.values)
      guard array.count > 0, let count = array.shape.first else { continue }
      // Row by row it is the same.
      var rows = [Double](repeating: .nan, count: array.count)
      try rows.withUnsafeMutableBufferPointer { buffer in
        for row in 0..<count {
          let room = buffer[(row * array.rowWidth)..<((row + 1) * array.rowWidth)]
          try array.readRow(
            row, columnOffsets: array.columnOffsets, into: .init(rebasing: room))
        }
      }
      #expect(rows == expected.values)
    }
  }

  /// A file that ends early, has a byte too many or a changed one is read or refused, but never more than that.
  @Test(arguments: goldenFiles) func neverTraps(file: GoldenFile) throws {
    var random = Pseudorandom(state: UInt64(file.bytes.count))
    for round in 0..<60 {
      var bytes = file.bytes
      switch round % 3 {
      case 0: bytes.removeLast(min(bytes.count, Int(random.next() % 40)))
      case 1:
        for _ in 0...Int(random.next() % 3) {
          // Mostly in the head, where lengths and offsets lie, or at the end, where a zip's directory lies.
          let near = Int(random.next() % 80)
          let place = random.next() % 2 == 0 ? near : bytes.count - 1 - near
          if bytes.indices.contains(place) {
            bytes[place] = UInt8(truncatingIfNeeded: random.next())
          }
        }
      default: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: bytes.count / 2)
      }
      do throws(FileFailure) {
        for array in try arrays(file.name, ByteSource(name: "changed", bytes: bytes)) {
          _ = try array.values()
          _ = try array.range()
        }
      } catch {
        #expect(error.kind == .wrong)
        #expect(!error.message.isEmpty)
      }
    }
  }

  @Test(arguments: goldenFiles.filter { !$0.name.hasSuffix(".npz") && !$0.name.hasSuffix(".gz") })
  func theLengthMustBeRight(file: GoldenFile) {
    for bytes in [file.bytes.dropLast(), file.bytes + [0]] {
      #expect(throws: FileFailure.self) {
        try arrays(file.name, ByteSource(name: "f", bytes: Array(bytes)))
      }
    }
  }

  @Test(arguments: goldenFiles.filter { $0.name.hasSuffix(".gz") || $0.name == "deflated.npz" })
  func checksumsAreChecked(file: GoldenFile) {
    // Of gzip the last eight bytes, of the zip the checksum of the first member in its directory.
    var bytes = file.bytes
    var place = bytes.count - 6
    if file.name.hasSuffix(".npz") {
      place = bytes.indices.last { bytes[$0...].starts(with: [0x50, 0x4B, 1, 2]) }! + 16
    }
    bytes[place] ^= 1
    let error = #expect(throws: FileFailure.self) {
      try arrays(file.name, ByteSource(name: "f", bytes: bytes))
    }
    #expect(error?.message.hasSuffix("its checksum is wrong") == true)
  }

  @Test func metadataIsRead() throws {
    let file = try #require(goldenFiles.first { $0.name == "f64.safetensors" })
    #expect(try Safetensors.read(file.source).metadata == ["note": "a \"quoted\" é text"])
  }
}
