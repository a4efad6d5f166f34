/// The entries of earlier lines, kept in a file where one is given.
///
/// Failures never stop a session: `problem` says what went wrong, and the entries live on in
/// memory.
public struct History: Sendable {
  /// The entries, oldest first.
  public private(set) var entries: [String] = []
  /// Why the file could not be read or written, with its path; nil while all is well.
  public private(set) var problem: String?

  private let file: HistoryFile?
  private let limit: Int

  /// A history of at most `limit` entries, read from the file at `path`.
  public init(path: String? = nil, limit: Int = 1000) {
    self.limit = max(limit, 1)
    file = path.map { HistoryFile(path: $0) }
    guard let file else { return }
    do throws(SystemError) {
      let loaded = try file.load()
      entries = Array(loaded.entries.suffix(self.limit))
      // Not at every start: a file may grow to twice the limit before it is written anew.
      guard loaded.isLong || loaded.entries.count > 2 * self.limit else { return }
    } catch {
      problem = "cannot read history '\(file.path)': \(error.cause)"
      return
    }
    do throws(SystemError) {
      try file.trim(to: self.limit)
    } catch {
      problem = "cannot shorten history '\(file.path)': \(error.cause)"
    }
  }

  /// Adds an entry, unless it is blank or the same as the last.
  ///
  /// Entries over 64 KiB are kept for this session only.
  public mutating func add(_ entry: String) {
    guard !entry.allSatisfy(\.isWhitespace), entry != entries.last else { return }
    entries.append(entry)
    if entries.count > limit { entries.removeFirst(entries.count - limit) }
    guard let file, entry.utf8.count <= 1 << 16 else { return }
    do throws(SystemError) {
      try file.append(entry)
      problem = nil
    } catch {
      problem = "cannot write history '\(file.path)': \(error.cause)"
    }
  }
}
