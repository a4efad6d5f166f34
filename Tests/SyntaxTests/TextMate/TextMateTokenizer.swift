import Foundation

/// Divides a text into tokens as an editor does with a TextMate grammar: line by line, at each place the rule that
/// matches first, and of those the one that stands first.
struct TextMateTokenizer {
  /// A part of the text with its scopes, the outermost first.
  struct Token {
    /// Its place, in UTF-16 units from the beginning of the text.
    var range: Range<Int>
    var scopes: [String]
  }

  private typealias Rule = TextMateGrammar.Rule
  private let grammar: TextMateGrammar
  private var expressions: [String: NSRegularExpression] = [:]

  init(_ grammar: TextMateGrammar) { self.grammar = grammar }

  mutating func tokens(of text: String) throws -> [Token] {
    let text = text as NSString
    var tokens: [Token] = []
    var open: [Rule] = []
    var start = 0
    while start < text.length {
      var end = 0
      var next = 0
      text.getLineStart(
        nil, end: &next, contentsEnd: &end, for: NSRange(location: start, length: 0))
      try addTokens(of: text, start..<end, &open, &tokens)
      start = next
    }
    return tokens
  }

  private mutating func addTokens(
    of text: NSString, _ line: Range<Int>, _ open: inout [Rule], _ tokens: inout [Token]
  ) throws {
    var place = line.lowerBound
    while place <= line.upperBound {
      guard let (rule, match, isEnd) = try nextMatch(in: text, line, from: place, open) else {
        return
      }
      let range = match.range.location..<match.range.location + match.range.length
      if isEnd { open.removeLast() }
      let groups =
        isEnd ? rule.endCaptures : rule.begin == nil ? rule.captures : rule.beginCaptures
      if let name = rule.name, rule.begin == nil {
        tokens.append(Token(range: range, scopes: [grammar.scopeName, name]))
      }
      for (group, capture) in (groups ?? [:]).sorted(by: { $0.key < $1.key }) {
        let range = match.range(at: Int(group)!)
        guard range.location != NSNotFound, range.length > 0 else { continue }
        tokens.append(
          Token(
            range: range.location..<range.location + range.length,
            scopes: [grammar.scopeName, capture.name]))
      }
      if rule.begin != nil, !isEnd { open.append(rule) }
      // A match of nothing would be found again and again.
      place = range.isEmpty && !isEnd ? range.upperBound + 1 : range.upperBound
    }
  }

  /// The first match at or behind `place`.
  private mutating func nextMatch(
    in text: NSString, _ line: Range<Int>, from place: Int, _ open: [Rule]
  ) throws -> (Rule, NSTextCheckingResult, isEnd: Bool)? {
    var best: (rule: Rule, match: NSTextCheckingResult, isEnd: Bool)?
    func consider(_ rule: Rule, _ match: NSTextCheckingResult?, isEnd: Bool) {
      guard let match else { return }
      if let best, best.match.range.location <= match.range.location { return }
      best = (rule, match, isEnd)
    }
    if let rule = open.last, let end = rule.end {
      consider(rule, try first(end, in: text, line, from: place), isEnd: true)
    }
    for rule in flattened(open.last?.patterns ?? grammar.patterns) {
      let pattern = rule.match ?? rule.begin ?? ""
      consider(rule, try first(pattern, in: text, line, from: place), isEnd: false)
    }
    return best
  }

  private func flattened(_ rules: [Rule]) -> [Rule] {
    rules.flatMap { rule in
      if let name = rule.include {
        return flattened([grammar.repository[String(name.dropFirst())]!])
      }
      return rule.match == nil && rule.begin == nil ? flattened(rule.patterns ?? []) : [rule]
    }
  }

  private mutating func first(
    _ pattern: String, in text: NSString, _ line: Range<Int>, from place: Int
  ) throws -> NSTextCheckingResult? {
    let expression = try expressions[pattern] ?? NSRegularExpression(pattern: pattern)
    expressions[pattern] = expression
    // The line alone, so that `^` and `$` are its ends and a look behind sees all of it.
    let content = text.substring(with: NSRange(location: line.lowerBound, length: line.count))
    let range = NSRange(location: place - line.lowerBound, length: line.upperBound - place)
    let options: NSRegularExpression.MatchingOptions = [
      .withTransparentBounds, .withoutAnchoringBounds,
    ]
    let match = expression.firstMatch(in: content, options: options, range: range)
    return match?.adjustingRanges(offset: line.lowerBound)
  }
}
