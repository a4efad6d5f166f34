import NNCDiagnostics

/// How much of a compressed file has been expanded: what grows without measure is refused.
struct Expansion {
  /// The compressed file.
  private let source: ByteSource
  private let most: Int
  private var count = 0

  /// Nothing of a file yet.
  init(
    of source: ByteSource, free: Int = Limits.freeExpansion, ratio: Int = Limits.expansionRatio
  ) {
    self.source = source
    let (product, overflow) = source.count.multipliedReportingOverflow(by: ratio)
    most = max(free, overflow ? .max : product)
  }

  /// Counts further bytes.
  mutating func add(_ part: Int) throws(FileFailure) {
    count += part
    if count > most {
      throw .wrong(
        "`\(source.name)` has \(source.count) bytes and expands to more than \(most), the most for it",
        hint: "expand it first, if it is to be trusted")
    }
  }
}
