#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file to be written.
struct OutputFile: Equatable, Sendable {
  let path: String
  let text: String
}

/// Writes files whole or not at all: each to a temporary file beside its place, then all renamed.
///
/// Where a file cannot be written nothing is renamed and the temporary files are removed, so what stood there before
/// still stands. What is no regular file, such as `/dev/stdout`, is written directly.
func writeFiles(_ files: [OutputFile]) throws(Failure) {
  var prepared: [PreparedFile] = []
  defer { for file in prepared { file.discard() } }
  for file in files {
    do throws(SystemFailure) {
      if let ready = try PreparedFile(file) { prepared.append(ready) }
    } catch {
      throw .machine("cannot write `\(file.path)`: \(error.cause)")
    }
  }
  while let file = prepared.first {
    do throws(SystemFailure) {
      try file.commit()
    } catch {
      throw .machine("cannot write `\(file.path)`: \(error.cause)")
    }
    prepared.removeFirst()
  }
}

/// A temporary file that holds what is to stand at its place.
private struct PreparedFile {
  let path: String
  private let target: String
  private let temporary: String

  /// Writes the temporary file; nil where the place is a device and was written directly.
  init?(_ file: OutputFile) throws(SystemFailure) {
    path = file.path
    var facts = stat()
    let exists = stat(path, &facts) == 0
    if exists, facts.st_mode & S_IFMT == S_IFDIR { throw SystemFailure(code: EISDIR) }
    if exists, facts.st_mode & S_IFMT != S_IFREG {
      try Self.write(file.text, to: path, O_WRONLY)
      return nil
    }
    if exists, access(path, W_OK) != 0 { throw .last }
    // Through a link, so that the link itself is not replaced.
    let resolved = realpath(path, nil)
    target = resolved.map { String(cString: $0) } ?? path
    free(resolved)
    temporary = target + ".\(getpid()).tmp"
    do throws(SystemFailure) {
      try Self.write(file.text, to: temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW)
      if exists, chmod(temporary, facts.st_mode & 0o7777) != 0 { throw .last }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Puts the file in its place.
  func commit() throws(SystemFailure) {
    guard rename(temporary, target) == 0 else { throw .last }
  }

  /// Forgets the file.
  func discard() { unlink(temporary) }

  private static func write(
    _ text: String, to path: String, _ flags: Int32
  ) throws(SystemFailure) {
    let descriptor = open(path, flags | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .last }
    var isOpen = true
    defer { if isOpen { close(descriptor) } }
    try writeAll(Array(text.utf8), to: descriptor)
    // Devices and pipes know no fsync.
    if fsync(descriptor) != 0, errno != EINVAL, errno != EROFS, errno != ENOTSUP { throw .last }
    isOpen = false
    if close(descriptor) != 0 { throw .last }
  }
}

/// Makes a folder and those above it that are missing.
func makeFolder(_ path: String) throws(Failure) {
  var whole = path.hasPrefix("/") ? "/" : ""
  for part in path.split(separator: "/") {
    whole += (whole.isEmpty || whole.hasSuffix("/") ? "" : "/") + part
    if mkdir(whole, 0o777) != 0, errno != EEXIST {
      // On a file system that is read-only, say, what exists is told apart only by asking.
      let cause = SystemFailure.last.cause
      if !isFolder(whole) { throw .machine("cannot make the folder `\(whole)`: \(cause)") }
    }
  }
  if !isFolder(path) { throw .machine("cannot make the folder `\(path)`: there is a file") }
}

/// Whether there is a folder at a path.
func isFolder(_ path: String) -> Bool {
  var facts = stat()
  return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
}

/// Refuses a path that cannot be written, before work is done for it.
func checkWritable(_ path: String) throws(Failure) {
  func refused(_ code: Int32) -> Failure {
    .machine("cannot write `\(path)`: \(SystemFailure(code: code).cause)")
  }
  if isFolder(path) { throw refused(EISDIR) }
  let isThere = access(path, F_OK) == 0
  let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
  if isThere, access(path, W_OK) != 0 { throw refused(errno) }
  if !isThere, access(folder, W_OK | X_OK) != 0 { throw refused(errno) }
}
