/// The cells that `text` takes on a terminal; styling sequences (`ESC [ … m`) take none.
public func displayWidth(_ text: String) -> Int {
  StyledPiece.pieces(of: text).reduce(0) { $0 + $1.width }
}

/// The cells that one character takes.
///
/// A cluster that a variation selector, a joiner or a skin tone makes one emoji takes 2, as does a
/// flag; any other takes the sum over its scalars, where marks drawn over a letter take none and
/// spacing marks one. Control
/// characters are shown as `^X` and take 2.
func displayWidth(of character: Character) -> Int {
  if let ascii = character.asciiValue { return ascii < 0x20 || ascii == 0x7F ? 2 : 1 }
  let scalars = character.unicodeScalars
  if scalars.count > 1 {
    if scalars.contains(where: { $0.value == 0xFE0F || $0.properties.isEmojiModifier }) { return 2 }
    let joined = scalars.contains { $0.value == 0x200D }
    if joined && scalars.first!.properties.isEmoji { return 2 }
    if scalars.allSatisfy({ (0x1F1E6...0x1F1FF).contains($0.value) }) { return 2 }
  }
  return scalars.reduce(0) { $0 + displayWidth(of: $1) }
}

/// The cells of one scalar that stands alone.
func displayWidth(of scalar: Unicode.Scalar) -> Int {
  let value = scalar.value
  if value < 0x20 || value == 0x7F { return 2 }
  if value < 0x300 { return (0x80...0x9F).contains(value) ? 2 : 1 }
  // Medial vowels and final consonants are drawn inside the syllable's first jamo.
  if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FB).contains(value) { return 0 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: break
  }
  if scalar.properties.isEmojiPresentation { return 2 }
  var low = 0
  var high = wideRanges.count
  while low < high {
    let middle = (low + high) / 2
    if wideRanges[middle].upperBound < value { low = middle + 1 } else { high = middle }
  }
  return low < wideRanges.count && wideRanges[low].contains(value) ? 2 : 1
}
