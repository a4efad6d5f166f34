#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// A file that is being written and takes its place only when it is whole.
///
/// The bytes go to a temporary file beside the place, which is synchronised with the disk and then renamed; until then
/// what stood there before still stands, and without `commit` the temporary file is removed. What is no regular file,
/// such as `/dev/stdout`, is written directly.
public struct PendingFile: ~Copyable {
  /// Where the file is to stand.
  public let path: String
  /// Where it really is to stand: a link is followed, not replaced.
  private let target: String
  /// The file that is written; nil where the place is written directly.
  private let temporary: String?
  private var descriptor: Int32
  private var buffer: [UInt8] = []

  /// Begins a file.
  public init(_ path: String) throws(FileFailure) {
    var facts = stat()
    let exists = stat(path, &facts) == 0
    if exists, facts.st_mode & S_IFMT == S_IFDIR { throw Self.failure(path, EISDIR) }
    let isDirect = exists && facts.st_mode & S_IFMT != S_IFREG
    if exists, !isDirect, access(path, W_OK) != 0 { throw Self.failure(path) }
    let resolved = isDirect ? nil : realpath(path, nil)
    let target = resolved.map { String(cString: $0) } ?? path
    free(resolved)
    let temporary = isDirect ? nil : target + ".\(getpid()).tmp"
    // What a killed process of the same number left, or another user put there, is not written into.
    if let temporary { unlink(temporary) }
    let flags = isDirect ? O_WRONLY : O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
    let descriptor = open(temporary ?? path, flags | O_CLOEXEC, 0o666)
    if descriptor < 0 { throw Self.failure(path) }
    if let temporary, exists, fchmod(descriptor, facts.st_mode & 0o7777) != 0 {
      let cause = errno
      close(descriptor)
      unlink(temporary)
      throw Self.failure(path, cause)
    }
    self.path = path
    self.target = target
    self.temporary = temporary
    self.descriptor = descriptor
  }

  deinit {
    if descriptor >= 0 {
      close(descriptor)
      if let temporary { unlink(temporary) }
    }
  }

  /// Adds bytes.
  public mutating func write(_ bytes: some Sequence<UInt8>) throws(FileFailure) {
    buffer += bytes
    if buffer.count >= 1 << 18 { try flush() }
  }

  /// Adds text.
  public mutating func write(_ text: String) throws(FileFailure) { try write(text.utf8) }

  private mutating func flush() throws(FileFailure) {
    guard buffer.withUnsafeBytes({ writeWhole($0, to: descriptor) }) else {
      throw Self.failure(path)
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Brings the bytes to the disk, but does not yet put the file in its place.
  public mutating func prepare() throws(FileFailure) {
    try flush()
    // Devices and pipes know no fsync.
    if fsync(descriptor) != 0, errno != EINVAL, errno != EROFS, errno != ENOTSUP {
      throw Self.failure(path)
    }
  }

  /// Puts the file in its place; from now on it stands there, also after a loss of power.
  public consuming func commit() throws(FileFailure) {
    try prepare()
    let closed = close(descriptor)
    let cause = errno
    descriptor = -1
    guard let temporary else { return }
    if closed != 0 {
      unlink(temporary)
      throw Self.failure(path, cause)
    }
    if rename(temporary, target) != 0 {
      let failure = Self.failure(path)
      unlink(temporary)
      throw failure
    }
    synchroniseFolder()
  }

  /// Brings the folder's new entry to the disk; some file systems cannot, and then it comes in its own time.
  private func synchroniseFolder() {
    let parts = target.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let folder = parts.isEmpty ? "." : parts.joined(separator: "/") + "/"
    let entry = open(folder, O_RDONLY | O_CLOEXEC)
    if entry >= 0 {
      fsync(entry)
      close(entry)
    }
  }

  private static func failure(_ path: String, _ code: Int32 = errno) -> FileFailure {
    .machine("cannot write `\(path)`: \(systemCause(code))")
  }
}

extension PendingFile {
  /// Writes a file whole or not at all.
  public static func write(
    _ bytes: some Sequence<UInt8>, to path: String
  ) throws(FileFailure) {
    var file = try PendingFile(path)
    try file.write(bytes)
    try file.commit()
  }
}
