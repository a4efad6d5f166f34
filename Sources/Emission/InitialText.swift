import NNCProgram

/// How the initial values of a block are written.
enum InitialText {
  /// More numbers than this are computed, or copied field by field, instead of standing in one literal.
  static let literalLimit = 4096

  /// The value that every number of the block begins as, where it is one.
  static func commonFill(_ block: Block) -> Double? {
    var result: Double?
    for row in block.rows {
      guard case .fill(let value) = row.field.initial,
        result == nil || result?.bitPattern == value.bitPattern
      else { return nil }
      result = value
    }
    return result
  }

  /// The value that most of a block's numbers begin as, if several fields do: it is written everywhere first, and then what
  /// differs. nil where there is none.
  static func usualFill(_ block: Block) -> Double? {
    if let common = commonFill(block) { return common }
    var counts: [UInt64: (fields: Int, numbers: Int)] = [:]
    for row in block.rows {
      guard case .fill(let value) = row.field.initial else { continue }
      let before = counts[value.bitPattern] ?? (0, 0)
      counts[value.bitPattern] = (before.fields + 1, before.numbers + row.field.count)
    }
    let usual = counts.first { $0.value.fields > 2 && 2 * $0.value.numbers > block.count }
    return usual.map { Double(bitPattern: $0.key) }
  }

  /// The fields that are still to be set where every number was given a value already.
  static func rows(_ block: Block, besides usual: Double?) -> [Block.Row] {
    block.rows.filter { row in
      guard let usual, case .fill(let value) = row.field.initial else { return true }
      return value.bitPattern != usual.bitPattern
    }
  }

  /// From so many fields on that begin as one value each a function sets them, a line for each.
  static let fieldsForFunction = 3

  /// Whether a function sets these fields, where they begin as one value each.
  static func callsFill(_ rows: [Block.Row]) -> Bool {
    rows.count { if case .fill = $0.field.initial { true } else { false } } >= fieldsForFunction
  }

  /// Whether a function sets these fields, where they begin at random.
  static func callsUniform(_ rows: [Block.Row]) -> Bool {
    rows.count { if case .uniform = $0.field.initial { true } else { false } }
      >= fieldsForFunction
  }

  /// Numbers as nested lists of a shape: `{{1.0, 2.0}, {3.0, 4.0}}`.
  static func nested(
    _ items: [String], _ shape: [Int], open: String = "{", close: String = "}"
  ) -> String {
    if shape.isEmpty { return items[0] }
    var level = items
    for length in shape.reversed() {
      level = stride(from: 0, to: level.count, by: length).map { first in
        open + level[first..<first + length].joined(separator: ", ") + close
      }
    }
    return level[0]
  }
}
