import Foundation
import Synchronization
import Testing

@testable import NNCTerminal

extension ProcessWideTests {
  /// The whole editor, typed into through a pseudo-terminal.
  @Suite(.serialized) struct PseudoTerminalTests {
    @Test func editsALineAndDrawsIt() throws {
      let terminal = try PseudoTerminal(columns: 40, rows: 10)
      terminal.run { LineEditor(input: $0, output: $0, environment: xterm) }
      terminal.expect([">"], cursor: (0, 2))
      #expect(terminal.view.bracketedPaste)
      try terminal.type("diff(loss, w5)")
      terminal.expect(["> diff(loss, w5)"], cursor: (0, 16))
      try terminal.type("\u{1B}[D\u{1B}[D\u{7F}b")
      terminal.expect(["> diff(loss, b5)"], cursor: (0, 14))
      try terminal.type("\u{01}2 * \u{1B}[1;5C!")
      terminal.expect(["> 2 * diff!(loss, b5)"], cursor: (0, 11))
      try terminal.type("\u{08}\u{05} + 1\r")
      terminal.expect(entries: [.text("2 * diff(loss, b5) + 1")])
      terminal.expect(["> 2 * diff(loss, b5) + 1", ">"], cursor: (1, 2))
      try terminal.finish()
      terminal.expect(entries: [.text("2 * diff(loss, b5) + 1"), .endOfInput])
    }

    @Test func wrapsWideTextAndMovesThroughIt() throws {
      let terminal = try PseudoTerminal(columns: 10, rows: 6)
      terminal.run { LineEditor(input: $0, output: $0, environment: xterm) }
      terminal.expect([">"], cursor: (0, 2))
      try terminal.type("abcdefgh")
      terminal.expect(["> abcdefgh"], cursor: (1, 0))
      try terminal.type("\u{7F}日本語e\u{301}👩🏽‍🔬x")
      terminal.expect(["> abcdefg", "日本語e\u{301}👩🏽‍🔬x"], cursor: (2, 0))
      try terminal.type("\u{02}\u{02}")
      terminal.expect(["> abcdefg", "日本語e\u{301}👩🏽‍🔬x"], cursor: (1, 7))
      try terminal.type("\u{7F}")
      terminal.expect(["> abcdefg", "日本語👩🏽‍🔬x"], cursor: (1, 6))
      try terminal.type("\u{15}\u{0B}")
      terminal.expect([">"], cursor: (0, 2))
      #expect(terminal.view.scrolledOff.isEmpty)
      try terminal.finish()
    }

    @Test func asksForFurtherLinesAndRecallsThemAsOne() throws {
      let terminal = try PseudoTerminal(columns: 30, rows: 12)
      terminal.run {
        LineEditor(
          input: $0, output: $0, environment: xterm,
          isIncomplete: { text in
            text.filter { $0 == "(" }.count > text.filter { $0 == ")" }.count
          })
      }
      terminal.expect([">"], cursor: (0, 2))
      try terminal.type("sum(\r1 +\r2)\r")
      terminal.expect(entries: [.text("sum(\n1 +\n2)")])
      terminal.expect(["> sum(", "… 1 +", "… 2)", ">"], cursor: (3, 2))
      try terminal.type("\u{1B}[A")
      terminal.expect(["> sum(", "… 1 +", "… 2)", "> sum(", "… 1 +", "… 2)"], cursor: (5, 4))
      try terminal.type("\u{1B}[A\u{05} 3 +\r")
      terminal.expect(entries: [.text("sum(\n1 +\n2)"), .text("sum(\n1 + 3 +\n2)")])
      try terminal.finish()
    }

    @Test func pastesLinesWithoutRunningThem() throws {
      let terminal = try PseudoTerminal(columns: 30, rows: 8)
      terminal.run { LineEditor(input: $0, output: $0, environment: xterm) }
      terminal.expect([">"], cursor: (0, 2))
      try terminal.type("\u{1B}[200~a\r\nb\tc\u{1B}[201~")
      terminal.expect(["> a", "… b     c"], cursor: (1, 9))
      #expect(terminal.entries == [])
      try terminal.type("\r")
      terminal.expect(entries: [.text("a\nb\tc")])
      try terminal.finish()
    }

