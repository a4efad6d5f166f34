import Foundation
import Testing

@testable import NNCTerminal

@Suite struct PlainReadingTests {
  /// What the editor answers to `input` from a file, and what it wrote.
  private func read(
    _ input: Data, isIncomplete: @escaping (String) -> Bool = { _ in false }
  ) throws -> (entries: [Entry], output: String, history: [String]) {
    let folder = FileManager.default.temporaryDirectory
    let files = [
      folder.appending(path: UUID().uuidString), folder.appending(path: UUID().uuidString),
    ]
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    try input.write(to: files[0])
    try Data().write(to: files[1])
    let (from, to) = (open(files[0].path, O_RDONLY), open(files[1].path, O_WRONLY))
    defer {
      close(from)
      close(to)
    }
    var editor = LineEditor(
      input: from, output: to, environment: xterm, isIncomplete: isIncomplete)
    #expect(!editor.isInteractive)
    var entries: [Entry] = []
    repeat { entries.append(editor.readEntry()) } while entries.last != .endOfInput
    #expect(editor.problem == nil)
    return (entries, try String(contentsOf: files[1], encoding: .utf8), editor.history.entries)
  }

  @Test func readsLinesSilently() throws {
    let (entries, output, history) = try read(Data("a\r\n\nb\0c\nlast".utf8))
    #expect(entries == [.text("a"), .text(""), .text("b\0c"), .text("last"), .endOfInput])
    #expect(output == "" && history == [])
  }

  @Test func joinsIncompleteLines() throws {
    let open: (String) -> Bool = { $0.contains("(") && !$0.contains(")") }
    let entries = try read(Data("f(\n1\n)\nx\ng(\nend".utf8), isIncomplete: open).entries
    #expect(entries == [.text("f(\n1\n)"), .text("x"), .text("g(\nend"), .endOfInput])
  }

  @Test func replacesWhatIsNoText() throws {
    #expect(try read(Data([0x61, 0xFF, 0x62])).entries == [.text("a\u{FFFD}b"), .endOfInput])
  }

  @Test func readsVeryLongLines() throws {
    let count = 8 << 20
    let entries = try read(Data(repeating: 0x78, count: count) + Data("\ny".utf8)).entries
    #expect(entries.count == 3 && entries[1] == .text("y"))
    guard case .text(let long) = entries[0] else {
      Issue.record("no text")
      return
    }
    #expect(long.utf8.count == count)
  }

  @Test func failureIsNamed() {
    let folder = open("/", O_RDONLY)
    defer { close(folder) }
    var editor = LineEditor(input: folder, output: 1, environment: xterm)
    #expect(editor.readEntry() == .endOfInput)
    #expect(editor.problem == "cannot read input \(folder): Is a directory")
  }

  @Test func aDumbTerminalIsReadPlainly() throws {
    let terminal = try PseudoTerminal(columns: 40, rows: 10)
    let editor = LineEditor(
      input: terminal.slave, output: terminal.slave,
      environment: { $0 == "TERM" ? "dumb" : nil })
    #expect(!editor.isInteractive)
    #expect(
      LineEditor(input: terminal.slave, output: terminal.slave, environment: xterm).isInteractive)
    close(terminal.slave)
  }
}
