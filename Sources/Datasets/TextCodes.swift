/// Numbers for texts that come again and again, found by their bytes; several texts may have one.
///
/// An open table of twice as many places as texts, at least, by D. Knuth's linear probing (1963); FNV-1a tells places.
struct TextCodes: Sendable {
  private var codes: [Int] = []
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var places: [Int] = Array(repeating: -1, count: 64)

  /// Gives a text that has no code one.
  mutating func add(_ text: UnsafeBufferPointer<UInt8>, _ code: Int) {
    if 2 * (codes.count + 1) > places.count { grow() }
    places[place(of: text)] = codes.count
    codes.append(code)
    bytes += text
    ends.append(bytes.count)
  }

  /// The code of a text that has one.
  func code(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    let entry = places[place(of: text)]
    return entry < 0 ? nil : codes[entry]
  }

  /// Where a text stands in the table, or would stand.
  private func place(of text: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    var place = Int(truncatingIfNeeded: hash ^ hash >> 32) & (places.count - 1)
    while places[place] >= 0, !isText(places[place], text) {
      place = (place + 1) & (places.count - 1)
    }
    return place
  }

  private func isText(_ entry: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = entry == 0 ? 0 : ends[entry - 1]
    guard ends[entry] - start == text.count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      text.indices.allSatisfy { bytes[start + $0] == text[$0] }
    }
  }

  private mutating func grow() {
    places = Array(repeating: -1, count: places.count * 2)
    bytes.withUnsafeBufferPointer { bytes in
      for entry in codes.indices {
        let start = entry == 0 ? 0 : ends[entry - 1]
        places[place(of: UnsafeBufferPointer(rebasing: bytes[start..<ends[entry]]))] = entry
      }
    }
  }
}
