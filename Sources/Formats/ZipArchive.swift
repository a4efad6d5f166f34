/// The members of a zip archive, stored or deflated, also beyond 4 GiB.
///
/// Source: PKWARE, .ZIP File Format Specification (APPNOTE), sections 4.3 and 4.5.3.
struct ZipArchive {
  /// A member as the archive's directory describes it.
  struct Member {
    let name: String
    let method: Int
    let isEncrypted: Bool
    let checksum: UInt32
    let storedSize: Int
    let size: Int
    /// Where its own head begins.
    let offset: Int
  }

  let source: ByteSource
  let members: [Member]

  /// Whether bytes begin as an archive does.
  static func begins(_ source: ByteSource) throws(FileFailure) -> Bool {
    guard source.count >= 4 else { return false }
    let head = try source.bytes(0..<4)
    return head == [0x50, 0x4B, 3, 4] || head == [0x50, 0x4B, 5, 6]
  }

  private static func failure(_ source: ByteSource, _ problem: String) -> FileFailure {
    .wrong("`\(source.name)` is no sound zip archive: \(problem)")
  }

  private func failure(_ problem: String) -> FileFailure { Self.failure(source, problem) }

  /// Reads an archive's directory, which lies at its end.
  init(_ source: ByteSource) throws(FileFailure) {
    self.source = source
    let (count, range) = try Self.directory(source)
    let bytes = try source.bytes(range)
    var members: [Member] = []
    var names: Set<String> = []
    var place = 0
    for _ in 0..<count {
      guard place + 46 <= bytes.count, bytes[place..<(place + 4)] == [0x50, 0x4B, 1, 2] else {
        throw Self.failure(source, "its directory is damaged")
      }
      func field(_ offset: Int, _ size: Int) -> Int {
        number(bytes[(place + offset)..<(place + offset + size)])
      }
      let (nameEnd, extraEnd) = (
        place + 46 + field(28, 2), place + 46 + field(28, 2) + field(30, 2)
      )
      let next = extraEnd + field(32, 2)
      guard next <= bytes.count else { throw Self.failure(source, "its directory is damaged") }
      let name = String(decoding: bytes[(place + 46)..<nameEnd], as: UTF8.self)
      var sizes = [field(24, 4), field(20, 4), field(42, 4)]
      // What does not fit into 32 bits stands, in this order, in an extra field of the kind 1.
      var extra = nameEnd
      while extra + 4 <= extraEnd {
        let (kind, length) = (
          number(bytes[extra..<(extra + 2)]), number(bytes[(extra + 2)..<(extra + 4)])
        )
        extra += 4
        guard extra + length <= extraEnd else { break }
        if kind == 1 {
          var wide = extra
          for index in sizes.indices where sizes[index] == 0xFFFF_FFFF && wide + 8 <= extra + length
          {
            sizes[index] = try Self.wide(bytes[wide..<(wide + 8)], source)
            wide += 8
          }
        }
        extra += length
      }
      guard names.insert(name).inserted else {
        throw Self.failure(source, "it has two members called \(quoted(name))")
      }
      members.append(
        Member(
          name: name, method: field(10, 2), isEncrypted: field(8, 2) & 1 == 1,
          checksum: UInt32(field(16, 4)), storedSize: sizes[1], size: sizes[0], offset: sizes[2]))
      place = next
    }
    self.members = members
  }

  private static func wide(
    _ bytes: ArraySlice<UInt8>, _ source: ByteSource
  ) throws(FileFailure) -> Int {
    guard let last = bytes.last, last < 0x80 else { throw failure(source, "a size is too large") }
    return number(bytes)
  }

