/// Spoils a text: deletes, inserts, exchanges, truncates, or overwrites with anything.
func mutate(_ bytes: inout [UInt8], _ random: inout Random) {
  let fragments = [
    "(", ")", "[", "]", "{", "}", ";", "\n", "=", "->", ",", ":", "#", "\"", "-", "^", "let ",
    "loss ", "repeat 2 {", "1e", "0.", "2x", "é", "\u{FEFF}", "\r",
  ]
  func range() -> Range<Int> {
    let start = random.pick(0..<bytes.count + 1)
    return start..<min(bytes.count, start + random.pick(0..<6))
  }
  switch random.pick(0..<6) {
  case 0: bytes.removeSubrange(range())
  case 1:
    let fragment = fragments[random.pick(0..<fragments.count)]
    bytes.insert(contentsOf: Array(fragment.utf8), at: random.pick(0..<bytes.count + 1))
  case 2:
    let (first, second) = (range(), range())
    let (low, high) = first.lowerBound < second.lowerBound ? (first, second) : (second, first)
    guard low.upperBound <= high.lowerBound else { return }
    let (left, right) = (Array(bytes[low]), Array(bytes[high]))
    bytes.replaceSubrange(high, with: left)
    bytes.replaceSubrange(low, with: right)
  case 3: bytes.removeSubrange(random.pick(0..<bytes.count + 1)...)
  case 4:
    for i in range() { bytes[i] = UInt8(truncatingIfNeeded: random.next()) }
  default:
    bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: random.pick(0..<bytes.count + 1))
  }
}
