import NNCAlgebra

extension Instruction {
  /// The value that the instruction assigns for the first time; nil where it assigns none.
  public var result: ValueID? {
    switch self {
    case .real(let value, _), .bits(let value, _), .sampleCount(let value), .load(let value, _),
      .place(let value, _), .compute(let value, _, _), .call(let value, _, _),
      .callWhere(let value, _, _, _, _),
      .accumulator(let value, _), .reduce(let value, _, _), .tuple(let value, _),
      .pick(let value, _, _):
      value
    case .loop, .end, .store, .accumulate, .assign, .transpose: nil
    }
  }

  /// The values that the instruction reads, in order; an accumulator that it changes is the first.
  public var operands: [ValueID] {
    switch self {
    case .loop, .end, .real, .bits, .sampleCount, .place, .load, .transpose: []
    case .store(_, let value), .accumulator(_, let value), .reduce(_, _, let value),
      .pick(_, let value, _):
      [value]
    case .compute(_, _, let operands), .call(_, _, let operands), .tuple(_, let operands): operands
    case .callWhere(_, let condition, _, let operands, let otherwise):
      [condition] + operands + [otherwise]
    case .accumulate(let accumulator, _, let operands): [accumulator] + operands
    case .assign(let accumulator, let value): [accumulator, value]
    }
  }
}

extension Instruction {
  /// The function that it calls, always or where a condition holds, by its place in the Program.
  public var callee: Int? {
    switch self {
    case .call(_, let function, _), .callWhere(_, _, let function, _, _): function
    default: nil
    }
  }
}

extension Primitive {
  /// The operands of the operation that changes an accumulator.
  public func accumulation(of accumulator: ValueID, _ operands: [ValueID]) -> [ValueID] {
    self == .fma ? operands + [accumulator] : [accumulator] + operands
  }
}

/// The type of every value of a body: its arguments are reals, and so is what functions return.
///
/// Values that the body never assigns count as reals.
public func valueTypes(of body: [Instruction], count: Int) -> [ScalarType] {
  var types = [ScalarType](repeating: .real, count: count)
  for instruction in body {
    switch instruction {
    case .bits(let value, _): types[Int(value)] = .bits
    case .compute(let value, let primitive, _): types[Int(value)] = primitive.row.result
    case .accumulator(let value, let operand), .reduce(let value, _, let operand):
      types[Int(value)] = types[Int(operand)]
    default: break
    }
  }
  return types
}
