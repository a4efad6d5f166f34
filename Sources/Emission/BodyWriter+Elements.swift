import NNCProgram

// Elements of arrays, and places in them.
extension BodyWriter {
  /// An element as a real.
  func real(_ access: Access) -> String {
    let text = element(access)
    return views[Int(access.array)].isWhole ? dialect.real(of: text) : text
  }

  /// The number of a place as a real, where loops are called so.
  func place(_ access: Access, _ loops: [String]) -> String {
    let terms = access.strides.map { (step: $0.step, loop: loops[Int($0.loop)]) }
    return dialect.real(of: indexText(access.offset, terms))
  }

  func element(_ access: Access) -> String {
    views[Int(access.array)].element(access, loops: loops, counts: counts)
  }

  /// Copies a matrix by the helper for that: what it is given are places in memory, steps and counts.
  mutating func transpose(_ matrix: Transposition) {
    func address(_ access: Access, _ rowStep: Int, _ columnStep: Int) -> String {
      var text = views[Int(access.array)].flat(access, loops: loops)
      for (extent, step) in [(matrix.rows, rowStep), (matrix.columns, columnStep)] {
        let from = extents.range(extent).from
        if from != "0" { text += " + " + (step == 1 ? from : "\(step) * (\(from))") }
      }
      return text
    }
    let arguments = [
      extents.count(matrix.rows), extents.count(matrix.columns),
      address(matrix.source, matrix.sourceStep, 1),
      "\(matrix.sourceStep)", address(matrix.target, 1, matrix.targetStep),
      "\(matrix.targetStep)",
    ]
    line("\(dialect.transpose)(\(arguments.joined(separator: ", ")))\(dialect.terminator)")
  }
}
