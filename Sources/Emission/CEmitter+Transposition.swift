extension CEmitter {
  /// The function that copies a matrix to its transpose, where code calls it.
  func transposition(_ words: Words) -> [String] {
    guard words.contains(dialect.transpose) else { return [] }
    let hasSquares = dialect.vectors != nil && dialect.widest >= 4
    let way = hasSquares ? ", by squares and then what is left" : ""
    let head = [
      "/* Copies a matrix to its transpose\(way); steps are from row to row. */",
      "static void \(dialect.transpose)(",
      "    size_t rows, size_t columns, "
        + "const \(real) *restrict source, size_t source_step, \(real) *restrict target,",
      "    size_t target_step) {",
    ]
    if hasSquares { return head + squares(dialect.widest).map { "  " + $0 } + ["}", ""] }
    return head + [
      "  for (size_t column = 0; column < columns; ++column) {",
      "    for (size_t row = 0; row < rows; ++row) {", "      \(copy("row"))", "    }", "  }",
      "}", "",
    ]
  }

  private func copy(_ row: String) -> String {
    "target[target_step * column + \(row)] = source[source_step * \(row) + column];"
  }

  /// Squares as wide as the vectors are turned in registers: with the first half of the rows and the second woven into
  /// each other, the number of an element, row and column one after the other in bits, turns left by a bit. As many times
  /// as a column has bits, and they have changed places.
  private func squares(_ width: Int) -> [String] {
    let v = dialect.vectors!.type(.real, width)
    var lines = [
      "const size_t whole_rows = rows / \(width) * \(width);",
      "const size_t whole_columns = columns / \(width) * \(width);",
      "for (size_t row = 0; row < whole_rows; row += \(width)) {",
      "  for (size_t column = 0; column < whole_columns; column += \(width)) {",
      "    \(v) a[\(width)];", "    \(v) b[\(width)];",
      "    for (size_t i = 0; i < \(width); ++i) {",
      "      a[i] = \(prefix)_load\(width)(&source[source_step * (row + i) + column]);", "    }",
    ]
    var (from, to) = ("a", "b")
    for _ in 0..<width.trailingZeroBitCount {
      lines.append("    \(prefix)_weave\(width)(\(to), \(from));")
      swap(&from, &to)
    }
    return lines + [
      "    for (size_t i = 0; i < \(width); ++i) {",
      "      \(prefix)_store\(width)(&target[target_step * (column + i) + row], \(from)[i]);",
      "    }", "  }", "  for (size_t column = whole_columns; column < columns; ++column) {",
      "    for (size_t i = row; i < row + \(width); ++i) {", "      \(copy("i"))", "    }", "  }",
      "}", "for (size_t row = whole_rows; row < rows; ++row) {",
      "  for (size_t column = 0; column < columns; ++column) {", "    \(copy("row"))", "  }", "}",
    ]
  }
}
