#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// All bytes of a small file; throws what the system says.
func readFile(_ path: String) throws(NativeError) -> [UInt8] {
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
