/// A statement of a body, and what it declares.
struct Statement {
  /// The statement, without indent.
  var text: String
  /// The blanks before it.
  var indent: String
  /// The place of its instruction.
  var place: Int
  /// The constant that it declares, which others may be moved in front of; nil for all other statements.
  var declared: Declaration?
  /// Whether a block begins or ends here, or something is declared that must stay where it is.
  var isFixed: Bool

  /// A constant declared by a statement.
  struct Declaration {
    var name: String
    var type: String
    var value: String
    /// The place of the last instruction that reads it.
    var lastUse: Int
  }
}

/// Long sequences of statements in blocks, with what is used later declared in front of each block.
///
/// The Swift compiler looks through all names of a scope for every name it meets, so that its time grows as the square
/// of their number.
///
///     let h1: Double
///     do {
///       let v1: Double = w1 * x1
///       h1 = v1 + b1
///     }
enum StatementGroups {
  /// A sequence longer than `longest` is cut into blocks of about `size` statements.
  static let longest = 256
  static let size = 64

  static func lines(_ statements: [Statement], _ dialect: any Dialect) -> [String] {
    var lines: [String] = []
    var first = 0
    while first < statements.count {
      var end = first
      while end < statements.count, !statements[end].isFixed { end += 1 }
      let run = statements[first..<end]
      if run.count <= longest || !dialect.groupsStatements {
        lines += run.map { $0.indent + $0.text }
      } else {
        var begin = first
        while begin < end {
          var next = min(begin + size, end)
          // The statements of one instruction stay together: they have its place.
          while next < end, statements[next].place == statements[next - 1].place { next += 1 }
          lines += block(statements[begin..<next], dialect)
          begin = next
        }
      }
      while end < statements.count, statements[end].isFixed {
        lines.append(statements[end].indent + statements[end].text)
        end += 1
      }
      first = end
    }
    return lines
  }

  private static func block(_ group: ArraySlice<Statement>, _ dialect: any Dialect) -> [String] {
    guard let first = group.first, let last = group.last else { return [] }
    let kept = group.count { ($0.declared?.lastUse ?? -1) > last.place }
    // A block whose names are nearly all used later would hide nothing.
    if 2 * kept > group.count { return group.map { $0.indent + $0.text } }
    var before: [String] = []
    var inside: [String] = []
    for statement in group {
      if let declared = statement.declared, declared.lastUse > last.place {
        before.append("\(first.indent)let \(declared.name): \(declared.type)")
        inside.append("\(first.indent)  " + dialect.assign(declared.name, declared.value))
      } else {
        inside.append("\(first.indent)  " + statement.text)
      }
    }
    return before + ["\(first.indent)do {"] + inside + ["\(first.indent)}"]
  }
}
