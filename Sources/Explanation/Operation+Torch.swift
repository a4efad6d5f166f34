import NNCAlgebra

extension NNCAlgebra.Operation {
  /// The operation of these arguments in PyTorch: as its row says, or its definition, as a function of the arguments so
  /// that each is written once; nil where neither is there.
  func torch(_ arguments: [String]) -> String? {
    if let form = row.torch {
      var text = ""
      var rest = form[...]
      while let mark = rest.firstIndex(of: "$") {
        text += rest[..<mark]
        let place = rest.index(after: mark)
        guard place < rest.endIndex, let number = rest[place].wholeNumberValue else { return nil }
        text += arguments[number]
        rest = rest[rest.index(after: place)...]
      }
      return text + rest
    }
    guard let body = row.definition?.torch else { return nil }
    let names = row.arguments.map(\.name).joined(separator: ", ")
    return "(lambda \(names): \(body))(\(arguments.joined(separator: ", ")))"
  }
}

extension Formula {
  /// The formula in PyTorch, its symbols by their names; rows' formulas are shallow.
  fileprivate var torch: String? {
    switch kind {
    case .symbol(let name): return name
    case .number(let value): return value < 0 ? "(\(value))" : "\(value)"
    case .bits: return nil
    case .apply(let name, let arguments):
      let texts = arguments.compactMap(\.torch)
      return texts.count < arguments.count ? nil : Operation(name)?.torch(texts)
    }
  }
}
