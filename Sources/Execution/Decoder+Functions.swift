import NNCProgram

// Functions are written out where they are called.
extension Decoder {
  /// Writes the function's body in place of a call. Functions call only earlier ones, so the depth is bounded by how
  /// many there are.
  mutating func inline(_ index: Int, _ arguments: [Int32], to: Int32) {
    let function = program.functions[index]
    let block: Int32
    if let known = blocks[index] {
      block = known
    } else {
      block = Int32(result.registerCount)
      result.registerCount += function.valueCount
      blocks[index] = block
    }
    var inner = (0..<Int32(function.valueCount)).map { block + $0 }
    for (value, register) in arguments.enumerated() { inner[value] = register }
    var isComputed = false
    for instruction in function.body {
      if instruction.result == function.result { isComputed = true }
      switch instruction {
      case .real(let value, let number):
        inner[Int(value)] = constant(number)
        if value == function.result { isComputed = false }
      case .compute(let value, let primitive, let operands):
        if value == function.result { inner[Int(value)] = to }
        compute(primitive, to: inner[Int(value)], operands.map { inner[Int($0)] })
      case .call(let value, let callee, let operands):
        if value == function.result { inner[Int(value)] = to }
        inline(callee, operands.map { inner[Int($0)] }, to: inner[Int(value)])
      case .callWhere(let value, let condition, let callee, let operands, let otherwise):
        if value == function.result { inner[Int(value)] = to }
        inline(
          callee, operands.map { inner[Int($0)] }, where: inner[Int(condition)],
          otherwise: inner[Int(otherwise)], to: inner[Int(value)])
      case .bits(let value, let word): inner[Int(value)] = constant(word)
      default: break
      }
    }
    if !isComputed {
      emit(.init(operation: .copy, to: to, a: inner[Int(function.result)]))
    }
  }

  /// A function's body that is jumped over where no lane needs it:
  ///
  ///     to = otherwise;  unless condition go on behind;  inner = function(…);  to = select(condition, inner, to)
  mutating func inline(
    _ index: Int, _ arguments: [Int32], where condition: Int32, otherwise: Int32, to: Int32
  ) {
    emit(.init(operation: .copy, to: to, a: otherwise))
    let jump = result.code.count
    emit(.init(operation: .unless, a: condition))
    let inner = fresh()
    inline(index, arguments, to: inner)
    emit(.init(operation: .select, to: to, a: condition, b: inner, c: to))
    result.code[jump].b = Int32(result.code.count)
  }
}
