import NNCProgram

/// The products of a kernel that nothing uses but the sum they are added to, in the same turn of the same loop: one
/// instruction does both, with both roundings.
struct SummedProducts {
  /// By value: whether it is such a product.
  private(set) var isSummed: [Bool]

  init(_ kernel: Kernel) {
    isSummed = .init(repeating: false, count: kernel.valueCount)
    var useCounts = [Int](repeating: 0, count: kernel.valueCount)
    var changes = [Bool](repeating: false, count: kernel.valueCount)
    for instruction in kernel.body {
      for operand in instruction.operands { useCounts[Int(operand)] += 1 }
      if case .accumulator(let value, _) = instruction { changes[Int(value)] = true }
    }
    /// By product: the loop that it stands in.
    var scopes = [Int](repeating: -1, count: kernel.valueCount)
    var open = [0]
    for (place, instruction) in kernel.body.enumerated() {
      switch instruction {
      case .loop: open.append(place + 1)
      case .end: open.removeLast()
      case .compute(let value, .mul, let operands)
      where useCounts[Int(value)] == 1 && !operands.contains { changes[Int($0)] }:
        scopes[Int(value)] = open[open.count - 1]
      case .accumulate(_, .add, let operands) where scopes[Int(operands[0])] == open[open.count - 1]:
        isSummed[Int(operands[0])] = true
      default: break
      }
    }
  }
}
