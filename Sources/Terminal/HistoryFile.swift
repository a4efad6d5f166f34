#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The file of a history: one escaped entry a line, oldest first, readable by its owner alone.
///
/// Several sessions may share it. Each addition is one write to the end under a lock; a file that
/// has grown is replaced whole by a rename, and who waited for the lock then opens the new one.
struct HistoryFile: Sendable {
  let path: String
  /// No more than this is read, from the end.
  private static let readLimit = 4 << 20

  /// The entries; none where there is no file or it is no regular file (`/dev/null`).
  ///
  /// Lines that are no entries are skipped, as is all before the newest 4 MiB; `isLong` says that
  /// there was more.
  func load() throws(SystemError) -> (entries: [String], isLong: Bool) {
    let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT { return ([], false) }
      throw SystemError(code: errno)
    }
    defer { close(file) }
    guard let size = try Self.regularSize(file) else { return ([], false) }
    // Not while another session is in the middle of a line.
    while flock(file, LOCK_SH) != 0, errno == EINTR {}
    return (try Self.entries(in: file, size: size), size > Self.readLimit)
  }

  /// Adds an entry at the end.
  func append(_ entry: String) throws(SystemError) {
    guard let file = try openLocked(O_RDWR | O_CREAT | O_APPEND) else { return }
    defer { close(file) }
    guard let size = try Self.regularSize(file) else { return }
    var line = HistoryEscaping.escaped(entry) + "\n"
    var last: UInt8 = 0
    // A line that was cut short, as by a full disk, must not swallow this one.
    if size > 0, pread(file, &last, 1, off_t(size - 1)) == 1, last != 0x0A { line = "\n" + line }
    try Descriptor(number: file).write(line.utf8)
  }

  /// Cuts the file to its newest `limit` entries.
  func trim(to limit: Int) throws(SystemError) {
    guard let file = try openLocked(O_RDWR) else { return }
    defer { close(file) }
    guard let size = try Self.regularSize(file) else { return }
    let kept = try Self.entries(in: file, size: size).suffix(limit)
    // Through a link, so that the link itself is not replaced.
    let target = realpath(path, nil).map { resolved in
      defer { free(resolved) }
      return String(cString: resolved)
    }
    let whole = target ?? path
    let temporary = whole + ".\(getpid()).tmp"
    let copy = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard copy >= 0 else { throw SystemError(code: errno) }
    fchmod(copy, 0o600)
    do throws(SystemError) {
      defer { close(copy) }
      let text = kept.map { HistoryEscaping.escaped($0) + "\n" }.joined()
      try Descriptor(number: copy).write(text.utf8)
      guard fsync(copy) == 0, rename(temporary, whole) == 0 else { throw SystemError(code: errno) }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Opens the file that stands at the path once the lock is held; nil for what is no file.
  private func openLocked(_ flags: Int32) throws(SystemError) -> Int32? {
    while true {
      let file = open(path, flags | O_NONBLOCK | O_CLOEXEC, 0o600)
      guard file >= 0 else { throw SystemError(code: errno) }
      var held = stat()
      guard fstat(file, &held) == 0, held.st_mode & S_IFMT == S_IFREG else {
        close(file)
        return nil
      }
      while flock(file, LOCK_EX) != 0, errno == EINTR {}
      var current = stat()
      if stat(path, &current) == 0, current.st_ino == held.st_ino, current.st_dev == held.st_dev {
        if held.st_mode & 0o077 != 0 { fchmod(file, 0o600) }
        return file
      }
      close(file)
    }
  }

  private static func regularSize(_ file: Int32) throws(SystemError) -> Int? {
    var facts = stat()
    guard fstat(file, &facts) == 0 else { throw SystemError(code: errno) }
    if facts.st_mode & S_IFMT == S_IFDIR { throw SystemError(code: EISDIR) }
    return facts.st_mode & S_IFMT == S_IFREG ? Int(facts.st_size) : nil
  }

  private static func entries(in file: Int32, size: Int) throws(SystemError) -> [String] {
    let start = max(0, size - readLimit)
    guard lseek(file, off_t(start), SEEK_SET) >= 0 else { throw SystemError(code: errno) }
    var bytes: [UInt8] = []
    while bytes.count <= readLimit {
      let more = try Descriptor(number: file).read(limit: 1 << 16)
      if more.isEmpty { break }
      bytes += more
    }
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)[...]
    if start > 0 { lines = lines.dropFirst() }
    return lines.compactMap { HistoryEscaping.entry(of: $0) }
  }
}
