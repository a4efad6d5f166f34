#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif
import Synchronization

/// Says whether Ctrl-C was pressed since the flag was made or cleared.
///
/// A long computation polls `isRaised` while it runs inside `whileCatching`; outside of that
/// SIGINT does what it did before. Flags may nest and may be used from any thread.
public final class InterruptFlag: Sendable {
  private let seen: Atomic<Int>

  /// A flag that is not raised.
  public init() {
    seen = Atomic(interrupts.load(ordering: .acquiring))
  }

  /// Whether an interrupt came.
  public var isRaised: Bool {
    interrupts.load(ordering: .acquiring) != seen.load(ordering: .relaxed)
  }

  /// Forgets the interrupts so far.
  public func clear() {
    seen.store(interrupts.load(ordering: .acquiring), ordering: .relaxed)
  }

  /// Runs `body` with SIGINT raising this flag in place of ending the process.
  public func whileCatching<R>(_ body: () throws -> R) rethrows -> R {
    installation.withLock { $0.enter() }
    defer { installation.withLock { $0.leave() } }
    clear()
    return try body()
  }
}

/// All interrupts that were caught so far; flags compare it with what they have seen.
private let interrupts = Atomic<Int>(0)

/// How often the handler is wanted, and the handler itself.
private struct Installation {
  var depth = 0
  var action: SignalAction?

  mutating func enter() {
    depth += 1
    guard depth == 1 else { return }
    action = SignalAction(SIGINT) { _ in interrupts.add(1, ordering: .releasing) }
  }

  mutating func leave() {
    depth -= 1
    guard depth == 0 else { return }
    action?.restore()
    action = nil
  }
}

private let installation = Mutex(Installation())