    @Test func completesAndLists() throws {
      let terminal = try PseudoTerminal(columns: 24, rows: 8)
      terminal.run {
        LineEditor(
          input: $0, output: $0, environment: xterm,
          complete: { text, cursor in
            let start = text[..<cursor].lastIndex(of: " ").map { text.index(after: $0) }
            let range = (start ?? text.startIndex)..<cursor
            let names = ["linear1.bias", "linear1.weight", "loss", "logsoftmax"]
            return Completion(range: range, candidates: names.filter { $0.hasPrefix(text[range]) })
          })
      }
      terminal.expect([">"], cursor: (0, 2))
      try terminal.type("a li\t")
      terminal.expect(["> a linear1."], cursor: (0, 12))
      try terminal.type("\t")
      terminal.expect(
        ["> a linear1.", "linear1.bias", "linear1.weight", "> a linear1."], cursor: (3, 12))
      try terminal.type("w\t")
      terminal.expect(
        ["> a linear1.", "linear1.bias", "linear1.weight", "> a linear1.weight"],
        cursor: (3, 18))
      try terminal.type("\r")
      terminal.expect(entries: [.text("a linear1.weight")])
      try terminal.finish()
    }

    @Test func searchesAndCancels() throws {
      let terminal = try PseudoTerminal(columns: 40, rows: 8)
      terminal.run {
        var history = History()
        for entry in ["x = 1", "diff(loss, w5)", "y = 2"] { history.add(entry) }
        return LineEditor(history: history, input: $0, output: $0, environment: xterm)
      }
      terminal.expect([">"], cursor: (0, 2))
      try terminal.type("\u{12}w5")
      terminal.expect(["(search) `w5`: diff(loss, w5)"], cursor: (0, 26))
      try terminal.type("\u{07}half\u{03}")
      terminal.expect(entries: [.cancelled])
      terminal.expect(["> half^C", ">"], cursor: (1, 2))
      try terminal.type("\u{12} =\u{12}\r")
      terminal.expect(entries: [.cancelled, .text("x = 1")])
      try terminal.finish()
    }

    @Test func redrawsWhenTheWindowChanges() throws {
      let terminal = try PseudoTerminal(columns: 40, rows: 8)
      terminal.run { LineEditor(input: $0, output: $0, environment: xterm) }
      terminal.expect([">"], cursor: (0, 2))
      try terminal.type("abcdefghijkl")
      terminal.expect(["> abcdefghijkl"], cursor: (0, 14))
      terminal.clearView(columns: 8, rows: 8)
      terminal.resize(columns: 8, rows: 8)
      kill(getpid(), SIGWINCH)
      terminal.expect(["> abcdef", "ghijkl"], cursor: (1, 6))
      try terminal.type("\r")
      terminal.expect(entries: [.text("abcdefghijkl")])
      try terminal.finish()
    }

    /// The handler set here stands for the default action, which would end the process.
    @Test func aFatalSignalFindsTheTerminalRestored() throws {
      let former = try #require(
        SignalAction(SIGTERM) { _ in terminations.add(1, ordering: .relaxed) })
      defer { former.restore() }
      let terminal = try PseudoTerminal(columns: 40, rows: 8)
      terminal.run { LineEditor(input: $0, output: $0, environment: xterm) }
      terminal.expect([">"], cursor: (0, 2))
      #expect(!terminal.isCooked && terminal.view.bracketedPaste)
      kill(getpid(), SIGTERM)
      for _ in 0..<5000 where terminations.load(ordering: .relaxed) == 0 { usleep(1000) }
      #expect(terminations.load(ordering: .relaxed) == 1)
      #expect(terminal.isCooked)
      try terminal.finish(whileCooked: true)
    }

    @Test func showsAPartOfWhatIsHigherThanTheScreen() throws {
      let terminal = try PseudoTerminal(columns: 10, rows: 3)
      terminal.run { LineEditor(input: $0, output: $0, environment: xterm) }
      terminal.expect([">"], cursor: (0, 2))
      try terminal.type("\u{1B}[200~1\n2\n3\n4\n5\u{1B}[201~")
      terminal.expect(["… 3", "… 4", "… 5"], cursor: (2, 3))
      try terminal.type("\u{1B}<")
      terminal.expect(["> 1", "… 2", "… 3"], cursor: (0, 2))
      try terminal.type("\r")
      terminal.expect(entries: [.text("1\n2\n3\n4\n5")])
      terminal.expect(["… 4", "… 5", ">"], cursor: (2, 2))
      try terminal.finish()
    }
  }
}

/// How often the test's own handler of SIGTERM ran.
private let terminations = Atomic<Int>(0)
