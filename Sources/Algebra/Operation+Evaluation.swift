extension Operation {
  /// The operation's value at f64, by the very arithmetic of a Program.
  public func evaluate(_ arguments: [Double]) -> Double {
    if let primitive, primitive.row.isOfReals {
      return Double(
        bitPattern: primitive.apply(arguments.map(\.bitPattern), precision: .f64))
    }
    let names = row.arguments.map(\.name)
    let formula = Formula(.apply(name, names.map { .symbol($0) }))
    return FormulaEvaluator(formula, of: names, precision: .f64)(arguments)
  }
}

extension PrimitiveRow {
  /// Whether it makes a real of reals.
  fileprivate var isOfReals: Bool { result == .real && operands.allSatisfy { $0 == .real } }
}
