extension CEmitter {
  /// The function that copies a matrix to its transpose, where a body calls it.
  func transposition(_ body: [String]) -> [String] {
    guard mention(body, ["\(dialect.transpose)("]) else { return [] }
    return [
      "/* Copies a matrix to its transpose; steps are from row to row. */",
      "static void \(dialect.transpose)(",
      "    size_t rows, size_t columns, "
        + "const \(real) *restrict source, size_t source_step, \(real) *restrict target,",
      "    size_t target_step) {",
      "  for (size_t column = 0; column < columns; ++column) {",
      "    for (size_t row = 0; row < rows; ++row) {",
      "      target[target_step * column + row] = source[source_step * row + column];",
      "    }", "  }", "}", "",
    ]
  }
}
