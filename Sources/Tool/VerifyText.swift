import NNC
import NNCVerification

/// What differs, where it was first seen, and which operation is the first to differ.
func text(of difference: Difference) -> String {
  var lines = ["`\(difference.step)` gives other bits"]
  lines += table(difference.element.description, difference.numbers)
  guard let operation = difference.operation else {
    lines.append("  no operation differs where operations are watched")
    return lines.joined(separator: "\n")
  }
  let place =
    ["kernel `\(operation.kernel)`"] + operation.functions.map { "function `\($0)`" }
  let comment = operation.comment.isEmpty ? "" : " (\(operation.comment))"
  lines.append("  first in \(place.joined(separator: ", "))\(comment)")
  let turns = operation.turns.map { "\($0.loop) = \($0.turn)" }.joined(separator: ", ")
  let statement = operation.statement + (turns.isEmpty ? "" : "   at \(turns)")
  if let numbers = operation.numbers {
    lines += table(statement, numbers)
  } else {
    lines.append("    \(statement)")
  }
  return lines.joined(separator: "\n")
}

/// A number as the interpreter and as the form has it, under its name.
private func table(_ name: String, _ numbers: NumberPair) -> [String] {
  [
    "    \(name)", "      interpreter  \(numbers.expected)", "      form         \(numbers.given)",
  ]
}

/// A derivative that is off.
func text(of mistake: GradientProof.Mistake) -> String {
  "\(mistake.name): \(mistake.derivative), but differences of the loss say \(mistake.difference)"
}
