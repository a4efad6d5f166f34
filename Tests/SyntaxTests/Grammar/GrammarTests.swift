import NNCDiagnostics
import Foundation
import NNCSyntax
import Testing

/// The parser and the formatter, held to `Grammar/nn.ebnf`.
struct GrammarTests {
  /// `SEED` of the environment, or the usual one.
  static let seed =
    ProcessInfo.processInfo.environment["SEED"].flatMap { UInt64($0) } ?? 20_240_229
  /// Ten thousand, or `SENTENCES` of the environment.
  static let count =
    ProcessInfo.processInfo.environment["SENTENCES"].flatMap { Int($0) } ?? 10_000

  let grammar: Grammar

  init() throws {
    let source = try load("Grammar/nn.ebnf")
    grammar = try Grammar(ebnf: source.text(of: SourceSpan(0, source.bytes.count)))
  }

  @Test func grammarIsClosed() {
    #expect(grammar.loose == [])
  }

  @Test func sentencesParseAndPrintBack() {
    print("sentences of Grammar/nn.ebnf: \(Self.count), seed \(Self.seed)")
    var generator = SentenceGenerator(grammar, seed: Self.seed)
    var faults = 0
    for index in 0..<Self.count where faults < 5 {
      let text = generator.sentence("file", size: index % 40)
      let source = source(text)
      let (tree, diagnostics) = parse(source)
      if let fault = violation(tree) ?? roundTrip(source, tree, diagnostics) {
        faults += 1
        Issue.record("sentence \(index): \(fault)\n\(text)\n\(diagnostics.first?.message ?? "")")
      }
    }
  }

  @Test func mutationsEndInDiagnosticsOrATree() {
    print("mutations of sentences of Grammar/nn.ebnf: \(Self.count), seed \(Self.seed + 1)")
    var generator = SentenceGenerator(grammar, seed: Self.seed + 1)
    var random = Random(seed: Self.seed + 2)
    var faults = 0
    for index in 0..<Self.count where faults < 5 {
      var bytes = Array(generator.sentence("file", size: 10 + index % 30).utf8)
      for _ in 0...random.pick(0..<3) { mutate(&bytes, &random) }
      let source = SourceFile(name: "net.nn", bytes: bytes)
      let (tree, diagnostics) = parse(source)
      var fault = violation(tree)
      if diagnostics.isEmpty { fault = fault ?? roundTrip(source, tree, diagnostics) }
      if index % 16 == 0 {
        let form = [.gcc, .json, .human(colour: true)][index / 16 % 3] as DiagnosticForm
        if render(diagnostics, in: source, as: form).isEmpty != diagnostics.isEmpty {
          fault = "nothing rendered"
        }
        _ = parseEntry(source)
      }
      if let fault {
        faults += 1
        Issue.record("mutation \(index): \(fault)\n\(String(decoding: bytes, as: UTF8.self))")
      }
    }
  }

  @Test func expressionsAndEntriesParse() {
    var generator = SentenceGenerator(grammar, seed: Self.seed + 3)
    for index in 0..<1000 {
      let expression = generator.sentence("expression", size: index % 30)
      #expect(parseExpression(source(expression)).diagnostics == [], "\(expression)")
      let entry = generator.sentence("entry", size: index % 30)
      #expect(parseEntry(source(entry)).diagnostics == [], "\(entry)")
    }
  }

  /// What is wrong when `source`, which has this tree, is formatted and parsed again.
  private func roundTrip(
    _ source: SourceFile, _ tree: SyntaxTree, _ diagnostics: [Diagnostic]
  ) -> String? {
    guard diagnostics.isEmpty else { return "does not parse" }
    guard let once = format(source).text else { return "is not formatted" }
    let formatted = NNCSyntax.parse(SourceFile(name: "net.nn", text: once))
    guard formatted.diagnostics.isEmpty else { return "does not parse after formatting:\n\(once)" }
    guard formatted.tree.description == tree.description else {
      return "has another tree after formatting:\n\(once)"
    }
    guard let twice = format(formatted.tree.source).text, twice == once else {
      return "is not the same when formatted twice:\n\(once)"
    }
    return nil
  }
}
