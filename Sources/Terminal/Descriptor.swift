#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file descriptor with whole writes and restarted reads.
struct Descriptor: Sendable {
  let number: Int32

  /// Reads at most `limit` bytes.
  ///
  /// An empty result is the end of the input.
  func read(limit: Int = 4096) throws(SystemError) -> [UInt8] {
    while true {
      var failure: Int32 = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
        #if canImport(Glibc)
          let n = Glibc.read(number, buffer.baseAddress, limit)
        #else
          let n = Darwin.read(number, buffer.baseAddress, limit)
        #endif
        if n < 0 { failure = errno }
        count = max(n, 0)
      }
      switch failure {
      case 0: return bytes
      case EINTR: continue
      case EAGAIN: wait(for: Int16(POLLIN))
      default: throw SystemError(code: failure)
      }
    }
  }

  /// Writes all of `bytes`.
  func write(_ bytes: some Collection<UInt8>) throws(SystemError) {
    let whole = Array(bytes)
    var start = 0
    while start < whole.count {
      let n = whole.withUnsafeBytes { buffer in
        #if canImport(Glibc)
          Glibc.write(number, buffer.baseAddress! + start, buffer.count - start)
        #else
          Darwin.write(number, buffer.baseAddress! + start, buffer.count - start)
        #endif
      }
      if n >= 0 {
        start += n
        continue
      }
      let failure = errno
      switch failure {
      case EINTR: continue
      case EAGAIN: wait(for: Int16(POLLOUT))
      default: throw SystemError(code: failure)
      }
    }
  }

  private func wait(for events: Int16) {
    var request = pollfd(fd: number, events: events, revents: 0)
    _ = poll(&request, 1, -1)
  }
}

/// A failed system call.
struct SystemError: Error, Equatable {
  let code: Int32

  /// What the system calls it, such as `Permission denied`.
  var cause: String { String(cString: strerror(code)) }
}
