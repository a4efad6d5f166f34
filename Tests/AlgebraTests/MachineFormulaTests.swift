import Testing

@testable import NNCAlgebra

/// The functions' formulas are made of machine operations alone, and well typed.
@Suite struct MachineFormulaTests {
  /// The formulas under one, each once, operands before what uses them.
  static func parts(_ formula: Formula) -> [Formula] {
    var seen: Set<ObjectIdentifier> = []
    var order: [Formula] = []
    var waiting: [(Formula, Bool)] = [(formula, false)]
    while let (next, isDone) = waiting.popLast() {
      if isDone {
        order.append(next)
      } else if seen.insert(ObjectIdentifier(next)).inserted {
        waiting.append((next, true))
        if case .apply(_, let operands) = next.kind { waiting += operands.map { ($0, false) } }
      }
    }
    return order
  }

  /// The functions, those of machines that fuse, and their rare parts.
  static let names =
    functions.map(\.name)
    + Operation.all.filter { $0.row.fusedArithmetic != nil }.map { fused + $0.name }
    + RareFunction.all.map(\.name)
  static let fused = "fused "

  static func formula(_ name: String, _ precision: Precision) -> (Formula, arguments: [String]) {
    if let function = RareFunction(name) {
      return (function.arithmetic(precision), function.arguments)
    }
    let row = Operation(String(name.trimmingPrefix(fused)))!.row
    let formula = name.hasPrefix(fused) ? row.fusedArithmetic : row.arithmetic
    return (formula!(precision), row.arguments.map(\.name))
  }

  @Test(arguments: names, Precision.allCases)
  func everyOperandHasItsType(_ name: String, _ precision: Precision) throws {
    let (formula, arguments) = Self.formula(name, precision)
    var types: [ObjectIdentifier: ScalarType] = [:]
    for part in Self.parts(formula) {
      switch part.kind {
      case .symbol(let symbol):
        #expect(arguments.contains(symbol))
        types[ObjectIdentifier(part)] = .real
      case .number(let value):
        // A constant of f32 must be one, or its rounding goes unseen.
        if precision == .f32 { #expect(Double(Float(value)) == value, "\(name): \(value)") }
        #expect(value.isFinite)
        types[ObjectIdentifier(part)] = .real
      case .bits: types[ObjectIdentifier(part)] = .bits
      case .apply(let operation, let operands):
        if let function = RareFunction(operation) {
          #expect(operands.count == function.arguments.count)
          for operand in operands { #expect(types[ObjectIdentifier(operand)] == .real) }
          types[ObjectIdentifier(part)] = .real
          continue
        }
        let row = try #require(Primitive(named: operation)).row
        #expect(row.primitive != .fma || name.hasPrefix(Self.fused), "only some targets fuse")
        #expect(operands.map { types[ObjectIdentifier($0)]! } == row.operands, "\(operation)")
        types[ObjectIdentifier(part)] = row.result
      }
    }
    #expect(types[ObjectIdentifier(formula)] == .real)
  }

  /// A rare function is called where a condition holds, so only as the first choice of a `select`.
  @Test(arguments: names, Precision.allCases)
  func rareFunctionsAreChosen(_ name: String, _ precision: Precision) throws {
    for part in Self.parts(Self.formula(name, precision).0) {
      guard case .apply(let operation, let operands) = part.kind else { continue }
      for (place, operand) in operands.enumerated() where operand.rareCall != nil {
        #expect(operation == "select" && place == 1, "\(name): \(operation)")
      }
    }
  }

  @Test(arguments: names, Precision.allCases)
  func shiftsStayBelowTheWidth(_ name: String, _ precision: Precision) throws {
    for part in Self.parts(Self.formula(name, precision).0) {
      guard case .apply("shiftLeft", let operands) = part.kind else { continue }
      guard case .bits(let f64, let f32) = operands[1].kind else {
        Issue.record("\(name) shifts by a value that is no constant")
        continue
      }
      #expect(precision == .f64 ? f64 < 64 : f32 < 32)
    }
  }
}
