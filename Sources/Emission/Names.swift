/// Makes identifiers of names, each used once in a scope.
struct Names {
  private var used: Set<String>

  /// A scope in which `reserved` names are taken.
  init(reserved: Set<String>) { used = reserved }

  /// `name` as an identifier, with a number behind it where it is taken.
  mutating func claim(_ name: String) -> String {
    let base = Self.identifier(name)
    if used.insert(base).inserted { return base }
    var number = 2
    while !used.insert("\(base)_\(number)").inserted { number += 1 }
    return "\(base)_\(number)"
  }

  /// Gives a claimed identifier back, at the end of the block that it was for.
  mutating func release(_ identifier: String) { used.remove(identifier) }

  /// The name with everything else than ASCII letters and digits replaced by single underscores:
  /// `linear1.weight` becomes `linear1_weight`.
  static func identifier(_ name: String) -> String {
    var result = ""
    for character in name {
      if character.isASCII, character.isLetter || character.isNumber {
        result.append(character)
      } else if !result.isEmpty, result.last != "_" {
        result.append("_")
      }
    }
    while result.last == "_" { result.removeLast() }
    if result.isEmpty { return "unnamed" }
    return result.first?.isNumber == true ? "_" + result : result
  }

  /// The name with capitals at the beginnings of its words: `iris_net` becomes `IrisNet`, `layer_5_7` `Layer5_7`.
  static func capitalised(_ name: String) -> String {
    identifier(name).split(separator: "_").reduce("") { text, word in
      let isBetweenDigits = text.last?.isNumber == true && word.first?.isNumber == true
      return text + (isBetweenDigits ? "_" : "") + word.prefix(1).uppercased() + word.dropFirst()
    }
  }

  /// The name with a small letter at the beginning of its first word: `linear_forward` becomes `linearForward`.
  static func camel(_ name: String) -> String {
    let joined = capitalised(name)
    return joined.prefix(1).lowercased() + joined.dropFirst()
  }

  /// Splits a string of words separated by spaces and ends of lines.
  static func words(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: { $0.isWhitespace }).map(String.init))
  }
}
