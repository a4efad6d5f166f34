import Testing

@testable import NNCAlgebra

/// The rows of the table of operations agree with themselves.
@Suite struct OperationTableTests {
  /// Arguments away from kinks and from the borders of the rows' domains.
  static let samples: [Double] = [0.31, 0.83, 1.37, 2.71, -0.43, -1.19, -2.57]

  /// Rows whose slope is not their value's, on purpose.
  static let detached: Set<String> = ["detach", "shift"]

  /// Rows defined for positive arguments only.
  static let positive: Set<String> = [
    "log", "sqrt", "length", "pow", "log1p", "log2", "log10", "acosh",
  ]

  /// Rows defined for negative arguments only, and those that are defined, or whose definition keeps its digits, near 0.
  static let negative: Set<String> = ["log1mexp"]
  static let inside: Set<String> = ["atanh", "erfc", "asin", "acos"]

  /// Argument lists for a row: every sample for each argument, paired with shifted samples for the others.
  static func arguments(_ row: OperationRow) -> [[Double]] {
    let own =
      positive.contains(row.name)
      ? samples.map(\.magnitude)
      : negative.contains(row.name)
        ? samples.map { -$0.magnitude }
        : inside.contains(row.name) ? samples.map { $0 / 3 } : samples
    return own.indices.map { i in
      row.arguments.indices.map { j in
        let value = j == 0 ? own[i] : samples[(i + 3 * j) % samples.count]
        switch row.arguments[j].name {
        // acosh begins at 1, and the order of a derivative is a whole number.
        case "x" where row.name == "acosh": return value + 1
        case "n": return Double(1 + i % 2)
        case "c": return Double(i % 2)
        case "min": return -1.1
        case "max": return 1.3
        case "tanh": return Operation("tanh")!.evaluate([own[i]])
        case "rest": return Operation("tanh_rest")!.evaluate([own[i]])
        default: return value
        }
      }
    }
  }

  /// The formula that computes the row.
  static func formula(_ row: OperationRow) -> Formula {
    Formula(.apply(row.name, row.arguments.map { .symbol($0.name) }))
  }

  @Test(arguments: Operation.all.map(\.name))
  func arithmeticAgreesWithTheDefinition(_ name: String) throws {
    let row = try #require(Operation(name)).row
    guard let definition = row.definition, row.arithmetic != nil else { return }
    for (precision, fuses) in Precision.allCases.flatMap({ [($0, false), ($0, true)] }) {
      let names = row.arguments.map(\.name)
      let arithmetic = row.formula(precision, fuses: fuses)!
      let first = FormulaEvaluator(definition, of: names, precision: precision)
      let second = FormulaEvaluator(arithmetic, of: names, precision: precision)
      let tolerance = precision == .f64 ? 1e-14 : 1e-5
      for arguments in Self.arguments(row) {
        let (a, b) = (first(arguments), second(arguments))
        #expect(abs(a - b) <= tolerance * abs(b), "\(name)\(arguments): \(a), \(b)")
      }
    }
  }

  @Test(arguments: Operation.all.map(\.name))
  func slopesAgreeWithDifferences(_ name: String) throws {
    let row = try #require(Operation(name)).row
    guard let slopes = row.slopes else {
      #expect(row.definition != nil, "\(name) has neither slopes nor a definition to derive them")
      return
    }
    let names = row.arguments.map(\.name)
    #expect(slopes.count == names.count)
    if Self.detached.contains(name) { return }
    let value = FormulaEvaluator(Self.formula(row), of: names, precision: .f64)
    for (i, slope) in slopes.enumerated() where names[i] != "c" && names[i] != "n" {
      let evaluator = FormulaEvaluator(slope, of: names + ["y"], precision: .f64)
      for arguments in Self.arguments(row) {
        let step = 0x1p-17
        var (low, high) = (arguments, arguments)
        low[i] -= step
        high[i] += step
        let difference = (value(high) - value(low)) / (2 * step)
        let exact = evaluator(arguments + [value(arguments)])
        #expect(
          abs(exact - difference) <= 1e-8 * max(1, abs(exact)),
          "∂\(name)/∂\(names[i]) at \(arguments): \(exact), by differences \(difference)")
      }
    }
  }

  @Test(arguments: Operation.all.map(\.name))
  func everyRowIsFiniteAtPlainArguments(_ name: String) throws {
    let row = try #require(Operation(name)).row
    for precision in Precision.allCases {
      let value = FormulaEvaluator(
        Self.formula(row), of: row.arguments.map(\.name), precision: precision)
      for arguments in Self.arguments(row) {
        #expect(value(arguments).isFinite, "\(name)\(arguments)")
      }
    }
  }

  @Test func commutingRowsCommute() {
    for operation in Operation.all where operation.row.commutes {
      let row = operation.row
      let value = FormulaEvaluator(Self.formula(row), of: ["a", "b"], precision: .f64)
      for a in Self.samples {
        for b in Self.samples { #expect(value(a, b) == value(b, a), "\(row.name)") }
      }
    }
  }
}
