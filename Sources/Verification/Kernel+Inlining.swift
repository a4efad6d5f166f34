import NNCProgram

extension Kernel {
  /// The kernel with the function that the instruction at a place calls written out in place of the call; nil where no
  /// call stands there, or where the function gives back a constant or what it is given.
  func inlining(_ place: Int, of program: Program) -> Kernel? {
    guard case .call(let value, let index, let operands) = body[place] else { return nil }
    let function = program.functions[index]
    guard function.result >= operands.count else { return nil }
    var result = self
    var values = operands
    for number in operands.count..<function.valueCount {
      if number == function.result {
        values.append(value)
      } else {
        values.append(ValueID(result.valueCount))
        let names = function.valueNames
        result.valueNames.append(number < names.count ? names[number] : "")
        result.valueCount += 1
      }
    }
    var isComputed = false
    let inner = function.body.compactMap { instruction -> Instruction? in
      if instruction.result == function.result { isComputed = true }
      switch instruction {
      case .real(let value, let number): return .real(values[Int(value)], number)
      case .bits(let value, let word): return .bits(values[Int(value)], word)
      case .compute(let value, let primitive, let operands):
        return .compute(values[Int(value)], primitive, operands.map { values[Int($0)] })
      case .call(let value, let callee, let operands):
        return .call(values[Int(value)], function: callee, operands.map { values[Int($0)] })
      default: return nil
      }
    }
    guard isComputed else { return nil }
    result.body.replaceSubrange(place...place, with: inner)
    return result
  }
}
