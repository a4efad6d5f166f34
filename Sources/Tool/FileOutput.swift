#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif
import NNC

/// A file to be written.
struct OutputFile: Equatable, Sendable {
  let path: String
  let text: String
}

/// Writes files whole or not at all: no file takes its place before all are on the disk.
///
/// Where one cannot be written, what stood at the places of all still stands. What is no regular file, such as
/// `/dev/stdout`, is written directly.
func writeFiles(_ files: [OutputFile]) throws(Failure) {
  do throws(FileFailure) { try write(files[...]) } catch { throw Failure(any: error) }
}

/// Brings the first file to the disk, then writes the others, then puts it in its place.
private func write(_ files: ArraySlice<OutputFile>) throws(FileFailure) {
  guard let first = files.first else { return }
  var file = try PendingFile(first.path)
  try file.write(first.text)
  try file.prepare()
  try write(files.dropFirst())
  try file.commit()
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

/// Whether there is anything at a path.
func isThere(_ path: String) -> Bool { access(path, F_OK) == 0 }

/// Refuses a path that cannot be written, before work is done for it.
func checkWritable(_ path: String) throws(Failure) {
  func refused(_ code: Int32) -> Failure {
    .machine("cannot write `\(path)`: \(SystemFailure(code: code).cause)")
  }
  if isFolder(path) { throw refused(EISDIR) }
  let isThere = isThere(path)
  let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
  if isThere, access(path, W_OK) != 0 { throw refused(errno) }
  if !isThere, access(folder, W_OK | X_OK) != 0 { throw refused(errno) }
}
