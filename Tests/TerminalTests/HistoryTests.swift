import Foundation
import Synchronization
import Testing

@testable import NNCTerminal

@Suite struct HistoryTests {
  /// Runs `body` with a path in a folder of its own.
  private func withPath(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.appending(path: "history").path)
  }

  private func contents(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func survivesInTheFile() throws {
    try withPath { path in
      var history = History(path: path)
      let entries = ["x = 1", "sum(\n  a\\n,\n  b)", "é\r日👩‍👧", "tail\\"]
      for entry in entries { history.add(entry) }
      #expect(history.problem == nil)
      #expect(History(path: path).entries == entries)
      #expect(try contents(path).split(separator: "\n").count == entries.count)
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect(mode as? Int == 0o600)
    }
  }

  @Test func skipsBlanksAndRepetitions() {
    var history = History()
    for entry in ["a", "a", "", " \n\t", "b", "a"] { history.add(entry) }
    #expect(history.entries == ["a", "b", "a"])
  }

  @Test func toleratesDamage() throws {
    try withPath { path in
      var bytes = Data("good\n".utf8)
      bytes += [0xFF, 0xFE, 0x0A, 0x00, 0x41, 0x0A, 0x0A]
      bytes += Data("odd\\q\nline\\n2\ncut sho".utf8)
      try bytes.write(to: URL(filePath: path))
      var history = History(path: path)
      #expect(history.entries == ["good", "odd\\q", "line\n2", "cut sho"])
      history.add("next")
      #expect(History(path: path).entries == ["good", "odd\\q", "line\n2", "cut sho", "next"])
    }
  }

  @Test func staysSmallAndPrivate() throws {
    try withPath { path in
      let lines = (0..<50).map { "entry \($0)\n" }.joined()
      try lines.write(toFile: path, atomically: true, encoding: .utf8)
      chmod(path, 0o644)
      var history = History(path: path, limit: 10)
      #expect(history.entries == (40..<50).map { "entry \($0)" })
      #expect(try contents(path) == (40..<50).map { "entry \($0)\n" }.joined())
      history.add("more")
      #expect(history.entries.count == 10 && history.entries.last == "more")
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect(mode as? Int == 0o600)
      let folder = (path as NSString).deletingLastPathComponent
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["history"])
    }
  }

  @Test func sessionsShareAFile() throws {
    try withPath { path in
      DispatchQueue.concurrentPerform(iterations: 8) { session in
        var history = History(path: path, limit: 1000)
        for i in 0..<50 { history.add("session \(session) entry \(i)\nsecond") }
      }
      let entries = History(path: path, limit: 1000).entries
      #expect(entries.count == 400)
      #expect(Set(entries).count == 400)
    }
  }

  @Test func shorteningLosesNoAddition() throws {
    try withPath { path in
      let file = HistoryFile(path: path)
      for i in 0..<400 { try file.append("old \(i)") }
      let adders = Adders(count: 3)
      for adder in 0..<3 {
        Thread {
          for i in 0..<100 { try? file.append("adder \(adder) entry \(i)") }
          adders.running.subtract(1, ordering: .releasing)
        }.start()
      }
      repeat { try file.trim(to: 400) } while adders.running.load(ordering: .acquiring) > 0
      let added = try file.load().entries.filter { $0.hasPrefix("adder") }
      #expect(added.count == 300 && Set(added).count == 300)
    }
  }

  @Test func failuresAreNamedAndHarmless() throws {
    try withPath { path in
      let missing = path + "/none/history"
      var history = History(path: missing)
      history.add("kept")
      #expect(history.entries == ["kept"])
      #expect(history.problem == "cannot write history '\(missing)': No such file or directory")
      let folder = (path as NSString).deletingLastPathComponent
      #expect(History(path: folder).problem == "cannot read history '\(folder)': Is a directory")
    }
  }

  @Test func aDeviceKeepsNothing() {
    var history = History(path: "/dev/null")
    history.add("a")
    #expect(history.problem == nil && history.entries == ["a"])
  }
}

/// How many threads still add entries.
private final class Adders: Sendable {
  let running: Atomic<Int>

  init(count: Int) { running = Atomic(count) }
}
