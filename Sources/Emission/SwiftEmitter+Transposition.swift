extension SwiftEmitter {
  /// The function that copies a matrix to its transpose, where code calls it.
  func transposition(_ words: Words) -> [String] {
    guard words.contains(dialect.transpose) else { return [] }
    let hasSquares = dialect.vectors != nil && dialect.widest >= 4
    let way = hasSquares ? ", by squares and then what is left" : ""
    var lines: [String] = []
    if let vectors = dialect.vectors, hasSquares {
      let (four, eight) = (vectors.type(.real, 4), vectors.type(.real, 8))
      lines = [
        "/// The numbers of both in turn.", "@inline(__always)",
        "private static func weave(_ a: \(four), _ b: \(four)) -> \(eight) {",
        "  var both = \(eight)()", "  both.evenHalf = a", "  both.oddHalf = b", "  return both",
        "}",
        "",
      ]
    }
    lines += [
      "/// Copies a matrix to its transpose\(way); steps are from row to row.",
      "private static func \(dialect.transpose)(",
      "  _ rows: Int, _ columns: Int, "
        + "_ source: \(pointerType(false)), _ sourceStep: Int,",
      "  _ target: \(pointerType(true)), _ targetStep: Int", ") {",
    ]
    let rest = hasSquares ? Self.squares : ["for row in 0..<rows {"]
    return lines + (rest + Self.rest(from: hasSquares ? "done" : "0")).map { "  " + $0 } + [
      "}", "",
    ]
  }

  /// The columns of a row from one on.
  private static func rest(from column: String) -> [String] {
    [
      "  for column in \(column)..<columns {",
      "    target[targetStep &* column &+ row] = source[sourceStep &* row &+ column]", "  }", "}",
    ]
  }

  /// Squares of four rows: the first and the third are woven, the second and the fourth, then the two with each other.
  private static let squares = [
    "for square in 0..<rows >> 2 {", "  for place in 0..<columns >> 2 {",
    "    let column = 4 &* place",
    "    let from = source + (sourceStep &* 4 &* square &+ column)",
    "    let to = target + (targetStep &* column &+ 4 &* square)",
    "    let a = weave(loadLanes4(from), loadLanes4(from + 2 &* sourceStep))",
    "    let b = weave(loadLanes4(from + sourceStep), loadLanes4(from + 3 &* sourceStep))",
    "    let low = weave(a.lowHalf, b.lowHalf)", "    let high = weave(a.highHalf, b.highHalf)",
    "    storeLanes(low.lowHalf, to)", "    storeLanes(low.highHalf, to + targetStep)",
    "    storeLanes(high.lowHalf, to + 2 &* targetStep)",
    "    storeLanes(high.highHalf, to + 3 &* targetStep)", "  }", "}",
    "for row in 0..<rows {",
    "  let done = row < rows & ~3 ? columns & ~3 : 0",
  ]
}
