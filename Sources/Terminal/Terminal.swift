#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One of the process's streams, seen as a terminal: whether it is one, how large, how able.
public struct Terminal: Sendable {
  /// The file descriptor that is asked.
  public let descriptor: Int32
  let environment: @Sendable (String) -> String?

  /// A terminal over `descriptor`; `environment` looks up a variable (by default the process's).
  public init(
    descriptor: Int32,
    environment: @escaping @Sendable (String) -> String? = Terminal.environmentVariable
  ) {
    self.descriptor = descriptor
    self.environment = environment
  }

  /// Standard input.
  public static let standardInput = Terminal(descriptor: 0)
  /// Standard output.
  public static let standardOutput = Terminal(descriptor: 1)
  /// Standard error.
  public static let standardError = Terminal(descriptor: 2)

  /// Whether the descriptor is a terminal.
  public var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Whether the terminal understands no cursor movement (`TERM` is `dumb`, empty or unset).
  public var isDumb: Bool {
    let kind = environment("TERM") ?? ""
    return kind.isEmpty || kind == "dumb"
  }

  /// Whether the line editor may draw here.
  public var allowsEditing: Bool { isTerminal && !isDumb }

  /// Whether output here may carry colour.
  ///
  /// The first that applies decides: a non-empty `NO_COLOR` forbids it, `CLICOLOR_FORCE` (not `0`)
  /// demands it, `CLICOLOR=0` forbids it; else it takes a terminal that is not dumb.
  public var allowsColour: Bool {
    if let no = environment("NO_COLOR"), !no.isEmpty { return false }
    if let force = environment("CLICOLOR_FORCE"), !force.isEmpty, force != "0" { return true }
    if environment("CLICOLOR") == "0" { return false }
    return allowsEditing
  }

  /// Columns and rows: the terminal's own word, else `COLUMNS` and `LINES`, else 80 by 24.
  public var size: TerminalSize {
    var window = winsize()
    let known = ioctl(descriptor, UInt(TIOCGWINSZ), &window) == 0
    func pick(_ own: UInt16, _ name: String, _ fallback: Int) -> Int {
      if known && own > 0 { return Int(own) }
      if let text = environment(name), let n = Int(text), n > 0, n < 1 << 16 { return n }
      return fallback
    }
    return TerminalSize(
      columns: pick(window.ws_col, "COLUMNS", 80), rows: pick(window.ws_row, "LINES", 24))
  }

  /// The value of the process's environment variable `name`.
  public static func environmentVariable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}

/// The size of a terminal in character cells.
public struct TerminalSize: Equatable, Sendable {
  /// Cells in a row.
  public var columns: Int
  /// Rows on the screen.
  public var rows: Int

  /// A size of `columns` by `rows` cells.
  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }
}
