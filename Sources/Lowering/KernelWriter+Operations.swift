import NNCAlgebra
import NNCProgram

// Scalar operations of the symbolic level, by machine operations. Comparisons give the numbers 0 and 1 there and truths
// here: a truth becomes a number, and a number a truth, where one is wanted and the other is had.
extension KernelWriter {
  /// The value as a number: 1 for true, 0 for false.
  mutating func asReal(_ value: ValueID) -> ValueID {
    if type(value) != .truth { return value }
    return primitive(.select, [value, real(1), real(0)])
  }

  /// The value as a truth: whether it is not 0.
  mutating func asTruth(_ value: ValueID) -> ValueID {
    if type(value) == .truth { return value }
    return primitive(.ne, [value, real(0)])
  }

  /// An operation of the table, applied.
  mutating func apply(_ operation: Operation, _ operands: [ValueID]) -> ValueID {
    if let primitive = operation.primitive { return compute(primitive, operands) }
    let value: ValueID
    switch functions.form(of: operation) {
    case .function(let place):
      value = call(place, operands.map { asReal($0) })
    case .inline(let formula):
      var bindings: [String: ValueID] = [:]
      for (argument, operand) in zip(operation.row.arguments, operands) {
        bindings[argument.name] = operand
      }
      value = instantiate(formula, bindings)
    }
    narrow(value, by: operation.row, of: operands)
    return value
  }

  /// A formula's value, its symbols bound. A subformula shared inside it is visited once.
  mutating func instantiate(_ formula: Formula, _ bindings: [String: ValueID]) -> ValueID {
    var done: [ObjectIdentifier: ValueID] = [:]
    return instantiate(formula, bindings, &done)
  }

  // Recursion goes to the depth of a table's formula, never of a network.
  private mutating func instantiate(
    _ formula: Formula, _ bindings: [String: ValueID], _ done: inout [ObjectIdentifier: ValueID]
  ) -> ValueID {
    if let value = done[ObjectIdentifier(formula)] { return value }
    let value: ValueID
    switch formula.kind {
    case .symbol(let name):
      guard let bound = bindings[name] else { preconditionFailure("formula: unbound \(name)") }
      value = bound
    case .number(let number): value = real(number)
    case .bits(let f64, let f32): value = bits(precision == .f64 ? f64 : UInt64(f32))
    case .apply("select", let arguments) where arguments[1].rareCall != nil:
      value = choose(arguments, bindings, &done)
    case .apply(let name, let arguments):
      var operands: [ValueID] = []
      for argument in arguments { operands.append(instantiate(argument, bindings, &done)) }
      if let primitive = Primitive(named: name) {
        value = compute(primitive, operands)
      } else if let operation = Operation(name) {
        value = apply(operation, operands)
      } else {
        preconditionFailure("formula: no operation \(name)")
      }
    }
    done[ObjectIdentifier(formula)] = value
    return value
  }

  /// A choice between a rare function, which is called only where it is chosen, and another value.
  private mutating func choose(
    _ arguments: [Formula], _ bindings: [String: ValueID],
    _ done: inout [ObjectIdentifier: ValueID]
  ) -> ValueID {
    guard let (function, operands) = arguments[1].rareCall else {
      preconditionFailure("formula: no rare function is chosen")
    }
    let condition = asTruth(instantiate(arguments[0], bindings, &done))
    var values: [ValueID] = []
    for operand in operands { values.append(asReal(instantiate(operand, bindings, &done))) }
    let otherwise = asReal(instantiate(arguments[2], bindings, &done))
    return call(functions.place(of: function), values, where: condition, otherwise: otherwise)
  }

  /// A machine operation on operands of any type, simplified where that keeps every bit.
  mutating func compute(_ primitive: Primitive, _ operands: [ValueID]) -> ValueID {
    var operands = operands
    for (place, wanted) in primitive.row.operands.enumerated() {
      switch wanted {
      case .real: operands[place] = asReal(operands[place])
      case .truth: operands[place] = asTruth(operands[place])
      case .bits: break
      }
    }
    let value = simplified(primitive, operands) ?? self.primitive(primitive, operands)
    if let row = primitive.operation?.row { narrow(value, by: row, of: operands) }
    return value
  }

  /// x·1, x/1 and x − 0 are x; an operation on constants is a constant, rounded as the operation rounds.
  private mutating func simplified(_ primitive: Primitive, _ operands: [ValueID]) -> ValueID? {
    let numbers = operands.map { number($0) }
    switch primitive {
    case .mul where numbers[1] == 1: return operands[0]
    case .mul where numbers[0] == 1: return operands[1]
    case .div where numbers[1] == 1: return operands[0]
    case .sub where numbers[1]?.bitPattern == 0: return operands[0]
    case .select where operands[1] == operands[2]: return operands[1]
    default: break
    }
    guard primitive.isFoldable, numbers.allSatisfy({ $0 != nil }) else { return nil }
    return real(primitive.folded(numbers.map { $0! }, precision))
  }
}

extension Primitive {
  fileprivate var isFoldable: Bool {
    switch self {
    case .add, .sub, .mul, .div, .neg, .abs, .sqrt: true
    default: false
    }
  }

  /// The operation on numbers of a precision, done in that precision.
  fileprivate func folded(_ operands: [Double], _ precision: Precision) -> Double {
    func value<Real: BinaryFloatingPoint>(_ x: [Real]) -> Real {
      switch self {
      case .add: x[0] + x[1]
      case .sub: x[0] - x[1]
      case .mul: x[0] * x[1]
      case .div: x[0] / x[1]
      case .neg: -x[0]
      case .abs: x[0].magnitude
      case .sqrt: x[0].squareRoot()
      default: preconditionFailure("\(self) has no constant value")
      }
    }
    return precision == .f64 ? value(operands) : Double(value(operands.map { Float($0) }))
  }
}
