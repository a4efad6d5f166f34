import NNCProgram

extension Program {
  /// The parts of rows that have several, inputs first.
  var rowParts: [(argument: Entry.Argument, parts: [RowPart])] {
    [Entry.Argument.input, .output, .target].compactMap { argument in
      parts[argument].map { (argument, $0) }
    }
  }
}

extension RowPart {
  /// How large it is: `3 numbers`, `28x28 numbers`.
  var extentText: String {
    count == 1 ? "1 number" : "\(shape.map(String.init).joined(separator: "x")) numbers"
  }
}
