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
