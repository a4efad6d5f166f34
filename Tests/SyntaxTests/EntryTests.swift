import NNCDiagnostics
import NNCSyntax
import Testing

/// What a user enters at a prompt.
struct EntryTests {
  /// The items in printed form, or the codes.
  func read(_ text: String) -> String {
    let entry = parseEntry(source(text))
    if !entry.diagnostics.isEmpty { return entry.diagnostics.map(\.code).joined(separator: " ") }
    return entry.items.map { item in
      switch item {
      case .expression(let id): entry.tree.description(of: id)
      case .assignment(let target, let value):
        "\(entry.tree.description(of: target)) = \(entry.tree.description(of: value))"
      case .definition(let index): "\(entry.tree.statements[index].kind)".prefix(8) + ""
      }
    }.joined(separator: "; ")
  }

  @Test(arguments: [
    ("diff(sigmoid(a*x + b), x)", "(diff (sigmoid (+ (* a x) b)) x)"),
    ("x = [0.05, 0.10]", "x = (list 0.05 0.1)"), ("w5 = 0.4", "w5 = 0.4"),
    ("linear1.weight[0, 1] = -1", "(at linear1.weight 0 1) = (- 1)"),
    ("let f(a) = a^2", "function"), ("let c = 2; c", "constant; c"), ("", ""), ("# c", ""),
    ("loss", "loss"), ("a; b\nc", "a; b; c"), ("x == 3", "(== x 3)"), ("let = 3", "let = 3"),
    ("f(a) = 2", "N0145"), ("a b", "N0122"), ("}", "N0122"), ("let 3", "N0133"), ("a +", "N0112"),
    ("x = ", "N0112"), ("x = 3 = 4", "N0122"), (",", "N0112"),
    ("let f(a) =\n  a^2", "function"), ("x =\n[1]", "x = (list 1)"), ("1 +\n\n-\n2", "(+ 1 (- 2))"),
  ])
  func entries(text: String, items: String) { #expect(read(text) == items) }

  @Test(arguments: [
    "f(", "f(a,", "[1, 2", "[[1, 2],\n[3,", "let f(", "let f(a,", "x = [", "sum(x # c", "((a)",
    "a[0", "let g(a) = f(a,\n", "f(k=", "(-", "let f(a) =", "x = ", "a +", "-",
  ])
  func incomplete(text: String) {
    #expect(parseEntry(source(text)).isIncomplete)
    #expect(!parseEntry(source(text)).diagnostics.isEmpty)
  }

  @Test(arguments: [
    "", "f(a)", "a + )", "f(a]", "f(a b", ")", "f(;", "[1, 2}", "f($", "let", "\"a",
  ])
  func complete(text: String) { #expect(!parseEntry(source(text)).isIncomplete) }

  @Test func expressionsAlone() {
    #expect(parseExpression(source("(a")).isIncomplete)
    #expect(parseExpression(source("a; b")).diagnostics.map(\.code) == ["N0122"])
    #expect(parseExpression(source("")).diagnostics.map(\.code) == ["N0112"])
    #expect(parseExpression(source("\n a + \n")).diagnostics.map(\.code) == ["N0112"])
  }
}
