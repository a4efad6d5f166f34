/// Reads lines of any length where there is no terminal to edit on.
struct LineReader {
  private let input: Descriptor
  private var bytes: [UInt8] = []
  /// Where the next line begins in `bytes`, and up to where no newline is.
  private var start = 0
  private var searched = 0
  private var ended = false

  init(input: Int32) { self.input = Descriptor(number: input) }

  /// The next line without its end (`\n` or `\r\n`); nil at the end of the input.
  ///
  /// Bytes that are no UTF-8 become U+FFFD.
  mutating func next() throws(SystemError) -> String? {
    while true {
      if let end = bytes[searched...].firstIndex(of: 0x0A) {
        defer {
          start = end + 1
          searched = start
        }
        let isReturn = end > start && bytes[end - 1] == 0x0D
        return String(decoding: bytes[start..<(isReturn ? end - 1 : end)], as: UTF8.self)
      }
      searched = bytes.count
      if ended {
        guard start < bytes.count else { return nil }
        defer { start = bytes.count }
        return String(decoding: bytes[start...], as: UTF8.self)
      }
      bytes.removeFirst(start)
      searched -= start
      start = 0
      let more = try input.read(limit: 1 << 16)
      ended = more.isEmpty
      bytes += more
    }
  }
}
