/// A message about the user's source, as a value; a renderer makes text of it.
public struct Diagnostic: Hashable, Sendable {
  /// How bad it is.
  public enum Severity: String, Hashable, Sendable {
    /// Nothing can be compiled.
    case error
    /// Compiled, though probably not as meant.
    case warning
  }

  /// A place and what to say about it.
  public struct Label: Hashable, Sendable {
    /// The place, or nil for a message about the file as a whole.
    public var span: SourceSpan?
    /// The words beside the underline; may be empty.
    public var text: String

    /// A label of `text` at `span`.
    public init(_ span: SourceSpan?, _ text: String) {
      self.span = span
      self.text = text
    }
  }

  /// A change of the source that would probably mend it.
  public struct Fix: Hashable, Sendable {
    /// What to tell the user, such as *did you mean sigmoid?*
    public var message: String
    /// The bytes to replace; empty to insert.
    public var span: SourceSpan
    /// The new text.
    public var replacement: String

    /// The change of `span` into `replacement`.
    public init(_ message: String, replace span: SourceSpan, with replacement: String) {
      self.message = message
      self.span = span
      self.replacement = replacement
    }
  }

  /// The message's code, such as `N0101`; `nnc help N0101` explains it. Empty for what is no message about a network.
  public var code: String
  /// How bad it is.
  public var severity: Severity
  /// What is wrong, in one line, in the user's words.
  public var message: String
  /// Where it is wrong.
  public var primary: Label
  /// Other places that have to do with it.
  public var secondary: [Label]
  /// Further lines of explanation.
  public var notes: [String]
  /// Likely repairs, the best first.
  public var fixes: [Fix]

  /// A diagnostic of these parts.
  public init(
    _ code: String, _ severity: Severity, _ message: String,
    at span: SourceSpan?, label: String = "", secondary: [Label] = [], notes: [String] = [],
    fixes: [Fix] = []
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.primary = Label(span, label)
    self.secondary = secondary
    self.notes = notes
    self.fixes = fixes
  }

  /// An error of these parts.
  public init(
    _ code: String, _ message: String, at span: SourceSpan?, label: String = "",
    secondary: [Label] = [], notes: [String] = [], fixes: [Fix] = []
  ) {
    self.init(
      code, .error, message, at: span, label: label, secondary: secondary, notes: notes,
      fixes: fixes)
  }
}
