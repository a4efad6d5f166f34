import NNCDiagnostics

/// Why a file could not be read or written as what it should be.
public struct FileFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// Whose fault it is.
  public enum Kind: Hashable, Sendable {
    /// The user's: no such file, or one that does not hold what it should.
    case wrong
    /// The machine's: a full disk, no permission, a file that shrinks while it is read.
    case machine
  }

  /// Whose fault it is.
  public let kind: Kind
  /// What is wrong and where, on one line.
  public let message: String
  /// What to try instead.
  public let hint: String?

  /// A failure of its parts.
  public init(_ kind: Kind, _ message: String, hint: String? = nil) {
    self.kind = kind
    self.message = message
    self.hint = hint
  }

  /// The file does not hold what it should.
  public static func wrong(_ message: String, hint: String? = nil) -> FileFailure {
    FileFailure(.wrong, message, hint: hint)
  }

  /// The machine failed.
  public static func machine(_ message: String) -> FileFailure { FileFailure(.machine, message) }

  /// The message with what to try instead.
  public var description: String { message + (hint.map { "; \($0)" } ?? "") }
}

/// A text of a file, short enough to be quoted in a message, on one line.
public func quoted(_ text: String) -> String {
  let short = text.count > 40 ? text.prefix(40) + "…" : text[...]
  return "`\(printableOnOneLine(String(short)))`"
}
