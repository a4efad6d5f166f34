/// The columns that a character takes on a terminal: 0, 1 or 2.
///
/// Combining marks and joined characters count once for their cluster. Wide are the characters
/// with East Asian width W or F and those that are shown as emoji (Unicode 16, UAX #11).
func displayWidth(_ character: Character) -> Int {
  let scalars = character.unicodeScalars
  guard let first = scalars.first else { return 0 }
  if first.value < 0x300 { return 1 }
  let properties = first.properties
  if properties.isEmojiPresentation || isWide(first.value) { return 2 }
  if properties.isEmoji, scalars.contains("\u{FE0F}") { return 2 }
  switch properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: return 1
  }
}

/// The blocks of wide characters, in order.
private let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115F,  // Hangul initials
  0x2329...0x232A,  // angle brackets
  0x2E80...0x303E,  // CJK radicals and punctuation
  0x3041...0x33FF,  // kana, Hangul compatibility, CJK compatibility
  0x3400...0x4DBF,  // CJK extension A
  0x4E00...0x9FFF,  // CJK
  0xA000...0xA4CF,  // Yi
  0xA960...0xA97F,  // Hangul extended
  0xAC00...0xD7A3,  // Hangul
  0xF900...0xFAFF,  // CJK compatibility
  0xFE10...0xFE19,  // vertical forms
  0xFE30...0xFE6F,  // CJK compatibility forms
  0xFF01...0xFF60,  // fullwidth forms
  0xFFE0...0xFFE6,  // fullwidth signs
  0x16FE0...0x18DFF,  // Tangut
  0x1AFF0...0x1B2FF,  // kana supplements
  0x1F200...0x1F2FF,  // enclosed ideographs
  0x1F300...0x1F5FF,  // pictographs
  0x1F680...0x1F6FF,  // transport
  0x1F900...0x1F9FF,  // supplemental symbols
  0x20000...0x3FFFD,  // CJK extensions B and later
]

private func isWide(_ value: UInt32) -> Bool {
  value >= 0x1100 && wideRanges.contains { $0.contains(value) }
}

/// What is shown for a character of the source: its own self, or for a control character (which
/// might move the cursor or change colours) the picture of it.
func displayed(_ character: Character) -> Character {
  let scalars = character.unicodeScalars
  guard let first = scalars.first else { return character }
  if first.value < 0x20 { return Character(Unicode.Scalar(0x2400 + first.value) ?? "\u{FFFD}") }
  if first.value == 0x7F { return "\u{2421}" }
  return scalars.contains(where: controls) ? "\u{FFFD}" : character
}
