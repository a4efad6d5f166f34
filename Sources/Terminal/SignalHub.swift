#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif
import Synchronization

/// The terminals in raw mode, for the signal handlers to find.
///
/// Handlers may neither lock nor allocate, so the slots lie in memory that is allocated once; a
/// slot is filled before `active` is set and only read while it is. The handlers stand while at
/// least one slot is taken.
enum SignalHub {
  /// A taken slot.
  struct Registration {
    fileprivate let slot: Int
    let wake: Int32
  }

  /// Takes a slot for a terminal about to enter raw mode; nil where none or no pipe is left.
  static func register(input: Int32, output: Int32, saved: termios) -> Registration? {
    handlers.withLock { state in
      guard let slot = (0..<slotCount).first(where: { !isActive($0) }) else { return nil }
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else { return nil }
      for end in ends {
        _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      }
      slots[slot].input = input
      slots[slot].output = output
      slots[slot].saved = saved
      slots[slot].wakeRead = ends[0]
      slots[slot].wakeWrite = ends[1]
      slots[slot].active.store(true, ordering: .sequentiallyConsistent)
      state.enter()
      return Registration(slot: slot, wake: ends[0])
    }
  }

  /// Restores the slot's terminal and gives the slot back.
  static func release(_ registration: Registration) {
    handlers.withLock { state in
      let slot = registration.slot
      restore(slot)
      slots[slot].active.store(false, ordering: .sequentiallyConsistent)
      state.leave()
      close(slots[slot].wakeRead)
      close(slots[slot].wakeWrite)
    }
  }

  /// Restores the slot's terminal, but keeps the slot.
  static func restore(_ registration: Registration) { restore(registration.slot) }

  private static func isActive(_ slot: Int) -> Bool {
    slots[slot].active.load(ordering: .acquiring)
  }

  /// Puts a terminal right; calls nothing but what a signal handler may call.
  private static func restore(_ slot: Int) {
    _ = write(slots[slot].output, pasteOff, pasteOffCount)
    tcsetattr(slots[slot].input, TCSADRAIN, &slots[slot].saved)
  }

  /// Restores every terminal, then lets the signal do what it did before.
  fileprivate static func die(_ signal: Int32) {
    let code = errno
    for slot in 0..<slotCount where isActive(slot) { restore(slot) }
    fatalActions[Int(signal)]?.restore()
    raise(signal)
    errno = code
  }

  /// Wakes every editor.
  fileprivate static func wake(_ signal: Int32) {
    let code = errno
    var byte = UInt8(truncatingIfNeeded: signal)
    for slot in 0..<slotCount where isActive(slot) { _ = write(slots[slot].wakeWrite, &byte, 1) }
    errno = code
  }
}

/// One terminal in raw mode.
private struct Slot: ~Copyable {
  let active = Atomic<Bool>(false)
  var input: Int32 = -1
  var output: Int32 = -1
  var saved = termios()
  var wakeRead: Int32 = -1
  var wakeWrite: Int32 = -1
}

private let slotCount = 16

nonisolated(unsafe) private let slots: UnsafeMutablePointer<Slot> = {
  let memory = UnsafeMutablePointer<Slot>.allocate(capacity: slotCount)
  for i in 0..<slotCount { (memory + i).initialize(to: Slot()) }
  return memory
}()

/// The signals' former actions, by signal number.
nonisolated(unsafe) private let fatalActions: UnsafeMutablePointer<SignalAction?> = {
  let memory = UnsafeMutablePointer<SignalAction?>.allocate(capacity: 65)
  memory.initialize(repeating: nil, count: 65)
  return memory
}()

/// The sequence that ends bracketed paste, where a handler can reach it.
nonisolated(unsafe) private let pasteOff = UnsafeRawPointer(strdup("\u{1B}[?2004l")!)
private let pasteOffCount = 8

/// Signals that would leave the terminal raw behind.
private let fatalSignals: [Int32] = [
  SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGABRT, SIGILL, SIGTRAP, SIGFPE, SIGBUS, SIGSEGV,
]

/// The installed handlers and how many terminals want them.
private struct Handlers {
  var users = 0
  var wakeActions: [SignalAction] = []

  mutating func enter() {
    users += 1
    guard users == 1 else { return }
    _ = (slots, fatalActions, pasteOff)
    for signal in fatalSignals {
      fatalActions[Int(signal)] = SignalAction(signal) { SignalHub.die($0) }
    }
    wakeActions = [SIGWINCH, SIGCONT].compactMap { SignalAction($0) { SignalHub.wake($0) } }
  }

  mutating func leave() {
    users -= 1
    guard users == 0 else { return }
    for signal in fatalSignals {
      fatalActions[Int(signal)]?.restore()
      fatalActions[Int(signal)] = nil
    }
    for action in wakeActions { action.restore() }
    wakeActions = []
  }
}

private let handlers = Mutex(Handlers())
