#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif
import NNCDiagnostics

extension ByteSource {
  /// Opens a file; `-` is standard input. What gzip has compressed is expanded.
  ///
  /// What cannot be read from any place, such as a pipe, is read to its end first: into memory, or beyond 64 MiB into
  /// a temporary file. No such file and a directory are the user's mistakes, what the system refuses is its failure.
  ///
  /// - Parameter isNamedByUser: whether the user names it, and not a file that a stranger may have written. What is no
  ///   regular file, such as `/dev/zero`, is read only then.
  public static func open(
    _ path: String, isNamedByUser: Bool = true
  ) throws(FileFailure) -> ByteSource {
    let source = try openPlain(path, isNamedByUser)
    return try Gzip.begins(source) ? Gzip.expanded(source) : source
  }

  private static func openPlain(
    _ path: String, _ isNamedByUser: Bool
  ) throws(FileFailure) -> ByteSource {
    let isStandard = path == "-" && isNamedByUser
    // Without O_NONBLOCK the opening of a pipe would wait for one who writes to it.
    let descriptor =
      isStandard ? dup(0) : systemOpen(path, isNamedByUser ? 0 : O_NONBLOCK | O_NOCTTY)
    if descriptor < 0 {
      let code = errno
      switch code {
      case ENOENT, ENOTDIR: throw .wrong("there is no file `\(path)`")
      default: throw .machine("cannot read `\(path)`: \(systemCause(code))")
      }
    }
    let name = isStandard ? "standard input" : path
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else {
      let cause = systemCause()
      close(descriptor)
      throw .machine("cannot read `\(name)`: \(cause)")
    }
    switch facts.st_mode & S_IFMT {
    case S_IFDIR:
      close(descriptor)
      throw .wrong("`\(name)` is a directory, not a file")
    case S_IFREG where lseek(descriptor, 0, SEEK_CUR) == 0:
      return ByteSource(name: name, descriptor: descriptor, count: Int(facts.st_size))
    default:
      defer { close(descriptor) }
      if !isNamedByUser {
        throw .wrong(
          "`\(name)` is no regular file",
          hint: "what is none is read only where the command line names it")
      }
      return try spooled(descriptor, name)
    }
  }

  private static func systemOpen(_ path: String, _ flags: Int32) -> Int32 {
    #if canImport(Glibc)
      Glibc.open(path, O_RDONLY | O_CLOEXEC | flags)
    #elseif canImport(Darwin)
      Darwin.open(path, O_RDONLY | O_CLOEXEC | flags)
    #elseif canImport(Musl)
      Musl.open(path, O_RDONLY | O_CLOEXEC | flags)
    #endif
  }

  static func spooled(
    _ descriptor: Int32, _ name: String, limit: Int = Limits.streamBytes
  ) throws(FileFailure) -> ByteSource {
    var spool = Spool(name: name)
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = part.withUnsafeMutableBytes { buffer in
        uninterrupted { Int(systemRead(descriptor, buffer)) }
      }
      if count < 0 { throw .machine("cannot read `\(name)`: \(systemCause())") }
      if count == 0 { return try spool.finish() }
      if spool.count + count > limit {
        throw .wrong(
          "`\(name)` is no regular file and has more than \(limit) bytes, the most for one")
      }
      try spool.append(part[..<count])
    }
  }

  private static func systemRead(
    _ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer
  ) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    #elseif canImport(Darwin)
      Darwin.read(descriptor, buffer.baseAddress, buffer.count)
    #elseif canImport(Musl)
      Musl.read(descriptor, buffer.baseAddress, buffer.count)
    #endif
  }
}
