import NNCAlgebra

/// What differs between the languages that a body of instructions is spelled in.
protocol Dialect {
  /// The precision of reals.
  var precision: Precision { get }
  /// Words that no local name may be.
  var keywords: Set<String> { get }
  /// Whether long sequences of statements are put in blocks.
  var groupsStatements: Bool { get }
  /// The function that copies a matrix to its transpose.
  var transpose: String { get }
  /// The function that finds the turn that a unit of a divided loop falls to.
  var turnOfUnit: String { get }
  /// What ends a statement.
  var terminator: String { get }
  /// How lanes are spelled as vectors; nil where they are loops.
  var vectors: (any VectorDialect)? { get }
  /// What a type of scalars is called.
  func type(_ type: ScalarType) -> String
  /// A statement that declares a local value.
  func declare(_ name: String, _ type: String, _ value: String, mutable: Bool) -> String
  /// The lines that declare an array of local values.
  func declareArray(_ name: String, _ type: String, _ values: [String]) -> [String]
  /// One of an array's values.
  func element(of array: String, _ number: String) -> String
  /// A statement that declares a whole number.
  func declareIndex(_ name: String, _ value: String) -> String
  /// A statement that changes a local value or an element.
  func assign(_ target: String, _ value: String) -> String
  /// A statement that returns a value.
  func giveBack(_ value: String) -> String
  /// The line that begins a loop over turns from one number to before another.
  func loop(_ name: String, from: String, to: String) -> String
  /// The line that begins a scope of names, with a comment.
  func block(_ comment: String) -> String
  /// The lesser of two whole numbers.
  func minimum(_ a: String, _ b: String) -> String
  /// What a loop is called whose turn nothing depends on.
  func unusedLoop(_ name: String) -> String
  /// A real constant; NaN and infinities too.
  func real(_ value: Double) -> String
  /// A bit constant; `small` where it is a distance of a shift.
  func bits(_ value: UInt64, small: Bool) -> String
  /// What the type of integers is called that a caller gives.
  var whole: String { get }
  /// An integer as a real.
  func real(of whole: String) -> String
  /// A number that is an integer, as an index.
  func index(of number: String) -> String
  /// The number of samples as a real.
  func sampleCount(_ count: String) -> String
  /// The spelling of an operation: `$0 $1 $2` stand for the operands.
  func pattern(_ primitive: Primitive) -> String
  /// The operation on operands.
  func compute(_ primitive: Primitive, _ operands: [String]) -> String
}

extension Dialect {
  func compute(_ primitive: Primitive, _ operands: [String]) -> String {
    spell(primitive, operands)
  }

  func spell(_ primitive: Primitive, _ operands: [String]) -> String {
    filled(pattern(primitive), operands)
  }

  /// A pattern with its operands. Those with a sign are put in parentheses, except as arguments of functions.
  func filled(_ pattern: String, _ operands: [String]) -> String {
    var result = ""
    var isPlace = false
    for character in pattern {
      if isPlace, let place = character.wholeNumberValue {
        let operand = operands[place]
        let isArgument = result.hasSuffix("(") || result.hasSuffix(", ")
        result += operand.hasPrefix("-") && !isArgument ? "(\(operand))" : operand
        isPlace = false
      } else if character == "$" {
        isPlace = true
      } else {
        result.append(character)
      }
    }
    return result
  }
}

/// An element's place as a text: `2 * i + j + 5`; sums that subtract come last.
func indexText(_ offset: Int, _ terms: [(step: Int, loop: String)], symbol: String? = nil) -> String
{
  func product(_ step: Int, _ loop: String) -> String { step == 1 ? loop : "\(step) * \(loop)" }
  // A loop whose turn is known is called by the number.
  let offset = terms.reduce(offset) { $0 + $1.step * (Int($1.loop) ?? 0) }
  let terms = terms.filter { Int($0.loop) == nil }
  var text = symbol ?? ""
  for term in terms where term.step > 0 {
    text += (text.isEmpty ? "" : " + ") + product(term.step, term.loop)
  }
  if offset > 0 || text.isEmpty { text += (text.isEmpty ? "" : " + ") + "\(offset)" }
  for term in terms where term.step < 0 { text += " - " + product(-term.step, term.loop) }
  if offset < 0 { text += " - \(-offset)" }
  return text
}
