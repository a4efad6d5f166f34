#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A system call that failed.
struct SystemFailure: Error, Equatable {
  let code: Int32

  /// The failure of the last call.
  static var last: SystemFailure { SystemFailure(code: errno) }

  /// What the system calls it, such as `No space left on device`.
  var cause: String { String(cString: strerror(code)) }
}

/// Writes all of `bytes` to a descriptor.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(SystemFailure) {
  var start = 0
  while start < bytes.count {
    let count = bytes.withUnsafeBytes {
      write(descriptor, $0.baseAddress! + start, $0.count - start)
    }
    if count >= 0 {
      start += count
    } else if errno != EINTR {
      throw .last
    }
  }
}

/// Reads a descriptor to its end, or until there are more bytes than `limit`.
func readAll(_ descriptor: Int32, limit: Int) throws(SystemFailure) -> [UInt8] {
  var result: [UInt8] = []
  var part = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = read(descriptor, &part, part.count)
    if count > 0 {
      result += part[..<count]
      if result.count > limit { return result }
    } else if count == 0 {
      return result
    } else if errno != EINTR {
      throw .last
    }
  }
}
