import NNCDiagnostics

extension Importer {
  /// Rows of a table for whole numbers, which must be an input of the network.
  func embedding(
    _ table: Constant, _ indices: ImportValue, names: [String]
  ) throws(ImportProblem) -> ImportValue {
    guard case .flow(.flow(let index), _) = indices.content, statements[index].kind == "input",
      indices.type.isWhole
    else { throw .unsupported("rows for numbers that are computed") }
    let rows = table.shape[0]
    statements[index].bound = Swift.min(statements[index].bound ?? rows, rows)
    let shape = indices.shape + [table.shape[1]]
    // A number of whole numbers may be one alone, which the network has as a list of one.
    let form = indices.shape.isEmpty ? [1] : indices.ownForm
    return try layer(
      "embedding", "\(rows)->\(table.shape[1])", of: typed(indices, table.type), as: form,
      weights: [ImportWeight(name: "weight", shape: table.shape, constant: table)], names: names,
      to: shape, output: form + [table.shape[1]], batch: indices.batch)
  }

  /// The same value, said to be of another type.
  func typed(_ value: ImportValue, _ type: OnnxType) -> ImportValue {
    var result = value
    result.type = type
    if case .constant(var constant) = value.content {
      constant.type = type
      result.content = .constant(constant)
    }
    return result
  }
}
