import Testing

@testable import NNCTool

@Suite struct CommandLineTests {
  @Test func misspeltCommandsGetASuggestion() {
    let outcome = nnc(["fmmt"])
    #expect(outcome.status == .wrongCall)
    #expect(outcome.output == "")
    #expect(outcome.messages == "nnc: there is no command `fmmt`\n     did you mean `fmt`?\n")
  }

  @Test func nothingToDoIsAWrongCall() {
    let outcome = nnc([])
    #expect(outcome.status == .wrongCall && outcome.output == "")
    #expect(outcome.messages.contains("Usage: nnc COMMAND"))
  }

  @Test func versionAndHelpAreResults() {
    #expect(
      nnc(["--version"]) == Outcome(status: .success, output: "nnc \(version)\n", messages: ""))
    for words in [["--help"], ["help"], ["-h"]] {
      let outcome = nnc(words)
      #expect(outcome.status == .success && outcome.messages == "")
      #expect(outcome.output == toolHelp())
    }
  }

  /// Every command's help starts with its examples and names every option; `help COMMAND` says the same.
  @Test(arguments: commands.map(\.name)) func helpOfEachCommand(_ name: String) throws {
    let outcome = nnc([name, "--help"])
    #expect(outcome == nnc(["help", name]))
    #expect(outcome.status == .success && outcome.messages == "")
    let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[1] == "" && lines[2] == "Examples" && lines[3].hasPrefix("  nnc \(name)"))
    #expect(lines.allSatisfy { $0.count <= 100 }, "\(lines.filter { $0.count > 100 })")
    let command = try #require(commands.first { $0.name == name })
    for option in command.options { #expect(outcome.output.contains("--\(option.name)")) }
  }

  /// The table itself: names are unique, every command has examples and `--help`.
  @Test func tableIsSound() {
    #expect(Set(commands.map(\.name)).count == commands.count)
    for command in commands {
      #expect(!command.examples.isEmpty && command.option("help") != nil)
      #expect(Set(command.options.map(\.name)).count == command.options.count)
      let letters = command.options.compactMap(\.short)
      #expect(Set(letters).count == letters.count)
      for option in command.options {
        guard case .text(let value, .nothing) = option.value else { continue }
        let isFile = ["FILE", "PATH", "FOLDER"].contains { value.hasPrefix($0) }
        #expect(!isFile, "--\(option.name): a shell is to offer files for \(value)")
      }
    }
  }

  @Test func codesAreExplained() {
    let list = nnc(["help", "codes"])
    #expect(list.status == .success)
    let codes = list.output.split(separator: "\n").map { String($0.prefix { $0 != " " }) }
    #expect(!codes.isEmpty && codes == codes.sorted() && Set(codes).count == codes.count)
    for code in codes {
      let outcome = nnc(["help", code.lowercased()])
      #expect(outcome.status == .success && outcome.output.hasPrefix("\(code): "))
      #expect(outcome.output.contains("Put right:"))
    }
    #expect(nnc(["help", "N9999"]).status == .wrongCall)
  }
}
