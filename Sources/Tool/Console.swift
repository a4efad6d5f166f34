#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif
import NNC

/// Where a command reads and writes: results on the output, messages on the errors.
final class Console: Sendable {
  private let sendOutput: @Sendable (String) throws(Failure) -> Void
  private let sendMessage: @Sendable (String) -> Void
  private let readInput: @Sendable () throws(Failure) -> [UInt8]
  /// Whether messages may carry colour.
  let colour: Bool
  /// Whether results are shown on a terminal.
  private let isOutputTerminal: Bool

  init(
    output: @escaping @Sendable (String) throws(Failure) -> Void,
    messages: @escaping @Sendable (String) -> Void,
    input: @escaping @Sendable () throws(Failure) -> [UInt8], colour: Bool,
    isOutputTerminal: Bool = false
  ) {
    sendOutput = output
    sendMessage = messages
    readInput = input
    self.colour = colour
    self.isOutputTerminal = isOutputTerminal
  }

  /// Writes a result for people: what would control a terminal is shown escaped.
  func write(_ text: String) throws(Failure) { try sendOutput(printable(text)) }

  /// Writes a result that is a file's contents, as it is; only to a terminal as ``write(_:)`` does.
  func write(file text: String) throws(Failure) {
    try sendOutput(isOutputTerminal ? printable(text) : text)
  }

  /// Writes a message, in which what would control a terminal is shown escaped; nothing can be done where that fails.
  func report(_ text: String) { sendMessage(printable(text)) }

  /// Writes a message with the tool's own colours and movements of the cursor, in which nothing of the user's stands
  /// unescaped.
  func report(styled text: String) { sendMessage(text) }

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
          return try readAll(0, limit: SourceFile.maximumSize)
        } catch {
          throw .machine("cannot read standard input: \(error.cause)")
        }
      }, colour: colour, isOutputTerminal: isatty(1) == 1)
  }
}

/// Ends the process as the system does when nobody reads any more, whatever was set for that signal.
private func endAtBrokenPipe() -> Never {
  signal(SIGPIPE, SIG_DFL)
  raise(SIGPIPE)
  exit(ExitStatus.success.rawValue)
}
