import Testing

@testable import NNCTool

@Suite struct CallTests {
  private let command = Command(
    name: "try", summary: "", operands: "[FILE]", operandCount: 0...1, examples: [], details: [],
    options: [
      .init("emit", "e", .choice(["c", "swift"]), help: ""),
      .init("set", nil, .text("N=V"), repeats: true, help: ""),
      .init("unroll", "u", .number("N", 0...100), help: ""), .init("json", "j", help: ""),
      .init("quiet", "q", help: ""),
    ], run: { _, _ in .success })

  private func message(_ words: [String]) -> String? {
    do throws(Failure) {
      try Call(command, words).checkOperands()
      return nil
    } catch {
      return [error.message, error.hint].compactMap { $0 }.joined(separator: " | ")
    }
  }

  @Test func valuesAreReadInEveryForm() throws {
    for words in [["--emit", "c"], ["--emit=c"], ["-e", "c"], ["-ec"]] {
      #expect(try Call(command, words).value("emit") == "c")
    }
    let call = try Call(
      command, ["-jq", "--set", "a=1", "--set=b=-2", "-u7", "--", "--emit"])
    #expect(call.has("json") && call.has("quiet") && !call.has("emit"))
    #expect(call.values("set") == ["a=1", "b=-2"])
    #expect(call.number("unroll") == 7)
    #expect(call.operands == ["--emit"])
    #expect(try Call(command, ["-"]).operands == ["-"])
    #expect(try Call(command, ["--set", "-0.5"]).values("set") == ["-0.5"])
  }

  @Test(arguments: [
    (["--emti", "c"], "try has no option `--emti` | did you mean `--emit`?"),
    (["-x"], "try has no option `-x` | `nnc try --help` lists the options"),
    (["--emit", "cc"], "option `--emit` takes `c`, `swift`, not `cc` | did you mean `c`?"),
    (["--emit"], "option `--emit` needs a value: `--emit c|swift`"),
    (["--json=1"], "option `--json` takes no value, but `1` was given"),
    (["-u", "101"], "option `-u` takes a whole number, 0 to 100, not `101`"),
    (["-ec", "-ec"], "option `-e` is given twice"),
    (["a", "b"], "`b` is one operand too many | usage: nnc try [OPTIONS] [FILE]"),
  ])
  func wrongCallsAreExplained(_ words: [String], _ text: String) {
    #expect(message(words) == text)
  }
}
