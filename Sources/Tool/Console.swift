#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where a command reads and writes: results on the output, messages on the errors.
final class Console: Sendable {
  private let sendOutput: @Sendable (String) throws(Failure) -> Void
  private let sendMessage: @Sendable (String) -> Void
  private let readInput: @Sendable () throws(Failure) -> [UInt8]
  /// Whether messages may carry colour.
  let colour: Bool

  init(
    output: @escaping @Sendable (String) throws(Failure) -> Void,
    messages: @escaping @Sendable (String) -> Void,
    input: @escaping @Sendable () throws(Failure) -> [UInt8], colour: Bool
  ) {
    sendOutput = output
    sendMessage = messages
    readInput = input
    self.colour = colour
  }

  /// Writes a result.
  func write(_ text: String) throws(Failure) { try sendOutput(text) }

  /// Writes a message; nothing can be done where that fails.
  func report(_ text: String) { sendMessage(text) }

  /// All of standard input.
  func standardInput() throws(Failure) -> [UInt8] { try readInput() }
}

extension Console {
  /// The process's own streams.
  static func process(colour: Bool) -> Console {
    Console(
      output: { text throws(Failure) in
        do throws(SystemFailure) {
          try writeAll(Array(text.utf8), to: 1)
        } catch {
          if error.code == EPIPE { endAtBrokenPipe() }
          throw .machine("cannot write standard output: \(error.cause)")
        }
      },
      messages: { text in try? writeAll(Array(text.utf8), to: 2) },
      input: { () throws(Failure) in
        do throws(SystemFailure) {
          return try readAll(0)
        } catch {
          throw .machine("cannot read standard input: \(error.cause)")
        }
      }, colour: colour)
  }
}

/// Ends the process as the system does when nobody reads any more, whatever was set for that signal.
private func endAtBrokenPipe() -> Never {
  signal(SIGPIPE, SIG_DFL)
  raise(SIGPIPE)
  exit(ExitStatus.success.rawValue)
}
