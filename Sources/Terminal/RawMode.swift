#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A terminal that hands over every key at once, until `leave`.
///
/// Should a signal end the process meanwhile, `SignalHub` puts the terminal right first.
struct RawMode {
  private let input: Int32
  private let output: Int32
  private let raw: termios
  private let registration: SignalHub.Registration

  /// The read end of a pipe that gets a byte when the window changed or the process resumed.
  var wake: Int32 { registration.wake }

  /// Enters raw mode and turns bracketed paste on; nil where `input` is no terminal.
  init?(input: Int32, output: Int32) {
    var saved = termios()
    guard tcgetattr(input, &saved) == 0 else { return nil }
    var raw = saved
    raw.c_iflag &= ~tcflag_t(BRKINT | ICRNL | INLCR | IGNCR | INPCK | ISTRIP | IXON)
    raw.c_lflag &= ~tcflag_t(ECHO | ICANON | IEXTEN | ISIG)
    raw.c_cflag = (raw.c_cflag & ~tcflag_t(CSIZE | PARENB)) | tcflag_t(CS8)
    withUnsafeMutableBytes(of: &raw.c_cc) { keys in
      keys[Int(VMIN)] = 1
      keys[Int(VTIME)] = 0
    }
    guard
      let registration = SignalHub.register(input: input, output: output, saved: saved)
    else { return nil }
    self.input = input
    self.output = output
    self.raw = raw
    self.registration = registration
    guard resume() else {
      SignalHub.release(registration)
      return nil
    }
  }

  /// Sets the terminal's raw mode, at first or again after a stop; keys typed ahead are kept.
  @discardableResult
  func resume() -> Bool {
    var mode = raw
    guard tcsetattr(input, TCSADRAIN, &mode) == 0 else { return false }
    try? Descriptor(number: output).write("\u{1B}[?2004h".utf8)
    return true
  }

  /// Puts the terminal right for as long as the process is stopped.
  func pause() { SignalHub.restore(registration) }

  /// Puts everything back.
  func leave() { SignalHub.release(registration) }
}
