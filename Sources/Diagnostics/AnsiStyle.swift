/// The colours of a message on a terminal.
enum AnsiStyle: String {
  case error = "\u{1B}[1;31m"
  case warning = "\u{1B}[1;33m"
  case frame = "\u{1B}[1;34m"
  case help = "\u{1B}[1;32m"
  case bold = "\u{1B}[1m"

  /// `text` in this style, or plain.
  func paint(_ text: String, _ isOn: Bool) -> String {
    isOn && !text.isEmpty ? rawValue + text + "\u{1B}[0m" : text
  }
}
