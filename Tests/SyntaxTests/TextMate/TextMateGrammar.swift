/// A TextMate grammar, as far as ours needs it: what `nn.tmLanguage.json` holds.
struct TextMateGrammar: Codable {
  /// A rule: one of `include`, `match`, or `begin` and `end`; or only a list of `patterns`.
  final class Rule: Codable {
    var include: String?
    var match: String?
    var begin: String?
    var end: String?
    var name: String?
    var captures: [String: Capture]?
    var beginCaptures: [String: Capture]?
    var endCaptures: [String: Capture]?
    var patterns: [Rule]?

    init(include: String) { self.include = include }

    /// A match whose groups have scopes: the first `scopes[0]`, and so on; a single scope is the whole match's.
    init(match: String, _ scopes: String...) {
      self.match = match
      if scopes.count == 1 {
        name = scopes[0]
      } else {
        captures = [:]
        for (index, scope) in scopes.enumerated() {
          captures?["\(index + 1)"] = Capture(name: scope)
        }
      }
    }

    init(begin: String, end: String, ends: String, patterns: [Rule]) {
      self.begin = begin
      self.end = end
      beginCaptures = ["0": Capture(name: ends)]
      endCaptures = ["0": Capture(name: ends)]
      self.patterns = patterns
    }

    init(_ patterns: [Rule]) { self.patterns = patterns }
  }

  /// The scope of a group.
  struct Capture: Codable {
    var name: String
  }

  var name: String
  var scopeName: String
  var fileTypes: [String]
  var patterns: [Rule]
  var repository: [String: Rule]
}
