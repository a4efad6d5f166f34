import Foundation
import Synchronization
import Testing

@testable import NNCTerminal

/// An editor running on the slave end of a pseudo-terminal, and a user at the other.
final class PseudoTerminal: Sendable {
  let master: Int32
  let slave: Int32
  private let screen: Mutex<ScreenEmulator>
  private let results = Mutex<[Entry]>([])
  private let ended = Mutex(false)

  init(columns: Int, rows: Int) throws {
    let ends = try #require(openPseudoTerminal())
    master = ends.master
    slave = ends.slave
    screen = Mutex(ScreenEmulator(columns: columns, rows: rows))
    resize(columns: columns, rows: rows)
    Thread { [self] in
      while let bytes = try? Descriptor(number: master).read(), !bytes.isEmpty {
        screen.withLock { $0.feed(bytes) }
      }
    }.start()
  }

  /// Reads entries with the editor that `make` builds, until the input ends.
  func run(_ make: @escaping @Sendable (Int32) -> LineEditor) {
    Thread { [self] in
      var editor = make(slave)
      var entry: Entry
      repeat {
        entry = editor.readEntry()
        results.withLock { $0.append(entry) }
      } while entry != .endOfInput
      ended.withLock { $0 = true }
    }.start()
  }

  func type(_ keys: String) throws {
    try Descriptor(number: master).write(Array(keys.utf8))
  }

  func resize(columns: Int, rows: Int) {
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Whether the terminal itself edits lines, echoes and makes signals, as outside the editor.
  var isCooked: Bool {
    var mode = termios()
    tcgetattr(slave, &mode)
    let flags = tcflag_t(ICANON | ECHO | ISIG)
    return mode.c_lflag & flags == flags
  }

  var view: ScreenEmulator { screen.withLock { $0 } }
  var entries: [Entry] { results.withLock { $0 } }

  /// Replaces the emulated screen by an empty one, as for a window of another size.
  func clearView(columns: Int, rows: Int) {
    screen.withLock { $0 = ScreenEmulator(columns: columns, rows: rows) }
  }

  /// Waits until the screen shows `text` with the cursor at `cursor`.
  func expect(
    _ text: [String], cursor: (row: Int, column: Int), at place: SourceLocation = #_sourceLocation
  ) {
    let met = wait {
      let view = self.view
      return view.text == text && view.row == cursor.row && view.column == cursor.column
    }
    let view = self.view
    #expect(met, "\(view.text) at \(view.row), \(view.column)", sourceLocation: place)
    #expect(view.unknown == [], sourceLocation: place)
  }

  /// Waits until the editor has answered `wanted` so far.
  func expect(entries wanted: [Entry], at place: SourceLocation = #_sourceLocation) {
    _ = wait { self.entries == wanted }
    #expect(entries == wanted, sourceLocation: place)
  }

  /// Ends the dialogue on an empty line, and checks that the terminal is as it was.
  ///
  /// Waits for the editor first: between two entries the terminal is cooked, and Linux keeps a
  /// Ctrl-D typed then as a NUL, which no later reader can tell from Ctrl-Space.
  func finish(
    whileCooked: Bool = false, at place: SourceLocation = #_sourceLocation
  ) throws {
    #expect(wait { self.isCooked == whileCooked }, sourceLocation: place)
    try type("\u{04}")
    #expect(wait { self.ended.withLock { $0 } }, sourceLocation: place)
    #expect(isCooked, sourceLocation: place)
    #expect(wait { !self.view.bracketedPaste }, sourceLocation: place)
    close(slave)
  }

  private func wait(_ condition: () -> Bool) -> Bool {
    for _ in 0..<30_000 {
      if condition() { return true }
      usleep(2000)
    }
    return condition()
  }
}

/// Both ends of a new pseudo-terminal.
private func openPseudoTerminal() -> (master: Int32, slave: Int32)? {
  let path: String
  #if os(Linux)
    // Swift's Glibc leaves posix_openpt out; these are TIOCSPTLCK and TIOCGPTN, which it calls.
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var lock: Int32 = 0
    var number: UInt32 = 0
    guard master >= 0, ioctl(master, 0x4004_5431, &lock) == 0,
      ioctl(master, 0x8004_5430, &number) == 0
    else { return nil }
    path = "/dev/pts/\(number)"
  #else
    let master = posix_openpt(O_RDWR | O_NOCTTY)
    guard master >= 0, grantpt(master) == 0, unlockpt(master) == 0 else { return nil }
    path = String(cString: ptsname(master))
  #endif
  let slave = open(path, O_RDWR | O_NOCTTY)
  return slave >= 0 ? (master, slave) : nil
}

/// An environment of a good terminal.
let xterm: @Sendable (String) -> String? = { $0 == "TERM" ? "xterm-256color" : nil }
