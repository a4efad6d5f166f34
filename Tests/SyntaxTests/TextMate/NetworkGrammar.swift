@testable import NNCLayers
@testable import NNCSyntax

/// The TextMate grammar of the network language. Its words are those of the tables of keywords, layers, functions,
/// losses, update rules and initialisers; its tokens are `Grammar/nn.ebnf`'s.
func networkGrammar() -> TextMateGrammar {
  typealias Rule = TextMateGrammar.Rule
  let name = "[A-Za-z_][A-Za-z0-9_]*"
  // A statement begins a line, or follows `;` or `{`; a layer may follow its label, or `via`, too.
  let start = #"(?:^|(?<=[;{]))\s*"#
  let layerStart = #"(?:^|(?<=[;{:])|(?<=\bvia))\s*"#
  let notLabel = #"\b(?!\s*:)"#
  let keywords = alternatives(Keyword.allCases.map(\.rawValue))
  let derivatives =
    DerivativeFunction.allCases.map(\.rawValue) + RewritingFunction.allCases.map(\.rawValue)
  let functions = functionNames.filter { !derivatives.contains($0) }

  let statement = Rule([
    Rule(
      match: "\(start)(network)\\s+(\(name))", "keyword.control.nn", "entity.name.namespace.nn"),
    Rule(
      match: "\(start)(let)\\s+(\(name))(?=\\s*\\()", "keyword.control.nn",
      "entity.name.function.nn"),
    Rule(match: "\(start)(let)\\s+(\(name))", "keyword.control.nn", "variable.other.constant.nn"),
    Rule(match: "\(start)(define)\\s+(\(name))", "keyword.control.nn", "entity.name.function.nn"),
    Rule(match: "\(start)(rule)\\s+(\(name))", "keyword.control.nn", "entity.name.type.nn"),
    Rule(match: "\(start)(param)\\s+(\(name))", "keyword.control.nn", "variable.other.constant.nn"),
    Rule(match: "\(start)(residual)\\s+(via)\\b", "keyword.control.nn", "keyword.control.nn"),
    Rule(
      match: "\(start)(train)\\s+(\(alternatives(updateRules.map(\.name))))\\b",
      "keyword.control.nn", "support.type.rule.nn"),
    Rule(match: "\(start)(train)\\s+(\(name))", "keyword.control.nn", "entity.name.type.nn"),
    keywordRule("\(start)(\(name))(?=\\s*=(?!=))", "variable.parameter.nn"),
    Rule(match: "\(start)(\(name))\\s*(:)", "entity.name.tag.nn", "punctuation.separator.label.nn"),
    keywordRule("\(start)(\(keywords))\\b"),
    keywordRule(
      "\(layerStart)(\(alternatives(layers.map(\.name))))\(notLabel)", "support.class.nn"),
    keywordRule("\(layerStart)(\(name))\(notLabel)", "entity.name.class.nn"),
  ])
  let expression = Rule([
    Rule(
      begin: #"\("#, end: #"\)|(?=[;{}])"#, ends: "punctuation.section.parens.nn",
      patterns: [
        Rule(include: "#comment"), Rule(include: "#expression"),
      ]),
    Rule(
      begin: #"\["#, end: #"\]|(?=[;{}])"#, ends: "punctuation.section.brackets.nn",
      patterns: [
        Rule(include: "#comment"), Rule(include: "#expression"),
        Rule(match: ":", "punctuation.separator.slice.nn"),
      ]),
    Rule(match: #""[^"]*""#, "string.quoted.double.nn"),
    Rule(match: #""[^"]*$"#, "invalid.illegal.string.nn"),
    Rule(match: #"[0-9]+(?:x[0-9]+)+(?![A-Za-z0-9_.])"#, "constant.numeric.shape.nn"),
    Rule(
      match: #"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?![A-Za-z0-9_.])"#,
      "constant.numeric.nn"),
    Rule(match: #"[.0-9][A-Za-z0-9_.]*"#, "invalid.illegal.number.nn"),
    Rule(
      match: "\\b(init)\\s*(=)\\s*(\(alternatives(initialisers.map(\.name))))\\b",
      "variable.parameter.nn", "keyword.operator.assignment.nn", "support.constant.nn"),
    Rule(match: "\\b\(name)(?=\\s*=(?!=))", "variable.parameter.nn"),
    Rule(match: "\\b\(name)(?:\\.\(name))+", "variable.other.member.nn"),
    Rule(match: "\\b(?:\(alternatives(derivatives)))\\b", "keyword.other.derivative.nn"),
    Rule(match: "\\b(?:\(alternatives(functions)))\\b", "support.function.nn"),
    Rule(match: #"\b(?:yes|no)\b"#, "constant.language.nn"),
    Rule(match: "\\b\(name)", "variable.other.nn"),
    Rule(match: "->", "keyword.operator.arrow.nn"),
    Rule(match: #"\*\*"#, "invalid.illegal.operator.nn"),
    Rule(match: "[<>=!]=|[<>]", "keyword.operator.comparison.nn"),
    Rule(match: "=", "keyword.operator.assignment.nn"),
    Rule(match: #"[-+*/@^]"#, "keyword.operator.arithmetic.nn"),
    Rule(match: ",", "punctuation.separator.nn"),
  ])
  return TextMateGrammar(
    name: "nnc network", scopeName: "source.nn", fileTypes: ["nn"],
    patterns: [
      Rule(include: "#comment"), Rule(include: "#statement"), Rule(include: "#expression"),
      Rule(match: "[{}]", "punctuation.section.block.nn"),
      Rule(match: ";", "punctuation.terminator.nn"),
      Rule(match: ":", "punctuation.separator.label.nn"),
      Rule(match: #"\S"#, "invalid.illegal.nn"),
    ],
    repository: [
      "comment": Rule(match: "#.*$", "comment.line.number-sign.nn"), "statement": statement,
      "expression": expression,
    ])
}

/// A rule whose first group alone has a scope.
private func keywordRule(
  _ match: String, _ scope: String = "keyword.control.nn"
) -> TextMateGrammar.Rule {
  let rule = TextMateGrammar.Rule(match: match, scope)
  rule.name = nil
  rule.captures = ["1": .init(name: scope)]
  return rule
}

/// Words as alternatives, longer ones first where one begins another.
private func alternatives(_ words: [String]) -> String {
  words.sorted { ($1.count, $0) < ($0.count, $1) }.joined(separator: "|")
}
