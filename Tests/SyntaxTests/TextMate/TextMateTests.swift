import NNCDiagnostics
import Foundation
import NNCTestSupport
import Testing

@testable import NNCSyntax

/// The editor's grammar: made from the tables, and of one opinion with the lexer and the parser.
struct TextMateTests {
  static let path = "Grammar/vscode/syntaxes/nn.tmLanguage.json"

  @Test func isMadeFromTheTables() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let text = String(decoding: try encoder.encode(networkGrammar()), as: UTF8.self) + "\n"
    try assertSnapshot(text, Self.path)
  }

  private static func recorded() throws -> TextMateTokenizer {
    let file = try Data(contentsOf: root.appendingPathComponent(path))
    return TextMateTokenizer(try JSONDecoder().decode(TextMateGrammar.self, from: file))
  }

  @Test func samplesAreTokenisedAsByTheLexer() throws {
    var tokenizer = try Self.recorded()
    for sample in SampleTests.samples {
      let source = try load("Samples/" + sample)
      let fault = try disagreement(source, &tokenizer)
      #expect(fault == nil, "\(sample)")
    }
  }

  @Test func sentencesAreTokenisedAsByTheLexer() throws {
    var tokenizer = try Self.recorded()
    let file = try load("Grammar/nn.ebnf")
    let grammar = try Grammar(ebnf: file.text(of: SourceSpan(0, file.bytes.count)))
    var generator = SentenceGenerator(grammar, seed: GrammarTests.seed + 4)
    for index in 0..<400 {
      let text = generator.sentence("file", size: index % 40).replacing("\u{FEFF}", with: "")
      if let fault = try disagreement(source(text), &tokenizer) {
        Issue.record("sentence \(index): \(fault)\n\(text)")
        return
      }
    }
  }

  /// What is no token, for the lexer or for the editor.
  @Test(arguments: [
    "linear 2.5.1->3", "let c = 2 ** 3", "weights \"net", "linear 2->3 ?", "let c = 3a", "input 2x",
  ])
  func wrongCharactersAreInvalid(text: String) throws {
    var tokenizer = try Self.recorded()
    let scopes = try tokenizer.tokens(of: text).flatMap(\.scopes)
    #expect(scopes.contains { $0.hasPrefix("invalid") }, "\(scopes)")
    #expect(!parse(source(text)).diagnostics.isEmpty)
  }

  /// The editor's comments, brackets and words are the lexer's.
  @Test func languageConfigurationFits() throws {
    struct Configuration: Decodable {
      var comments: [String: String]
      var brackets: [[String]]
      var wordPattern: String
    }
    let file = root.appendingPathComponent("Grammar/vscode/language-configuration.json")
    let configuration = try JSONDecoder().decode(Configuration.self, from: Data(contentsOf: file))
    let sign = try #require(configuration.comments["lineComment"])
    #expect(parse(source("\(sign) a comment")).diagnostics == [])
    let pairs: [[TokenKind]] = [
      [.openParenthesis, .closeParenthesis], [.openBracket, .closeBracket],
      [.openBrace, .closeBrace],
    ]
    let kinds = configuration.brackets.map { pair in
      pair.map { text in
        var lexer = Lexer(source(text))
        return lexer.next().kind
      }
    }
    #expect(kinds == pairs)
    let word = try Regex(configuration.wordPattern)
    for name in ["a", "_b2", "leaky_relu"] { #expect(name.wholeMatch(of: word) != nil) }
    #expect("2a".wholeMatch(of: word) == nil)
  }

  /// What the editor's tokens and those of the lexer and parser do not agree about; nil where they do.
  private func disagreement(
    _ source: SourceFile, _ tokenizer: inout TextMateTokenizer
  ) throws -> String? {
    let text = String(decoding: source.bytes, as: UTF8.self)
    let tokens = try tokenizer.tokens(of: text)
    // The editor's places are UTF-16 units, the lexer's are bytes.
    var bytes: [Int] = []
    var offset = 0
    for scalar in text.unicodeScalars {
      for _ in 0..<UTF16.width(scalar) { bytes.append(offset) }
      offset += UTF8.width(scalar)
    }
    bytes.append(offset)
    var scopes: [SourceSpan: String] = [:]
    for token in tokens {
      let span = SourceSpan(bytes[token.range.lowerBound], bytes[token.range.upperBound])
      if scopes[span] != nil { return "two tokens at \(source.text(of: span))" }
      scopes[span] = token.scopes.last
    }
    var rest = scopes
    for (span, wanted) in expectedScopes(source) {
      guard let scope = rest.removeValue(forKey: span) else {
        return "no token \(source.text(of: span))"
      }
      if !wanted.contains(where: { scope.hasPrefix($0) }) {
        return "\(source.text(of: span)) is \(scope), not \(wanted)"
      }
    }
    return rest.first.map { "\(source.text(of: $0.key)) is \($0.value), but no token" }
  }

  /// The tokens of a source and the scopes, or beginnings of them, that fit.
  private func expectedScopes(_ source: SourceFile) -> [SourceSpan: [String]] {
    var expected: [SourceSpan: [String]] = [:]
    var lexer = Lexer(source)
    lexer.keepsComments = true
    while true {
      let token = lexer.next()
      if token.kind == .endOfFile { break }
      if let scopes = Self.scopes[token.kind] { expected[token.span] = scopes }
    }
    for comment in lexer.comments { expected[comment] = ["comment.line"] }
    for statement in parse(source).tree.statements {
      let first = expected.keys.filter { $0.start == statement.span.start }.first
      switch statement.kind {
      case .layer(let layer):
        expected[layer.kind.span] = ["support.class", "entity.name.class"]
        if let label = layer.label { expected[label.span] = ["entity.name.tag"] }
        continue
      case .value(let label, _):
        if let label { expected[label.span] = ["entity.name.tag"] }
        continue
      case .assignment: continue
      case .rule(let name, _, _): expected[name.span] = ["entity.name.type"]
      case .residual(let via?, _):
        expected[via.kind.span] = ["support.class", "entity.name.class"]
        let word = expected.keys.filter { $0.start < via.kind.span.start }.max {
          $0.start < $1.start
        }
        if let word { expected[word] = ["keyword.control"] }
      case .define(let name, _, _): expected[name.span] = ["entity.name.function"]
      case .parameter(let name, _, _): expected[name.span] = ["variable.other.constant"]
      case .function(let function): expected[function.name.span] = ["entity.name.function"]
      case .constant(let name, _): expected[name.span] = ["variable.other.constant"]
      case .train(let rule, _): expected[rule.span] = ["support.type", "entity.name.type"]
      case .network(let name): expected[name.span] = ["entity.name.namespace"]
      default: break
      }
      if let first { expected[first] = ["keyword.control"] }
    }
    return expected
  }

  /// The scopes that fit a token of the lexer, where nothing more is known of it; none for the end of a line.
  private static let scopes: [TokenKind: [String]] = [
    .semicolon: ["punctuation.terminator"], .openParenthesis: ["punctuation.section.parens"],
    .closeParenthesis: ["punctuation.section.parens"],
    .openBracket: ["punctuation.section.brackets"],
    .closeBracket: ["punctuation.section.brackets"], .openBrace: ["punctuation.section.block"],
    .closeBrace: ["punctuation.section.block"], .comma: ["punctuation.separator.nn"],
    .colon: ["punctuation.separator.label", "punctuation.separator.slice"],
    .assign: ["keyword.operator.assignment"],
    .arrow: ["keyword.operator.arrow"], .plus: arithmetic, .minus: arithmetic, .times: arithmetic,
    .divide: arithmetic, .at: arithmetic, .power: arithmetic, .less: comparison,
    .lessOrEqual: comparison, .greater: comparison, .greaterOrEqual: comparison,
    .equal: comparison, .notEqual: comparison,
    .name: [
      "variable.other.nn", "variable.parameter", "support.function", "support.constant",
      "constant.language", "keyword.other.derivative",
    ],
    .dottedName: ["variable.other.member"], .number: ["constant.numeric.nn"],
    .shape: ["constant.numeric.shape"], .string: ["string.quoted.double"],
  ]
  private static let arithmetic = ["keyword.operator.arithmetic"]
  private static let comparison = ["keyword.operator.comparison"]
}
