/// What one reading of the line editor ended with.
public enum Entry: Equatable, Sendable {
  /// An entry, without its last newline; several lines where the input asked for more.
  case text(String)
  /// Ctrl-C: the user dropped the line.
  case cancelled
  /// Ctrl-D on an empty line, or the input has ended or failed.
  case endOfInput
}
