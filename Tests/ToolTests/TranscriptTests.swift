import Foundation
import NNC
import NNCTestSupport
import Testing

@testable import NNCTool

/// Dialogues that must reproduce themselves: lines after `> ` (and `… `) are entered, what stands between them is
/// answered. The first line is the call.
@Suite struct TranscriptTests {
  static let names: [String] = {
    let folder = root.appendingPathComponent("Tests/Transcripts").path
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".repl") }.sorted()
  }()

  @Test func thereAreTranscripts() { #expect(Self.names.count >= 5) }

  @Test(arguments: names) func transcript(_ name: String) throws {
    let path = "Tests/Transcripts/\(name)"
    let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let head = lines.prefix { !$0.hasPrefix("> ") }
    let call = try #require(head.first { $0.hasPrefix("$ nnc eval") })
    let words = call.split(separator: " ").dropFirst(3).map(String.init)
    let output = Collector()
    var dialogue = try dialogue(words, output)
    var replayed = head.map { $0 + "\n" }.joined()
    for entry in Self.entries(lines.dropFirst(head.count)) {
      let shown = entry.split(separator: "\n", omittingEmptySubsequences: false)
      replayed += shown.enumerated().map { ($0 == 0 ? "> " : "… ") + $1 + "\n" }.joined()
      try dialogue.respond(to: entry)
      replayed += output.take()
    }
    try assertSnapshot(replayed, path)
  }

  /// What was entered, the lines of one entry together.
  private static func entries(_ lines: ArraySlice<Substring>) -> [String] {
    var entries: [String] = []
    for line in lines {
      if line.hasPrefix("> ") {
        entries.append(String(line.dropFirst(2)))
      } else if line.hasPrefix("… ") {
        entries[entries.count - 1] += "\n" + line.dropFirst(2)
      }
    }
    return entries
  }

  private func dialogue(_ words: [String], _ output: Collector) throws -> Dialogue {
    let console = Console(
      output: { text throws(Failure) in output.append(text) },
      messages: { output.append($0) },
      input: { () throws(Failure) in throw .input("no input") }, colour: false)
    var compilation: Compilation?
    var workbench = Workbench()
    if let path = words.first {
      let data = try Data(contentsOf: root.appendingPathComponent(path))
      compilation = Compilation(SourceFile(name: path, bytes: Array(data)))
      workbench = Workbench(try compilation!.checkedNetwork())
    }
    return Dialogue(
      workbench, about: compilation, digits: .readable, console, .human(colour: false))
  }
}
