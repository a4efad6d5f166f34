#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// Takes bytes one after another and then offers them at any place: in memory while they are few, beyond that in a
/// temporary file that has no name and vanishes with the process.
struct Spool: ~Copyable {
  private let name: String
  private let memoryLimit: Int
  private var bytes: [UInt8] = []
  private var descriptor: Int32 = -1
  private var written = 0

  /// How many bytes were taken.
  var count: Int { written + bytes.count }

  /// An empty spool for bytes of that name.
  init(name: String, memoryLimit: Int = 1 << 26) {
    self.name = name
    self.memoryLimit = memoryLimit
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Takes further bytes.
  mutating func append(_ part: ArraySlice<UInt8>) throws(FileFailure) {
    bytes += part
    if bytes.count > (descriptor < 0 ? memoryLimit : 1 << 20) { try flush() }
  }

  /// What was taken, for reading.
  consuming func finish() throws(FileFailure) -> ByteSource {
    if descriptor < 0 { return ByteSource(name: name, bytes: bytes) }
    try flush()
    let copy = dup(descriptor)
    if copy < 0 { throw failure() }
    return ByteSource(name: name, descriptor: copy, count: written)
  }

  private mutating func flush() throws(FileFailure) {
    if descriptor < 0 {
      let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
      var template = Array("\(folder)/nnc.XXXXXX".utf8CString)
      descriptor = mkstemp(&template)
      if descriptor < 0 { throw failure() }
      unlink(template)
    }
    guard bytes.withUnsafeBytes({ writeWhole($0, to: descriptor) }) else { throw failure() }
    written += bytes.count
    bytes.removeAll(keepingCapacity: written > 1 << 27)
  }

  private func failure() -> FileFailure {
    .machine("cannot keep `\(name)` in a temporary file: \(systemCause())")
  }
}
