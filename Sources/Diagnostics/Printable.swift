/// A text as a terminal may be given it: what would control it (move the cursor, set a title, turn the direction of
/// writing) is shown as `\u{1B}`. Line ends and tabs are kept.
///
/// This is the one escape for terminals. What is given twice stays as it is.
public func printable(_ text: String) -> String {
  // Most texts have nothing of the kind; their bytes tell so at once.
  guard text.utf8.contains(where: mayControl) else { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if controls(scalar), scalar != "\n", scalar != "\t" {
      result += scalar.escaped(asASCII: true).unicodeScalars
    } else {
      result.append(scalar)
    }
  }
  return String(result)
}

/// The same for a text that is to stay on one line, such as a name: line ends and tabs are shown as `\n` and `\t`.
public func printableOnOneLine(_ text: String) -> String {
  guard text.utf8.contains(where: { $0 == 0x0A || $0 == 0x09 || mayControl($0) }) else {
    return text
  }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if controls(scalar) {
      result += scalar.escaped(asASCII: true).unicodeScalars
    } else {
      result.append(scalar)
    }
  }
  return String(result)
}

/// Whether a byte may belong to a scalar that controls a terminal, other than a line end or a tab.
private func mayControl(_ byte: UInt8) -> Bool {
  byte < 0x20 && byte != 0x0A && byte != 0x09 || byte == 0x7F
    // The first bytes of U+0080 to U+00BF, of U+0600 to U+063F and of U+2000 to U+2FFF.
    || byte == 0xC2 || byte == 0xD8 || byte == 0xE2
}

/// Whether a scalar is a control character, ends a line, or sets the direction of writing (Unicode, UAX #9).
func controls(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case ..<0x20, 0x7F..<0xA0, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
  default: false
  }
}
