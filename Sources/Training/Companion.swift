#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A thread that does one piece of work after another beside the caller's.
final class Companion {
  private let desk = Desk()

  /// Starts the thread; where the system gives none, the caller's does the work.
  init() {
    let own = Unmanaged.passRetained(desk)
    desk.hasThread = startThread(own.toOpaque())
    if !desk.hasThread { own.release() }
  }

  deinit { desk.close() }

  /// Hands over a piece of work; the one before must have been waited for.
  func begin(_ work: @escaping () throws -> Void) {
    if desk.hasThread {
      desk.put(work)
    } else {
      desk.perform(work)
    }
  }

  /// Waits until the work is done; throws what it threw.
  func wait() throws {
    if let failure = desk.settle() { throw failure }
  }
}

/// Where the work of a thread lies, under a lock.
private final class Desk: @unchecked Sendable {
  var hasThread = false
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var work: (() throws -> Void)?
  private var failure: (any Error)?
  private var isClosed = false

  init() {
    mutex.initialize(to: pthread_mutex_t())
    changed.initialize(to: pthread_cond_t())
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  func put(_ work: @escaping () throws -> Void) {
    pthread_mutex_lock(mutex)
    self.work = work
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(mutex)
  }

  func close() {
    pthread_mutex_lock(mutex)
    isClosed = true
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(mutex)
  }

  /// Waits until nothing is left to do, and takes what went wrong.
  func settle() -> (any Error)? {
    pthread_mutex_lock(mutex)
    while work != nil { pthread_cond_wait(changed, mutex) }
    defer {
      failure = nil
      pthread_mutex_unlock(mutex)
    }
    return failure
  }

  func perform(_ work: () throws -> Void) {
    do { try work() } catch { failure = error }
  }

  /// The thread's own function.
  static func serve(_ desk: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<Desk>.fromOpaque(desk).takeRetainedValue().serve()
    return nil
  }

  /// Does what lies here until it is closed.
  private func serve() {
    pthread_mutex_lock(mutex)
    while true {
      while work == nil, !isClosed { pthread_cond_wait(changed, mutex) }
      guard let work else { break }
      pthread_mutex_unlock(mutex)
      perform(work)
      pthread_mutex_lock(mutex)
      self.work = nil
      pthread_cond_broadcast(changed)
    }
    pthread_mutex_unlock(mutex)
  }
}

/// Starts a thread that serves at a desk, which is handed over retained; false where the system gives none.
private func startThread(_ desk: UnsafeMutableRawPointer) -> Bool {
  #if canImport(Darwin)
    var thread: pthread_t?
    let status = pthread_create(&thread, nil, { Desk.serve($0) }, desk)
    if status == 0, let thread { pthread_detach(thread) }
  #else
    var thread = pthread_t()
    let status = pthread_create(&thread, nil, { Desk.serve($0!) }, desk)
    if status == 0 { pthread_detach(thread) }
  #endif
  return status == 0
}
