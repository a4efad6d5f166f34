import NNCFormats

/// Is told how far the reading of a file is, again and again.
public final class ReadingProgress: Sendable {
  private let hear: @Sendable (_ name: String, _ done: Int, _ count: Int) -> Void

  /// - Parameter hear: is called with the file's name, the bytes that are read, and how many there are.
  public init(_ hear: @escaping @Sendable (_ name: String, _ done: Int, _ count: Int) -> Void) {
    self.hear = hear
  }

  func tell(_ done: Int, of source: ByteSource) { hear(source.name, done, source.count) }
}
