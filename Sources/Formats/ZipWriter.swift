/// Writes a zip archive of stored members, each with its sizes in 64 bits, all dated 1980-01-01.
struct ZipWriter: ~Copyable {
  private var file: PendingFile
  private var offset = 0
  private var directory: [UInt8] = []
  private var count = 0

  /// Begins an archive.
  init(_ file: consuming PendingFile) { self.file = file }

  /// Adds a member.
  mutating func add(_ name: String, _ bytes: [UInt8]) throws(FileFailure) {
    var checksum = Checksum()
    checksum.add(bytes)
    let text = Array(name.utf8)
    // Version 4.5 (for sizes of 64 bits), names in UTF-8, stored, the date, the checksum, sizes that stand elsewhere.
    let common: [UInt8] =
      little(45, 2) + little(0x0800, 2) + little(0, 2) + little(0, 2) + little(33, 2)
      + little(Int(checksum.value), 4) + little(0xFFFF_FFFF, 4) + little(0xFFFF_FFFF, 4)
      + little(text.count, 2)
    let sizes = little(bytes.count, 8) + little(bytes.count, 8)
    let head =
      [0x50, 0x4B, 3, 4] + common + little(20, 2) + text + little(1, 2) + little(16, 2) + sizes
    directory += [0x50, 0x4B, 1, 2] + little(45, 2) + common + little(28, 2) + little(0, 2)
    directory += little(0, 2) + little(0, 2) + little(0, 4) + little(0xFFFF_FFFF, 4) + text
    directory += little(1, 2) + little(24, 2) + sizes + little(offset, 8)
    try file.write(head)
    try file.write(bytes)
    offset += head.count + bytes.count
    count += 1
  }

  /// Writes the directory and puts the file in its place.
  consuming func finish() throws(FileFailure) {
    let wide =
      [0x50, 0x4B, 6, 6] + little(44, 8) + little(45, 2) + little(45, 2) + little(0, 8)
      + little(count, 8) + little(count, 8) + little(directory.count, 8) + little(offset, 8)
    let locator =
      [0x50, 0x4B, 6, 7] + little(0, 4) + little(offset + directory.count, 8) + little(1, 4)
    let end =
      [0x50, 0x4B, 5, 6] + little(0, 4) + little(min(count, 0xFFFF), 2)
      + little(min(count, 0xFFFF), 2) + little(min(directory.count, 0xFFFF_FFFF), 4)
      + little(min(offset, 0xFFFF_FFFF), 4) + little(0, 2)
    try file.write(directory)
    try file.write(wide + locator + end)
    try file.commit()
  }

  private func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
