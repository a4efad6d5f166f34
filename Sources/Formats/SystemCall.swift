#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// What the system calls the failure of its last call, such as `No space left on device`.
func systemCause(_ code: Int32 = errno) -> String { String(cString: strerror(code)) }

/// Repeats a system call that a signal interrupts.
func uninterrupted(_ call: () -> Int) -> Int {
  while true {
    let result = call()
    if result >= 0 || errno != EINTR { return result }
  }
}

/// Writes all of the bytes to a descriptor; false where that fails, the cause in `errno`.
func writeWhole(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
  var start = 0
  while start < bytes.count {
    let count = uninterrupted { write(descriptor, bytes.baseAddress! + start, bytes.count - start) }
    if count < 0 { return false }
    start += count
  }
  return true
}
