/// How an entry of several lines stands on one line of the history file.
enum HistoryEscaping {
  /// Each escaped scalar and the letter that stands for it after a backslash.
  private static let letters: [(scalar: Unicode.Scalar, letter: Unicode.Scalar)] = [
    ("\\", "\\"), ("\n", "n"), ("\r", "r"), ("\0", "0"),
  ]

  /// The line for `entry`, without its newline.
  static func escaped(_ entry: String) -> String {
    var line = String.UnicodeScalarView()
    for scalar in entry.unicodeScalars {
      if let row = letters.first(where: { $0.scalar == scalar }) {
        line.append("\\")
        line.append(row.letter)
      } else {
        line.append(scalar)
      }
    }
    return String(line)
  }

  /// The entry on a line; nil where it is blank, holds a NUL or is no UTF-8.
  ///
  /// A backslash before anything but the letters above stands for itself.
  static func entry(of line: some Collection<UInt8>) -> String? {
    guard !line.contains(0), let text = String(validating: line, as: UTF8.self) else { return nil }
    var entry = String.UnicodeScalarView()
    var escaped = false
    for scalar in text.unicodeScalars {
      if escaped {
        escaped = false
        if let row = letters.first(where: { $0.letter == scalar }) {
          entry.append(row.scalar)
        } else {
          entry.append("\\")
          entry.append(scalar)
        }
      } else if scalar == "\\" {
        escaped = true
      } else {
        entry.append(scalar)
      }
    }
    if escaped { entry.append("\\") }
    let result = String(entry)
    return result.allSatisfy(\.isWhitespace) ? nil : result
  }
}