  /// How many members the directory has and where it lies.
  private static func directory(
    _ source: ByteSource
  ) throws(FileFailure) -> (count: Int, range: Range<Int>) {
    let tailStart = max(0, source.count - 22 - 0xFFFF)
    let tail = try source.bytes(tailStart..<source.count)
    var place = tail.count - 22
    while place >= 0, tail[place..<(place + 4)] != [0x50, 0x4B, 5, 6] { place -= 1 }
    guard place >= 0 else { throw failure(source, "its directory is missing; is it cut short?") }
    var count = number(tail[(place + 10)..<(place + 12)])
    var size = number(tail[(place + 12)..<(place + 16)])
    var offset = number(tail[(place + 16)..<(place + 20)])
    let locator = tailStart + place - 20
    if count == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF, locator >= 0 {
      let bytes = try source.bytes(locator..<(locator + 20))
      if bytes.starts(with: [0x50, 0x4B, 6, 7]) {
        let start = try wide(bytes[8..<16], source)
        guard start <= source.count - 56 else { throw failure(source, "its directory is damaged") }
        let wide = try source.bytes(start..<(start + 56))
        guard wide.starts(with: [0x50, 0x4B, 6, 6]) else {
          throw failure(source, "its directory is damaged")
        }
        count = try Self.wide(wide[32..<40], source)
        size = try Self.wide(wide[40..<48], source)
        offset = try Self.wide(wide[48..<56], source)
      }
    }
    guard offset <= source.count, size <= source.count - offset, count <= size / 46 else {
      throw failure(source, "its directory is damaged")
    }
    return (count, offset..<(offset + size))
  }

  /// The bytes of all members: where they lie in the archive if they are stored, else inflated and checked.
  ///
  /// Members must lie apart: were a few bytes many members, an archive could hold far more than it shows.
  func contents() throws(FileFailure) -> [ByteSource] {
    var extents: [(range: Range<Int>, member: Member)] = []
    for member in members { extents.append((try extent(of: member), member)) }
    extents.sort { $0.range.lowerBound < $1.range.lowerBound }
    for (first, second) in zip(extents, extents.dropFirst())
    where first.range.upperBound > second.range.lowerBound {
      throw failure(
        "its members \(quoted(first.member.name)) and \(quoted(second.member.name)) overlap")
    }
    var expansion = Expansion(of: source)
    var result: [ByteSource] = []
    for member in members { result.append(try contents(of: member, &expansion)) }
    return result
  }

  /// Where a member lies, with its own head.
  private func extent(of member: Member) throws(FileFailure) -> Range<Int> {
    let start = try start(of: member)
    return member.offset..<(start + member.storedSize)
  }

  /// Where a member's stored bytes begin; all of them lie within the archive.
  private func start(of member: Member) throws(FileFailure) -> Int {
    guard member.offset >= 0 else { throw failure("its directory is damaged") }
    if member.isEncrypted { throw failure("its member \(quoted(member.name)) is encrypted") }
    guard member.offset <= source.count - 30 else { throw failure("it is cut short") }
    let head = try source.bytes(member.offset..<(member.offset + 30))
    guard head.starts(with: [0x50, 0x4B, 3, 4]) else {
      throw failure("its member \(quoted(member.name)) is not where its directory says")
    }
    let start = member.offset + 30 + number(head[26..<28]) + number(head[28..<30])
    guard start <= source.count, member.storedSize <= source.count - start else {
      throw failure("its member \(quoted(member.name)) is cut short")
    }
    return start
  }

  private func contents(
    of member: Member, _ expansion: inout Expansion
  ) throws(FileFailure) -> ByteSource {
    let start = try start(of: member)
    let range = start..<(start + member.storedSize)
    switch member.method {
    case 0:
      guard member.size == member.storedSize else {
        throw failure("its member \(quoted(member.name)) has two sizes")
      }
      return ByteSource(name: "\(source.name)/\(member.name)", source, range)
    case 8: return try inflated(member, range, &expansion)
    default:
      throw failure(
        "its member \(quoted(member.name)) is compressed by method \(member.method); only stored "
          + "and deflated ones can be read")
    }
  }

  private func inflated(
    _ member: Member, _ range: Range<Int>, _ expansion: inout Expansion
  ) throws(FileFailure) -> ByteSource {
    var spool = Spool(name: "\(source.name)/\(member.name)")
    var checksum = Checksum()
    var count = 0
    let what = "its member \(quoted(member.name))"
    var inflate = Inflate(ByteCursor(source, range))
    do throws(InflateFailure) {
      try inflate.run { (part) throws(FileFailure) in
        checksum.add(part)
        count += part.count
        if count > member.size { throw failure("\(what) is larger than its directory says") }
        try expansion.add(part.count)
        try spool.append(part)
      }
    } catch {
      switch error {
      case .problem(let text): throw failure("\(what): \(text)")
      case .file(let failure): throw failure
      }
    }
    guard count == member.size, checksum.value == member.checksum else {
      throw failure("\(what): its checksum is wrong")
    }
    return try spool.finish()
  }
}
