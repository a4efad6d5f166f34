/// A run of bytes of one source file, `start ..< end`.
public struct SourceSpan: Hashable, Sendable {
  /// The offset of the first byte.
  public var start: Int32
  /// The offset after the last byte.
  public var end: Int32

  /// The bytes `start ..< end`; a span that would run backwards is empty at `start`.
  public init(_ start: Int, _ end: Int) {
    self.start = Int32(clamping: start)
    self.end = Int32(clamping: max(start, end))
  }

  /// The span's bytes as a range of offsets.
  public var range: Range<Int> { Int(start)..<Int(end) }

  /// Whether the span holds no byte; it still marks a place.
  public var isEmpty: Bool { start == end }

  /// The shortest span that holds both spans.
  public func union(_ other: SourceSpan) -> SourceSpan {
    SourceSpan(Int(min(start, other.start)), Int(max(end, other.end)))
  }
}
