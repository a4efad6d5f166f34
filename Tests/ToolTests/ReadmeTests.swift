import Foundation
import Testing

/// The README's tour: every command in it prints what the README says.
@Suite struct ReadmeTests {
  @Test func theTourRunsAsWritten() throws {
    let text = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let blocks = MarkdownPage(text).blocks
    let examples = blocks.filter { $0.language == "console" }.flatMap(\.examples)
    #expect(examples.count >= 10)
    try withFolder { path in
      let folder = try ExampleFolder(path)
      // The C is a part of a program.
      for block in blocks where block.language != "c" { try folder.check(block) }
      for example in examples {
        let lines = try folder.output(of: example.command)
        #expect(example.fits(lines), "$ \(example.command)\n\(lines.joined(separator: "\n"))")
      }
    }
  }
}
