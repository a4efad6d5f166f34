import Foundation
import Testing

/// The README's tour: every command in it prints what the README says.
@Suite struct ReadmeTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A command and the lines printed below it; `...` stands for any number of lines.
  private struct Example {
    var command: String
    var expected: [String]
  }

  private static func examples() throws -> [Example] {
    let text = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    var result: [Example] = []
    var isInside = false
    for line in text.components(separatedBy: "\n") {
      if line.hasPrefix("```") {
        isInside = line == "```console"
      } else if isInside, line.hasPrefix("$ ") {
        result.append(Example(command: String(line.dropFirst(2)), expected: []))
      } else if isInside, !result.isEmpty {
        result[result.count - 1].expected.append(line)
      }
    }
    return result
  }

  @Test func theTourRunsAsWritten() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "nnc-readme-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "Samples"),
      withDestinationURL: Self.root.appending(path: "Samples"))
    let examples = try Self.examples()
    #expect(examples.count >= 10)
    for example in examples {
      let process = Process()
      process.executableURL = URL(filePath: "/bin/bash")
      process.arguments = ["-c", example.command]
      process.currentDirectoryURL = folder
      let tools = URL(filePath: RunningTool.path).deletingLastPathComponent().path
      process.environment = ["PATH": "\(tools):/usr/bin:/bin", "HOME": folder.path]
      let output = Pipe()
      process.standardOutput = output
      process.standardError = output
      process.standardInput = FileHandle.nullDevice
      try process.run()
      let data = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      var lines = String(decoding: data, as: UTF8.self).components(separatedBy: "\n")
      while lines.last == "" { lines.removeLast() }
      #expect(
        Self.matches(lines[...], example.expected[...]),
        "$ \(example.command)\n\(lines.joined(separator: "\n"))")
    }
  }

  private static func matches(_ lines: ArraySlice<String>, _ expected: ArraySlice<String>) -> Bool {
    guard let first = expected.first else { return lines.isEmpty }
    if first != "..." {
      return lines.first == first && matches(lines.dropFirst(), expected.dropFirst())
    }
    return lines.indices.contains { matches(lines[$0...], expected.dropFirst()) }
      || matches([], expected.dropFirst())
  }
}
