/// Makes sentences of a grammar.
struct SentenceGenerator {
  let grammar: Grammar
  var random: Random
  private var text = ""
  private var tokens = 0
  private var brackets = 0
  private var names: Set<String> = []

  init(_ grammar: Grammar, seed: UInt64) {
    self.grammar = grammar
    random = Random(seed: seed)
  }

  /// A sentence of `rule`, of some `size` tokens.
  mutating func sentence(_ rule: String, size: Int) -> String {
    (text, tokens, brackets, names) = ("", 0, 0, [])
    produce(.rule(rule), size: size)
    return text
  }

  /// Appends something that `part` describes.
  private mutating func produce(_ part: Grammar.Part, size: Int) {
    switch part {
    case .literal(let literal): append(token: literal)
    case .characters, .difference: preconditionFailure("only in tokens")
    case .rule(let name):
      guard let definition = grammar.rules[name] else { preconditionFailure("no rule \(name)") }
      if Grammar.isToken(name) {
        append(token: name == "NAME" || name == "KIND" ? newName(name) : spell(.rule(name)))
      } else {
        produce(definition, size: size)
      }
    case .sequence(let parts): parts.forEach { produce($0, size: size) }
    case .choice(let parts): produce(choose(parts, size), size: size)
    case .optional(let part):
      if tokens < size, random.oneIn(2) { produce(part, size: size) }
    case .many(let part, let least):
      var count = least
      while tokens < size, count < 5, !random.oneIn(3) { count += 1 }
      for _ in 0..<count { produce(part, size: size) }
    }
  }

  /// One of the choices; of the shallowest where the sentence is long enough.
  private mutating func choose(_ parts: [Grammar.Part], _ size: Int) -> Grammar.Part {
    guard tokens >= size else { return parts[random.pick(0..<parts.count)] }
    let least = parts.map(grammar.depth).min() ?? 0
    let shallow = parts.filter { grammar.depth(of: $0) == least }
    return shallow[random.pick(0..<shallow.count)]
  }

  /// A name that this sentence has not had: no key may stand twice.
  private mutating func newName(_ rule: String) -> String {
    var name = spell(.rule(rule))
    while !names.insert(name).inserted { name = spell(.rule(rule)) }
    return name
  }

  /// Appends a token, with the blanks that must or may stand before it.
  private mutating func append(token: String) {
    tokens += 1
    let isWord = text.unicodeScalars.last.map(Self.isWord) ?? false
    let needsBlank = isWord && token.unicodeScalars.first.map(Self.isWord) == true
    if needsBlank || random.oneIn(2), token != "\u{FEFF}" { text += needsBlank ? " " : blanks() }
    text += token
    if token == "(" || token == "[" { brackets += 1 }
    if token == ")" || token == "]" { brackets -= 1 }
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
      && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_"
        || scalar == ".")
  }

  private mutating func blanks() -> String {
    if brackets > 0, random.oneIn(6) { return spell(.rule("NEWLINE")) }
    return random.oneIn(8) ? "\t" : String(repeating: " ", count: random.pick(0..<4))
  }

  /// The text of a token.
  mutating func spell(_ part: Grammar.Part) -> String {
    switch part {
    case .literal(let literal): return literal
    case .characters(let ranges, let isNegated): return String(character(ranges, isNegated))
    case .rule(let name):
      guard let definition = grammar.rules[name] else { preconditionFailure("no rule \(name)") }
      return spell(definition)
    case .sequence(let parts): return parts.map { spell($0) }.joined()
    case .choice(let parts): return spell(parts[random.pick(0..<parts.count)])
    case .optional(let part): return random.oneIn(3) ? spell(part) : ""
    case .many(let part, let least):
      return (0..<least + random.pick(0..<2)).map { _ in spell(part) }.joined()
    case .difference(let part, let other):
      let excluded = literals(other)
      while true {
        let text = spell(part)
        if !excluded.contains(text) { return text }
      }
    }
  }

  private func literals(_ part: Grammar.Part) -> Set<String> {
    switch part {
    case .literal(let literal): [literal]
    case .rule(let name): grammar.rules[name].map(literals) ?? []
    case .choice(let parts): Set(parts.flatMap(literals))
    default: []
    }
  }

  private mutating func character(_ ranges: [ClosedRange<UInt32>], _ isNegated: Bool) -> Character {
    if !isNegated {
      let range = ranges[random.pick(0..<ranges.count)]
      let value = UInt32(random.pick(Int(range.lowerBound)..<Int(range.upperBound) + 1))
      return Character(Unicode.Scalar(value) ?? " ")
    }
    let others: [UInt32] = [0x20, 0x23, 0x28, 0x3B, 0x41, 0x5D, 0x7D, 0xE4, 0x301, 0x4E2D, 0x1F600]
    let allowed = others.filter { value in !ranges.contains { $0.contains(value) } }
    return Character(Unicode.Scalar(allowed[random.pick(0..<allowed.count)]) ?? " ")
  }
}
