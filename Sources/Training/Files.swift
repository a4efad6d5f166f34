#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// All bytes of a small file; throws what the system says.
package func readFile(_ path: String) throws(NativeError) -> [UInt8] {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  func failure() -> NativeError {
    NativeError("cannot read `\(path)`: \(String(cString: strerror(errno)))")
  }
  guard descriptor >= 0 else { throw failure() }
  defer { close(descriptor) }
  var result: [UInt8] = []
  var part = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = read(descriptor, &part, part.count)
    if count == 0 { return result }
    if count > 0 { result += part[..<count] } else if errno != EINTR { throw failure() }
  }
}

/// Whether anything stands at a path.
func fileExists(_ path: String) -> Bool {
  var facts = stat()
  return lstat(path, &facts) == 0
}

/// The names of what a folder holds; none where it cannot be read.
func namesInFolder(_ path: String) -> [String] {
  guard let stream = opendir(path) else { return [] }
  defer { closedir(stream) }
  var names: [String] = []
  while let entry = readdir(stream) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names
}

/// Does something with a new folder, which is gone afterwards if nothing is left in it.
func withTemporaryFolder<Result>(
  _ body: (String) throws(NativeError) -> Result
) throws(NativeError) -> Result {
  let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
  var template = Array("\(base)/nnc-XXXXXX".utf8CString)
  guard let made = mkdtemp(&template) else {
    throw NativeError("cannot make a folder in `\(base)`: \(String(cString: strerror(errno)))")
  }
  let folder = String(cString: made)
  defer { rmdir(folder) }
  return try body(folder)
}

/// Removes a file, if it is there.
func removeFile(_ path: String) { unlink(path) }
