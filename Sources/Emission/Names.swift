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
    let underscore = UInt8(ascii: "_")
    var result = ""
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default: if !result.isEmpty, result.utf8.last != underscore { result += "_" }
      }
    }
    while result.utf8.last == underscore { result.removeLast() }
    guard let first = result.utf8.first else { return "unnamed" }
    return first <= UInt8(ascii: "9") ? "_" + result : result
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
