import Foundation
import Synchronization
import Testing

/// The built tool, running on the slave end of a pseudo-terminal.
final class RunningTool: Sendable {
  private let master: Int32
  private let process: Process
  private let seen = Mutex<[UInt8]>([])

  /// Where the built tool lies: beside the tests.
  static let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appendingPathComponent("nnc").path

  /// Starts the tool with these arguments and variables.
  init(_ arguments: [String], _ variables: [String: String]) throws {
    let ends = try #require(openPseudoTerminal())
    master = ends.master
    var size = winsize(ws_row: 40, ws_col: 100, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    process = Process()
    // Whoever runs the tests may ignore the signal, and a process that is started so would too.
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["--default-signal=INT", Self.path] + arguments
    process.environment = ["TERM": "xterm", "NO_COLOR": "1"].merging(variables) { $1 }
    let slave = FileHandle(fileDescriptor: ends.slave, closeOnDealloc: true)
    process.standardInput = slave
    process.standardOutput = slave
    process.standardError = slave
    // The tests' threads block signals, and a child would inherit that.
    var signals = sigset_t()
    var blocked = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, &blocked)
    defer { pthread_sigmask(SIG_SETMASK, &blocked, nil) }
    try process.run()
    Thread { [self] in
      var part = [UInt8](repeating: 0, count: 4096)
      while true {
        let count = read(master, &part, part.count)
        if count <= 0 { return }
        seen.withLock { $0 += part[..<count] }
      }
    }.start()
  }

  /// Types these keys.
  func type(_ keys: String) {
    let bytes = Array(keys.utf8)
    _ = write(master, bytes, bytes.count)
  }

  /// What the terminal would show, without its control sequences, from the place given on.
  func text(from start: Int = 0) -> String {
    // As bytes: in a String a carriage return and a line feed are one character.
    var rest = seen.withLock { $0.dropFirst(start) }
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == 0x1B, rest.first == UInt8(ascii: "[") {
        rest = rest.drop { !(0x41...0x5A).contains($0) && !(0x61...0x7A).contains($0) }
        _ = rest.popFirst()
      } else if byte != 0x0D {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// How much has been written so far.
  var mark: Int { seen.withLock(\.count) }

  /// Waits until the tool has written `wanted` since a place.
  func expect(
    _ wanted: String, from start: Int = 0, at place: SourceLocation = #_sourceLocation
  ) {
    for _ in 0..<30_000 {
      if text(from: start).contains(wanted) { return }
      usleep(2000)
    }
    Issue.record("no \(wanted) in \(text(from: start))", sourceLocation: place)
  }

  /// Interrupts the tool, as Ctrl-C does where the terminal is its own.
  func interrupt() { process.interrupt() }

  /// Waits for the tool to end, and answers its status.
  func status() -> Int32 {
    for _ in 0..<30_000 where process.isRunning { usleep(2000) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    return process.terminationStatus
  }
}

/// Both ends of a new pseudo-terminal.
private func openPseudoTerminal() -> (master: Int32, slave: Int32)? {
  #if os(Linux)
    // Swift's Glibc leaves posix_openpt out; these are TIOCSPTLCK and TIOCGPTN, which it calls.
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var lock: Int32 = 0
    var number: UInt32 = 0
    guard master >= 0, ioctl(master, 0x4004_5431, &lock) == 0,
      ioctl(master, 0x8004_5430, &number) == 0
    else { return nil }
    let path = "/dev/pts/\(number)"
  #else
    let master = posix_openpt(O_RDWR | O_NOCTTY)
    guard master >= 0, grantpt(master) == 0, unlockpt(master) == 0 else { return nil }
    let path = String(cString: ptsname(master))
  #endif
  let slave = open(path, O_RDWR | O_NOCTTY)
  return slave >= 0 ? (master, slave) : nil
}
