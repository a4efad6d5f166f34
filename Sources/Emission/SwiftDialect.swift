import NNCAlgebra

/// Swift 6 without imports.
struct SwiftDialect: Dialect {
  let precision: Precision
  /// The lanes of the widest vector.
  var widest = 2
  /// The function that chooses one of two numbers, where that is not written as an expression.
  var choice: String?

  var vectors: (any VectorDialect)? { SwiftVectors(dialect: self, widest: widest) }

  var real: String { precision == .f64 ? "Double" : "Float" }
  var word: String { precision == .f64 ? "UInt64" : "UInt32" }

  var keywords: Set<String> { Self.keywords }

  private static let keywords =
    Set(swiftVectorHelperNames).union(
      Names.words(
        """
        associatedtype borrowing class consuming deinit enum extension fileprivate func import init inout internal let
        nonisolated open operator precedencegroup private protocol public rethrows static struct subscript typealias
        var break case catch continue default defer do else fallthrough for guard if in repeat return switch throw
        where while any as await false is nil self Self super throws true try Any Type Protocol some async macro
        actor consume copy each discard package lazy weak unowned mutating optional override required final
        Double Float Int Int32 UInt64 UInt32 Bool Span MutableSpan InlineArray Layout Parameters State precondition
        """))

  var groupsStatements: Bool { true }
  var transpose: String { "transposeMatrix" }
  var turnOfUnit: String { "turnOfUnit" }
  var terminator: String { "" }

  func type(_ type: ScalarType) -> String {
    switch type {
    case .real: real
    case .bits: word
    case .truth: "Bool"
    }
  }

  func declare(_ name: String, _ type: String, _ value: String, mutable: Bool) -> String {
    "\(mutable ? "var" : "let") \(name): \(type) = \(value)"
  }

  func declareArray(_ name: String, _ type: String, _ values: [String]) -> [String] {
    let head = "let \(name): InlineArray<\(values.count), \(type)> = ["
    let whole = "\(head)\(values.joined(separator: ", "))]"
    return whole.utf8.count <= 90 ? [whole] : [head] + wrapped(values) + ["]"]
  }

  func element(of array: String, _ number: String) -> String { "\(array)[unchecked: \(number)]" }

  func declareIndex(_ name: String, _ value: String) -> String { "let \(name) = \(value)" }

  func assign(_ target: String, _ value: String) -> String { "\(target) = \(value)" }
  func giveBack(_ value: String) -> String { "return \(value)" }
  func loop(_ name: String, from: String, to: String) -> String {
    "for \(name) in \(from)..<\(to) {"
  }

  func block(_ comment: String) -> String { "do {  // \(comment)" }

  func minimum(_ a: String, _ b: String) -> String { "min(\(a), \(b))" }

  func unusedLoop(_ name: String) -> String { "_" }

  /// A decimal where the compiler reads it exactly, else hexadecimal.
  func real(_ value: Double) -> String {
    let value = Literal.rounded(value, precision)
    // The compiler warns of comparisons with `.nan`.
    if value.isNaN {
      let quiet = precision == .f64 ? "0x7ff8000000000000" : "0x7fc00000"
      return "\(real)(bitPattern: \(quiet))"
    }
    if value.isInfinite { return value < 0 ? "-\(real).infinity" : "\(real).infinity" }
    return Literal.survivesDoubleRounding(value, precision)
      ? Literal.decimal(value, precision) : Literal.hexadecimal(value)
  }

  func bits(_ value: UInt64, small: Bool) -> String {
    small || value < 10 ? "\(value)" : "0x" + String(value, radix: 16)
  }

  var whole: String { "Int32" }
  func real(of whole: String) -> String { "\(real)(\(whole))" }
  func index(of number: String) -> String { "Int(\(number))" }
  func sampleCount(_ count: String) -> String { "\(real)(\(count))" }

  func pattern(_ primitive: Primitive) -> String {
    primitive.row.swift.replacing("@Real", with: real)
  }

  /// An operation on literals alone says what type they have, and so does a literal whose method is called.
  func compute(_ primitive: Primitive, _ operands: [String]) -> String {
    if primitive == .select, let choice { return "\(choice)(\(operands.joined(separator: ", ")))" }
    func isLiteral(_ text: String) -> Bool {
      let digits = text.drop { $0 == "-" }
      return digits.first?.isNumber == true
    }
    if primitive == .fma, isLiteral(operands[2]) {
      return spell(.fma, [operands[0], operands[1], "\(real)(\(operands[2]))"])
    }
    guard let place = primitive.row.operands.firstIndex(where: { $0 != .truth }),
      operands.enumerated().allSatisfy({
        primitive.row.operands[$0] == .truth || isLiteral($1)
      })
    else { return spell(primitive, operands) }
    var typed = operands
    for index in operands.indices.dropFirst(place) {
      typed[index] = "\(type(primitive.row.operands[index]))(\(operands[index]))"
    }
    return spell(primitive, typed)
  }
}
