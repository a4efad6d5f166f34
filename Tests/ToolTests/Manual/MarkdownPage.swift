import Foundation

/// A page of documentation, as its blocks of code.
struct MarkdownPage {
  /// A fenced block.
  struct Block {
    /// What stands behind the fence.
    var language: String
    var lines: [String]
    /// The number of its first line in the page, from 0.
    var start: Int

    var text: String { lines.map { $0 + "\n" }.joined() }

    /// The file that it is, if its first line is a comment that names one: `# net.nn`, `/* main.c */`,
    /// `// Main.swift`. The first line of a package's manifest has to be its version.
    var fileName: String? {
      let words = (lines.first ?? "").split(separator: " ")
      if words.prefix(2) == ["//", "swift-tools-version:"] { return "Package.swift" }
      guard words.count >= 2, ["#", "//", "/*"].contains(words[0]),
        words[1].contains(".") || words[1] == "Makefile",
        words.count == 2 || words.dropFirst(2) == ["*/"]
      else { return nil }
      return String(words[1])
    }
  }

  /// A command of a transcript and the lines printed below it; `...` stands for any number of lines.
  struct Example {
    var command: String
    var expected: [String]
    /// The numbers of the expected lines in the page.
    var place: Range<Int>

    /// Whether these lines are what is expected.
    func fits(_ lines: [String]) -> Bool { Self.matches(lines[...], expected[...]) }

    private static func matches(
      _ lines: ArraySlice<String>, _ expected: ArraySlice<String>
    ) -> Bool {
      guard let first = expected.first else { return lines.isEmpty }
      if first != "..." {
        return lines.first == first && matches(lines.dropFirst(), expected.dropFirst())
      }
      return lines.indices.contains { matches(lines[$0...], expected.dropFirst()) }
        || matches([], expected.dropFirst())
    }
  }

  let lines: [String]
  let blocks: [Block]

  init(_ text: String) {
    lines = text.components(separatedBy: "\n")
    var blocks: [Block] = []
    var isInside = false
    for (number, line) in lines.enumerated() {
      if line.hasPrefix("```") {
        if !isInside {
          blocks.append(Block(language: String(line.dropFirst(3)), lines: [], start: number + 1))
        }
        isInside.toggle()
      } else if isInside {
        blocks[blocks.count - 1].lines.append(line)
      }
    }
    self.blocks = blocks
  }
}

extension MarkdownPage.Block {
  /// The transcript that a `console` block is: commands behind `$ `, what they print below. A command may go on in
  /// the next line, behind `> `.
  var examples: [MarkdownPage.Example] {
    var result: [MarkdownPage.Example] = []
    for (number, line) in lines.enumerated() {
      if line.hasPrefix("> "), result.last?.expected.isEmpty == true {
        result[result.count - 1].command += "\n" + line.dropFirst(2)
        result[result.count - 1].place = start + number + 1..<start + number + 1
      } else if line.hasPrefix("$ ") {
        let place = start + number + 1
        result.append(
          .init(command: String(line.dropFirst(2)), expected: [], place: place..<place))
      } else if !result.isEmpty {
        result[result.count - 1].expected.append(line)
        let place = result[result.count - 1].place
        result[result.count - 1].place = place.lowerBound..<place.upperBound + 1
      }
    }
    return result
  }
}
