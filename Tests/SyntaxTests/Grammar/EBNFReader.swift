/// Reads W3C's EBNF.
struct EBNFReader {
  struct Fault: Error {
    var message: String
  }

  private let text: [Character]
  private var position = 0

  init(_ text: String) { self.text = Array(text) }

  mutating func rules() throws -> [String: Grammar.Part] {
    var rules: [String: Grammar.Part] = [:]
    skipBlanks()
    while position < text.count {
      let name = word()
      guard !name.isEmpty, take("::=") else { throw fault("a rule") }
      guard rules[name] == nil else { throw fault("one rule \(name)") }
      rules[name] = try choice()
    }
    return rules
  }

  private mutating func choice() throws -> Grammar.Part {
    var parts = [try sequence()]
    while take("|") { parts.append(try sequence()) }
    return parts.count == 1 ? parts[0] : .choice(parts)
  }

  private mutating func sequence() throws -> Grammar.Part {
    var parts: [Grammar.Part] = []
    while let part = try repeated() { parts.append(part) }
    guard !parts.isEmpty else { throw fault("a part") }
    if take("-") {
      guard let other = try repeated() else { throw fault("a part after `-`") }
      return .difference(.sequence(parts), other)
    }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func repeated() throws -> Grammar.Part? {
    guard let part = try atom() else { return nil }
    if take("?") { return .optional(part) }
    if take("*") { return .many(part, atLeast: 0) }
    if take("+") { return .many(part, atLeast: 1) }
    return part
  }

  private mutating func atom() throws -> Grammar.Part? {
    if take("(") {
      let part = try choice()
      guard take(")") else { throw fault("`)`") }
      return part
    }
    if position < text.count, text[position] == "\"" {
      position += 1
      let start = position
      while position < text.count, text[position] != "\"" { position += 1 }
      position += 1
      defer { skipBlanks() }
      return .literal(String(text[start..<position - 1]))
    }
    if position < text.count, text[position] == "[" { return try characterClass() }
    if position < text.count, text[position] == "#" {
      let value = try character()
      skipBlanks()
      return .characters([value...value], isNegated: false)
    }
    let start = position
    let name = word()
    if name.isEmpty { return nil }
    if position + 2 < text.count, text[position...].starts(with: "::=") {
      position = start
      return nil
    }
    return .rule(name)
  }

  private mutating func characterClass() throws -> Grammar.Part {
    position += 1
    let isNegated = text[position] == "^"
    if isNegated { position += 1 }
    var ranges: [ClosedRange<UInt32>] = []
    while position < text.count, text[position] != "]" {
      let low = try character()
      var high = low
      if text[position] == "-", text[position + 1] != "]" {
        position += 1
        high = try character()
      }
      ranges.append(low...high)
    }
    position += 1
    skipBlanks()
    return .characters(ranges, isNegated: isNegated)
  }

  /// One character, or `#x` and its number.
  private mutating func character() throws -> UInt32 {
    guard text[position...].starts(with: "#x") else {
      position += 1
      return text[position - 1].unicodeScalars.first?.value ?? 0
    }
    let digits = text[(position + 2)...].prefix { $0.isHexDigit }
    position += 2 + digits.count
    guard let value = UInt32(String(digits), radix: 16) else { throw fault("a number") }
    return value
  }

  private mutating func word() -> String {
    let word = text[position...].prefix { $0.isLetter || $0.isNumber }
    position += word.count
    skipBlanks()
    return String(word)
  }

  private mutating func take(_ sign: String) -> Bool {
    guard text[position...].starts(with: sign) else { return false }
    position += sign.count
    skipBlanks()
    return true
  }

  private mutating func skipBlanks() {
    while position < text.count {
      if text[position].isWhitespace {
        position += 1
      } else if text[position...].starts(with: "/*") {
        while position < text.count, !text[position...].starts(with: "*/") { position += 1 }
        position = min(position + 2, text.count)
      } else {
        return
      }
    }
  }

  private func fault(_ expected: String) -> Fault {
    Fault(message: "expected \(expected) before: \(String(text[position...].prefix(40)))")
  }
}
