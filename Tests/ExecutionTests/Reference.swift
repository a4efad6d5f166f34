import Algebra
import Program

/// Runs a Program the plainest way, instruction by instruction, by the words of `Primitive.apply`.
struct Reference {
  let program: Program

  func run(_ entry: Entry, samples: Int, _ arguments: inout [Entry.Argument: [UInt64]]) {
    var memory: [Entry.ArrayReference.Base: [UInt64]] = [:]
    for (argument, words) in arguments { memory[.argument(argument)] = words }
    memory[.workspace] = .init(repeating: 0, count: entry.workspaceCount)
    for (index, table) in program.tables.enumerated() {
      memory[.table(index)] = table.values.map { program.precision.word($0) }
    }
    for call in entry.calls { run(program.kernels[call.kernel], call, samples, &memory) }
    for argument in arguments.keys { arguments[argument] = memory[.argument(argument)] }
  }

  private func run(
    _ kernel: Kernel, _ call: Entry.Call, _ samples: Int,
    _ memory: inout [Entry.ArrayReference.Base: [UInt64]]
  ) {
    var values = [UInt64](repeating: 0, count: kernel.valueCount)
    var turns = [Int](repeating: 0, count: kernel.loopCount)
    var open: [(begin: Int, loop: Int, count: Int)] = []
    func index(_ access: Access) -> (Entry.ArrayReference.Base, Int) {
      let reference = call.arrays[Int(access.array)]
      let index = access.strides.reduce(access.offset) { $0 + $1.step * turns[Int($1.loop)] }
      return (reference.base, reference.offset + index)
    }
    func set(_ value: ValueID, _ word: UInt64) { values[Int(value)] = word }
    func get(_ value: ValueID) -> UInt64 { values[Int(value)] }
    var next = 0
    while next < kernel.body.count {
      let instruction = kernel.body[next]
      next += 1
      switch instruction {
      case .loop(let loop, let extent, _):
        turns[Int(loop)] = 0
        open.append((next, Int(loop), extent.count(samples: samples)))
      case .end:
        let loop = open[open.count - 1]
        turns[loop.loop] += 1
        if turns[loop.loop] < loop.count { next = loop.begin } else { open.removeLast() }
      case .load(let value, let access):
        let (base, index) = index(access)
        set(value, memory[base]![index])
      case .store(let access, let value):
        let (base, index) = index(access)
        memory[base]![index] = get(value)
      case .sampleCount(let value): set(value, program.precision.word(Double(samples)))
      case .accumulator(let value, let initial), .assign(let value, let initial):
        set(value, get(initial))
      case .accumulate(let value, let primitive, let operands):
        let all = primitive.accumulation(of: value, operands).map { get($0) }
        set(value, primitive.apply(all, precision: program.precision))
      case .reduce, .transpose: fatalError("one lane after the other, there is nothing to reduce")
      case .real, .bits, .compute, .call: scalar(instruction, &values)
      }
    }
  }

  private func scalar(_ instruction: Instruction, _ values: inout [UInt64]) {
    switch instruction {
    case .real(let value, let number): values[Int(value)] = program.precision.word(number)
    case .bits(let value, let word): values[Int(value)] = word
    case .compute(let value, let primitive, let operands):
      values[Int(value)] = primitive.apply(
        operands.map { values[Int($0)] }, precision: program.precision)
    case .call(let value, let index, let operands):
      let function = program.functions[index]
      var inner = [UInt64](repeating: 0, count: function.valueCount)
      for (place, operand) in operands.enumerated() { inner[place] = values[Int(operand)] }
      for instruction in function.body { scalar(instruction, &inner) }
      values[Int(value)] = inner[Int(function.result)]
    default: break
    }
  }
}
