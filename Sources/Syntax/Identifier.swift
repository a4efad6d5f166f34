import NNCDiagnostics

/// A name as the user wrote it, and where.
public struct Identifier: Hashable, Sendable {
  /// The name; two names are the same if these are equal.
  public var text: String
  /// Where it stands.
  public var span: SourceSpan

  /// The name `text` at `span`.
  public init(_ text: String, at span: SourceSpan) {
    self.text = text
    self.span = span
  }
}
