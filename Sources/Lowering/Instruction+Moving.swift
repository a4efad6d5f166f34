import NNCProgram

extension Instruction {
  /// The same instruction assigning another value.
  func assigning(_ value: ValueID) -> Instruction {
    switch self {
    case .real(_, let number): .real(value, number)
    case .bits(_, let word): .bits(value, word)
    case .sampleCount: .sampleCount(value)
    case .place(_, let access): .place(value, access)
    case .load(_, let access): .load(value, access)
    case .compute(_, let primitive, let operands): .compute(value, primitive, operands)
    case .call(_, let function, let operands): .call(value, function: function, operands)
    case .callWhere(_, let condition, let function, let operands, let otherwise):
      .callWhere(
        value, condition: condition, function: function, operands, otherwise: otherwise)
    case .accumulator(_, let initial): .accumulator(value, initial: initial)
    case .reduce(_, let primitive, let operand): .reduce(value, primitive, operand)
    case .tuple(_, let operands): .tuple(value, operands)
    case .pick(_, let tuple, let access): .pick(value, from: tuple, access)
    case .loop, .end, .store, .accumulate, .assign, .transpose: self
    }
  }

  /// The same instruction with its array numbered anew.
  func moved(_ place: (Int32) -> Int32) -> Instruction {
    switch self {
    case .load(let value, var access):
      access.array = place(access.array)
      return .load(value, access)
    case .loop(let loop, .element(var access, let count), let turns):
      access.array = place(access.array)
      return .loop(loop, .element(access, below: count), turns)
    case .store(var access, let value):
      access.array = place(access.array)
      return .store(access, value)
    case .transpose(var matrix):
      matrix.source.array = place(matrix.source.array)
      matrix.target.array = place(matrix.target.array)
      return .transpose(matrix)
    default: return self
    }
  }
}
