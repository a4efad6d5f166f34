/// A grammar as its EBNF file states it.
struct Grammar {
  /// What a rule consists of.
  indirect enum Part {
    case literal(String)
    case characters([ClosedRange<UInt32>], isNegated: Bool)
    case rule(String)
    case sequence([Part])
    case choice([Part])
    case optional(Part)
    case many(Part, atLeast: Int)
    case difference(Part, Part)
  }

  /// The rules by name.
  var rules: [String: Part] = [:]
  /// The least depth of rules that each rule needs.
  private(set) var depths: [String: Int] = [:]

  /// The grammar in an EBNF text.
  init(ebnf text: String) throws {
    var reader = EBNFReader(text)
    rules = try reader.rules()
    measure()
  }

  /// Whether a rule's parts stand side by side.
  static func isToken(_ rule: String) -> Bool { rule.first?.isUppercase == true }

  /// Finds the depths as a least fixed point.
  private mutating func measure() {
    var isStable = false
    while !isStable {
      isStable = true
      for (name, part) in rules {
        let depth = depth(of: part) + 1
        if depth < depths[name] ?? .max {
          depths[name] = depth
          isStable = false
        }
      }
    }
  }

  /// The least depth that `part` needs; large where that is not known yet.
  func depth(of part: Part) -> Int {
    switch part {
    case .literal, .characters, .optional, .many(_, atLeast: 0): 0
    case .rule(let name): depths[name] ?? 1_000_000
    case .sequence(let parts): parts.map(depth).max() ?? 0
    case .choice(let parts): parts.map(depth).min() ?? 0
    case .many(let part, _), .difference(let part, _): depth(of: part)
    }
  }

  /// The names that are used and not defined, and those that are never used.
  var loose: Set<String> {
    var used: Set<String> = ["file", "entry"]
    func visit(_ part: Part) {
      switch part {
      case .literal, .characters: break
      case .rule(let name): used.insert(name)
      case .sequence(let parts), .choice(let parts): parts.forEach(visit)
      case .optional(let part), .many(let part, _): visit(part)
      case .difference(let part, let other): [part, other].forEach(visit)
      }
    }
    rules.values.forEach(visit)
    return used.symmetricDifference(rules.keys)
  }
}
