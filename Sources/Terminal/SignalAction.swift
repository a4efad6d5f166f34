#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A signal's handler while it is installed, and what stood there before.
struct SignalAction {
  let signal: Int32
  private let previous: sigaction

  /// Installs `handler`, but leaves a signal alone that the process was started to ignore.
  init?(_ signal: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
    var old = sigaction()
    guard sigaction(signal, nil, &old) == 0, !Self.ignores(old) else { return nil }
    var new = sigaction()
    #if canImport(Glibc)
      new.__sigaction_handler.sa_handler = handler
    #else
      new.__sigaction_u.__sa_handler = handler
    #endif
    new.sa_flags = Int32(SA_RESTART)
    sigemptyset(&new.sa_mask)
    guard sigaction(signal, &new, &old) == 0 else { return nil }
    self.signal = signal
    previous = old
  }

  /// Puts back what stood there before; safe inside a signal handler.
  func restore() {
    var old = previous
    sigaction(signal, &old, nil)
  }

  private static func ignores(_ action: sigaction) -> Bool {
    #if canImport(Glibc)
      let handler = action.__sigaction_handler.sa_handler
    #else
      let handler = action.__sigaction_u.__sa_handler
    #endif
    // SIG_IGN is the address 1, which is no Swift function.
    return unsafeBitCast(handler, to: Int.self) == 1
  }
}
