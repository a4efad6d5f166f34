import Foundation
import NNCDiagnostics
import Testing

@testable import NNCFormats

/// Files that were made to harm: they are refused, with the reason.
@Suite struct HostileFileTests {
  static let huge = Int.max

  private func npy(_ shape: [Int]) -> ByteSource {
    ByteSource(name: "f", bytes: Npy.head(shape: shape, type: .f64))
  }

  /// The product of these extents overflows before a zero comes, or after.
  @Test(arguments: [[huge, huge, 0], [0, huge, huge], [huge, 0, huge], [1 << 32, 1 << 32, 0]])
  func shapesThatOverflow(_ shape: [Int]) {
    let error = #expect(throws: FileFailure.self) { try Npy.read(npy(shape)) }
    #expect(error?.message.contains("too large") == true)
    let header =
      "{\"a\":{\"dtype\":\"F64\",\"shape\":\(shape),\"data_offsets\":[0,0]}}"
    let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
    let file = ByteSource(name: "w", bytes: length + Array(header.utf8))
    #expect(throws: FileFailure.self) { try Safetensors.read(file) }
  }

  @Test func idxThatOverflows() {
    let extents = [UInt8](repeating: 0xFF, count: 7 * 4) + [0, 0, 0, 0]
    let file = ByteSource(name: "i", bytes: [0, 0, 8, 8] + extents)
    #expect(throws: FileFailure.self) { try Idx.read(file) }
  }

  /// An array without numbers is one, whatever its other extents are.
  @Test func emptyArrays() throws {
    let array = try Npy.read(npy([0, 1 << 40]))
    #expect(try array.count == 0 && array.rowWidth == 1 << 40 && array.values().isEmpty)
  }

  /// Two names for the same bytes.
  @Test func membersThatOverlap() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).npz")
      .path
    defer { unlink(path) }
    let one = NamedArray(name: "a", shape: [1], values: [1])
    let two = NamedArray(name: "b", shape: [1], values: [1])
    try Npz.write([one, two], to: path)
    var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(try Npz.read(ByteSource(name: "z", bytes: bytes)).arrays.count == 2)
    // The directory's second entry says that its member lies where the first does: its offset, and its further fields
    // behind the name.
    let entries = bytes.indices.filter { bytes[$0...].starts(with: [0x50, 0x4B, 1, 2]) }
    let behindName = 46 + "a.npy".utf8.count
    for place in Array(42..<46) + Array(behindName..<(entries[1] - entries[0])) {
      bytes[entries[1] + place] = bytes[entries[0] + place]
    }
    let error = #expect(throws: FileFailure.self) {
      try Npz.read(ByteSource(name: "z", bytes: bytes))
    }
    #expect(error?.message.contains("`a.npy` and `b.npy` overlap") == true)
  }

  /// Zeros that take a 158th of their number.
  @Test func aFileThatGrows() {
    // A stored block of DEFLATE cannot grow, so this repeats one of the fixed codes: 258 zeros in two bits and five.
    var bits: [UInt8] = []
    func put(_ value: Int, _ count: Int, high: Bool = false) {
      for bit in 0..<count { bits.append(UInt8(value >> (high ? count - 1 - bit : bit) & 1)) }
    }
    put(1, 1)
    put(1, 2)
    put(0x30, 8, high: true)
    // Length 258 is code 285, whose bits are 11000101; the distance 1 is code 0.
    let repeats = (1 << 17) / 258 + 1
    for _ in 0..<repeats {
      put(0xC5, 8, high: true)
      put(0, 5)
    }
    put(0, 7)
    while !bits.count.isMultiple(of: 8) { bits.append(0) }
    var packed: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    for start in stride(from: 0, to: bits.count, by: 8) {
      packed.append((0..<8).reduce(0) { $0 | bits[start + $1] << UInt8($1) })
    }
    let file = ByteSource(name: "g", bytes: packed + [UInt8](repeating: 0, count: 8))
    let error = #expect(throws: FileFailure.self) {
      try Gzip.expanded(file, Expansion(of: file, free: 1 << 16, ratio: 100))
    }
    #expect(error?.message.contains("the most for it") == true)
    #expect(throws: Never.self) {
      var expansion = Expansion(of: file)
      try expansion.add(1 << 17)
    }
  }

  /// What does not end is read up to the limit, and not at all where a stranger's text names it.
  @Test func whatIsNoRegularFile() throws {
    let descriptor = open("/dev/zero", O_RDONLY)
    defer { close(descriptor) }
    let error = #expect(throws: FileFailure.self) {
      try ByteSource.spooled(descriptor, "zero", limit: 1 << 20)
    }
    #expect(error?.message.contains("more than 1048576 bytes") == true)
    let pipe = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    #expect(mkfifo(pipe, 0o600) == 0)
    defer { unlink(pipe) }
    for path in ["/dev/zero", "-", "/dev/stdin", pipe] {
      #expect(throws: FileFailure.self) { try ByteSource.open(path, isNamedByUser: false) }
    }
  }
}
