import Foundation
import NNCTestSupport
import Testing

@testable import NNC

/// Every stage and both languages of every sample, held by snapshots; what is long is shortened in its middle.
@Suite struct SnapshotTests {
  @Test(arguments: sampleNames) func stages(_ name: String) throws {
    let build = try build(name)
    let compilation = try sample(name)
    for stage in Stage.allCases {
      let text = build.text(of: stage) ?? compilation.syntaxText
      try assertSnapshot(shortened(text), "Tests/Snapshots/\(name)/\(stage.rawValue).txt")
    }
    try assertSnapshot(shortened(build.summary.description), "Tests/Snapshots/\(name)/check.txt")
  }

  @Test(arguments: sampleNames) func code(_ name: String) throws {
    let build = try build(name)
    for language in TargetLanguage.allCases {
      for file in build.emit(language) {
        try assertSnapshot(shortened(file.text), "Tests/Snapshots/\(name)/\(file.name).txt")
      }
    }
  }

  /// Small samples whole: of more than 600 lines the first 400 and the last 100, lines cut at 300 characters, and a
  /// sum over all of the text so that no change goes unseen.
  private func shortened(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.utf8.count <= 300 ? String(line) : "\(line.prefix(280))… \(line.utf8.count) characters"
    }
    let isWhole = lines.count <= 600 && lines.allSatisfy { $0.utf8.count <= 300 }
    if isWhole { return text }
    let shown =
      lines.count <= 600
      ? lines
      : lines[..<400] + ["", "… \(lines.count - 500) lines …", ""] + lines[(lines.count - 100)...]
    // FNV-1a over the whole text.
    let sum = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    return shown.joined(separator: "\n") + "\nsum of the whole: \(String(sum, radix: 16))\n"
  }
}
