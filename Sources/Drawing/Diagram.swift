/// A drawing before it is drawn: boxes with lines of text, and arrows between them.
public struct Diagram: Sendable {
  /// What the drawing is called.
  public var title: String
  /// What it shows, in a sentence.
  public var summary: String
  /// Where its numbers come from, in words that stand below it; empty for none.
  public var note = ""
  /// The boxes.
  public var boxes: [Box] = []
  /// The arrows.
  public var arrows: [Arrow] = []

  /// An empty diagram.
  public init(title: String, summary: String) {
    self.title = title
    self.summary = summary
  }

  /// What a box or an arrow belongs to, which its colour says.
  public enum Kind: String, Sendable, CaseIterable {
    /// What is given.
    case given
    /// The forward pass.
    case forward
    /// The loss.
    case loss
    /// The backward pass.
    case backward
  }

  /// A box.
  public struct Box: Sendable {
    /// Its name, on the first line.
    public var name: String
    /// The lines below it.
    public var lines: [String]
    /// What it belongs to.
    public var kind: Kind

    /// Makes a box.
    public init(_ name: String, lines: [String] = [], kind: Kind) {
      self.name = name
      self.lines = lines
      self.kind = kind
    }
  }

  /// An arrow from one box to another.
  public struct Arrow: Sendable {
    /// The index of the box where it begins.
    public var from: Int
    /// The index of the box where it ends.
    public var to: Int
    /// What stands on it; empty for nothing.
    public var label: String
    /// What it belongs to.
    public var kind: Kind

    /// Makes an arrow.
    public init(from: Int, to: Int, label: String = "", kind: Kind) {
      self.from = from
      self.to = to
      self.label = label
      self.kind = kind
    }
  }
}
