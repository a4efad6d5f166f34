import Foundation
import Testing

@testable import NNCTerminal

@Suite struct TerminalTests {
  static let colours: [(environment: [String: String], onTerminal: Bool, onFile: Bool)] = [
    (["TERM": "xterm"], true, false), (["TERM": "dumb"], false, false), ([:], false, false),
    (["TERM": "xterm", "NO_COLOR": "1"], false, false),
    (["TERM": "xterm", "NO_COLOR": ""], true, false),
    (["TERM": "xterm", "CLICOLOR": "0"], false, false),
    (["TERM": "xterm", "CLICOLOR_FORCE": "1"], true, true),
    (["TERM": "xterm", "CLICOLOR_FORCE": "0"], true, false),
    (["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], false, false),
  ]

  @Test(arguments: colours.indices) func colour(_ index: Int) throws {
    let row = Self.colours[index]
    let terminal = try PseudoTerminal(columns: 40, rows: 10)
    defer { close(terminal.slave) }
    let file = open("/dev/null", O_WRONLY)
    defer { close(file) }
    let look: @Sendable (String) -> String? = { row.environment[$0] }
    #expect(Terminal(descriptor: terminal.slave, environment: look).allowsColour == row.onTerminal)
    #expect(Terminal(descriptor: file, environment: look).allowsColour == row.onFile)
  }

  @Test func sizeComesFromTheTerminalThenTheEnvironment() throws {
    let terminal = try PseudoTerminal(columns: 33, rows: 7)
    defer { close(terminal.slave) }
    let look: @Sendable (String) -> String? = { ["COLUMNS": "120", "LINES": "x"][$0] }
    #expect(
      Terminal(descriptor: terminal.slave, environment: look).size
        == TerminalSize(columns: 33, rows: 7))
    #expect(
      Terminal(descriptor: -1, environment: look).size == TerminalSize(columns: 120, rows: 24))
  }
}
