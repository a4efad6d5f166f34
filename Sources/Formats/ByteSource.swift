#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// Bytes that can be read from any place: a file, or memory.
///
/// A file is read as it is asked for, never as a whole, and its size is what it was when it was opened: one that
/// shrinks while it is read is a failure of the machine.
public final class ByteSource: Sendable {
  /// The name for messages.
  public let name: String
  /// How many bytes there are.
  public let count: Int
  private let storage: Storage

  private enum Storage: Sendable {
    case memory([UInt8])
    case file(descriptor: Int32)
    case part(of: ByteSource, start: Int)
  }

  /// Bytes in memory.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    count = bytes.count
    storage = .memory(bytes)
  }

  /// A file that can be read from any place; the source closes it.
  init(name: String, descriptor: Int32, count: Int) {
    self.name = name
    self.count = count
    storage = .file(descriptor: descriptor)
  }

  /// A range of another source, which must lie within it.
  init(name: String, _ source: ByteSource, _ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= source.count)
    self.name = name
    count = range.count
    storage = .part(of: source, start: range.lowerBound)
  }

  deinit {
    if case .file(let descriptor) = storage { close(descriptor) }
  }

  /// Copies the bytes from a place on until `buffer` is full; there must be so many.
  public func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileFailure) {
    precondition(offset >= 0 && buffer.count <= count - offset)
    switch storage {
    case .memory(let bytes):
      bytes.withUnsafeBytes {
        buffer.copyMemory(from: .init(rebasing: $0[offset..<(offset + buffer.count)]))
      }
    case .part(let source, let start): try source.read(at: start + offset, into: buffer)
    case .file(let descriptor):
      var done = 0
      while done < buffer.count {
        let part = uninterrupted {
          pread(
            descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(offset + done))
        }
        if part < 0 { throw .machine("cannot read `\(name)`: \(systemCause())") }
        if part == 0 {
          throw .machine(
            "`\(name)` shrank while it was read: it had \(count) bytes, now it ends at "
              + "\(offset + done)")
        }
        done += part
      }
    }
  }

  /// The bytes of a range, which must lie within the source.
  public func bytes(_ range: Range<Int>) throws(FileFailure) -> [UInt8] {
    if case .memory(let bytes) = storage { return Array(bytes[range]) }
    var result = [UInt8](repeating: 0, count: range.count)
    var failure: FileFailure?
    result.withUnsafeMutableBytes { buffer in
      do throws(FileFailure) {
        try read(at: range.lowerBound, into: buffer)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return result
  }
}
