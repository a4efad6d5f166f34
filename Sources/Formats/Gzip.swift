/// Files compressed by gzip (RFC 1952).
enum Gzip {
  /// Whether bytes begin as such a file does.
  static func begins(_ source: ByteSource) throws(FileFailure) -> Bool {
    guard source.count >= 2 else { return false }
    return try source.bytes(0..<2) == [0x1F, 0x8B]
  }

  /// What a file holds, all of its members one after another, each checked.
  static func expanded(
    _ source: ByteSource, _ limit: Expansion? = nil
  ) throws(FileFailure) -> ByteSource {
    var spool = Spool(name: source.name)
    var cursor = ByteCursor(source, 0..<source.count)
    var expansion = limit ?? Expansion(of: source)
    func failure(_ problem: String) -> FileFailure {
      .wrong("`\(source.name)` is no sound gzip file: \(problem)")
    }
    func take(_ count: Int) throws(FileFailure) -> [UInt8] {
      guard source.count - cursor.offset >= count else { throw failure("it is cut short") }
      let bytes = try source.bytes(cursor.offset..<(cursor.offset + count))
      cursor.seek(cursor.offset + count)
      return bytes
    }
    func skipText() throws(FileFailure) {
      while true {
        guard let byte = try cursor.next() else { throw failure("it is cut short") }
        if byte == 0 { return }
      }
    }
    repeat {
      let head = try take(10)
      guard head[0] == 0x1F, head[1] == 0x8B else {
        throw failure("what follows at byte \(cursor.offset - 10) is no gzip data")
      }
      guard head[2] == 8 else { throw failure("an unknown method of compression") }
      if head[3] & 0xE0 != 0 { throw failure("unknown flags") }
      if head[3] & 4 != 0 { _ = try take(number(try take(2))) }
      if head[3] & 8 != 0 { try skipText() }
      if head[3] & 16 != 0 { try skipText() }
      if head[3] & 2 != 0 { _ = try take(2) }
      var checksum = Checksum()
      var count = 0
      var inflate = Inflate(cursor)
      do throws(InflateFailure) {
        try inflate.run { (part) throws(FileFailure) in
          checksum.add(part)
          count += part.count
          try expansion.add(part.count)
          try spool.append(part)
        }
      } catch {
        switch error {
        case .problem(let text): throw failure(text)
        case .file(let failure): throw failure
        }
      }
      cursor = inflate.input
      let tail = try take(8)
      guard number(Array(tail[..<4])) == Int(checksum.value),
        number(Array(tail[4...])) == count & 0xFFFF_FFFF
      else { throw failure("its checksum is wrong") }
    } while cursor.offset < source.count
    return try spool.finish()
  }
}

/// A number whose smallest byte comes first.
func number(_ bytes: some BidirectionalCollection<UInt8>) -> Int {
  bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
}
