import NNCProgram

extension Program {
  /// The parts of rows that have several, inputs first.
  var rowParts: [(argument: Entry.Argument, parts: [RowPart])] {
    [Entry.Argument.input, .output, .target].compactMap { argument in
      parts[argument].map { (argument, $0) }
    }
  }
}

extension Program {
  /// How many steps a sequence may have, and when its outputs begin, where that is bounded.
  var streamAdvice: String {
    let most = stepping?.maximumSteps.map { " A sequence may have \($0) steps." } ?? ""
    let delay = stepping?.delay ?? 0
    let wait =
      delay == 0 ? "" : " The first output comes with step number \(delay + 1)."
    return most + wait
  }

  /// Whether an array that lies there holds integers.
  func isWhole(_ reference: Entry.ArrayReference) -> Bool {
    if case .argument(let argument) = reference.base { isWhole(argument) } else { false }
  }

  /// What a sample's row in an array is called: numbers, or whole numbers below a bound.
  func numbers(_ argument: Entry.Argument) -> String {
    guard let bounds = wholeNumbers[argument], let most = bounds.max() else { return "numbers" }
    return "whole numbers from 0 to \(most - 1)"
  }
}

extension RowPart {
  /// How large it is: `3 numbers`, `28x28 numbers`.
  var extentText: String {
    count == 1 ? "1 number" : "\(shape.map(String.init).joined(separator: "x")) numbers"
  }
}
