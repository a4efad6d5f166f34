import Foundation
import Testing

@testable import NNCTool

/// Nothing that a file may hold crashes the tool: it ends with a message and the status of a wrong input, or well.
@Suite struct HostileInputTests {
  private static func many(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }

  static let wrong: [(what: String, text: String)] = [
    ("nothing", ""), ("blanks", " \n\t\n"), ("a comment", "# nothing\n"),
    ("open brackets", "linear 2->2 weight=[[1, 2"), ("an open block", "repeat 3 {\nlinear 2->2"),
    ("a NUL", "linear 2->2\u{0}\n"), ("no width", "linear 0->2"),
    ("a width beyond counting", "linear 99999999999->2"),
    ("more parameters than memory", "linear 100000->100000"),
    ("repeats beyond counting", "input 2\nrepeat 99999999999 { tanh }"),
    ("a long line", many("a", 1_000_000)), ("a million brackets", many("(", 1_000_000)),
    ("deep parentheses", "linear 2->2\nloss " + many("(", 10_000) + "y"),
    ("deep blocks", many("residual {", 10_000)), ("deep lists", "let a = " + many("[", 10_000)),
    ("a function of itself", "let f(a) = f(a)\ninput 1; f"),
    ("functions that double", "let f(a) = a + a\n" + many("f\n", 3) + "loss f(f(f(f(z))))"),
  ]

  @Test(arguments: wrong.indices) func wrongInput(_ index: Int) {
    let (what, text) = Self.wrong[index]
    let outcome = nnc(["compile", "-", "--emit", "c"], input: text)
    #expect(outcome.status == .wrongInput && outcome.output == "", "\(what)")
    #expect(!outcome.messages.isEmpty, "\(what)")
    #expect(outcome.messages.utf8.count < 1_000_000, "\(what)")
  }

  static let right: [(what: String, text: String)] = [
    ("deep parentheses", "linear 2->2\nloss " + many("(", 10_000) + "sum(y)" + many(")", 10_000)),
    ("a long sum", "linear 2->2\nloss sum(y)" + many(" + y[0]", 2000)),
    ("a byte-order mark and CR LF", "\u{FEFF}linear 2->2\r\nsigmoid\r\n"),
    ("a wide layer", "linear 1000->2; loss mse; train adam"),
    ("a single weight", "linear 1->1 bias=no; loss mse; train sgd"),
    ("no parameters", "input 3; softmax; loss cross_entropy"),
  ]

  @Test(arguments: right.indices) func rightInput(_ index: Int) {
    let (what, text) = Self.right[index]
    let outcome = nnc(["compile", "-", "--emit", "swift"], input: text)
    #expect(outcome.status == .success && outcome.messages == "", "\(what): \(outcome.messages)")
  }

  /// Bytes that are no UTF-8, from a file.
  @Test func brokenText() throws {
    try withFolder { folder in
      let path = folder + "/net.nn"
      try Data([0x6C, 0x69, 0xFF, 0xFE, 0x00, 0xC3]).write(to: URL(fileURLWithPath: path))
      for command in ["compile", "check", "fmt", "eval"] {
        let extra = command == "compile" ? ["--emit", "c"] : []
        #expect(nnc([command, path] + extra).status == .wrongInput)
      }
    }
  }

  /// At the prompt too, whatever is entered is answered.
  @Test func dialogue() {
    for text in [
      "1/0", "0/0", "log(-1)", "-(1e308*10)", ":", ": step", ":why", ":why 1", ":latex 1 +",
      ":show", "x", "x[", "x[5]", "let", "let x = x", "a = a", "a[3] = 1", "1 = 2", "grad(1)",
      "diff(a, 1)", "hessian(a, a)", "\u{0}", "\"text\"", Self.many("(", 10_000), "a.b", "[]",
      "[1, [2]]", "diff(diff(diff(sin(a^2), a), a), a)", "sum(sin)", "a^a^a^a",
      "where(a < 1, a, 2)",
    ] {
      let outcome = nnc(["eval", "-e", text])
      #expect(outcome.status == .success || outcome.status == .wrongInput, "\(text.prefix(40))")
    }
  }
}
