import NNCAlgebra
import NNCProgram

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
    /// The values, for each lane of the loop over lanes that is open; one row outside of such loops.
    var rows = [[UInt64](repeating: 0, count: kernel.valueCount)]
    var turns = [Int](repeating: 0, count: kernel.loopCount)
    var open: [(begin: Int, loop: Int, count: Int)] = []
    var lanes: Int?
    var tuples: [ValueID: [[UInt64]]] = [:]
    let precision = program.precision
    func element(_ access: Access) -> (Entry.ArrayReference.Base, Int) {
      let reference = call.arrays[Int(access.array)]
      let index = access.strides.reduce(access.offset) { $0 + $1.step * turns[Int($1.loop)] }
      return (reference.base, reference.offset + index)
    }
    var next = 0
    while next < kernel.body.count {
      let instruction = kernel.body[next]
      next += 1
      switch instruction {
      case .loop(let loop, .fixed(let count), .lanes):
        lanes = Int(loop)
        rows = .init(repeating: rows[0], count: count)
      case .loop(let loop, let extent, _):
        let block = extent.blockLoop.map { turns[Int($0)] } ?? 0
        var range = extent.range(samples: samples, block: block)
        if case .element(let access, _) = extent {
          let (base, index) = element(access)
          let word = memory[base]![index]
          let number =
            precision == .f64
            ? Int(Double(bitPattern: word)) : Int(Float(bitPattern: UInt32(word)))
          range = number..<number + 1
        }
        turns[Int(loop)] = range.lowerBound
        open.append((next, Int(loop), range.upperBound))
        if range.isEmpty {
          next = end(of: next - 1, in: kernel.body) + 1
          open.removeLast()
        }
      case .end where lanes != nil && open.last.map { $0.begin < begin(lanes!, kernel) } ?? true:
        lanes = nil
        rows.removeLast(rows.count - 1)
      case .end:
        let loop = open[open.count - 1]
        turns[loop.loop] += 1
        if turns[loop.loop] < loop.count { next = loop.begin } else { open.removeLast() }
      case .tuple(let value, let operands):
        tuples[value] = rows.map { row in operands.map { row[Int($0)] } }
      case .pick(let value, let tuple, let access):
        let number = access.strides.reduce(access.offset) { $0 + $1.step * turns[Int($1.loop)] }
        for lane in rows.indices {
          let values = tuples[tuple]!
          rows[lane][Int(value)] = values[values.count == 1 ? 0 : lane][number]
        }
      case .reduce(let value, let primitive, let operand):
        var words = rows.map { $0[Int(operand)] }
        while words.count > 1 {
          let half = (words.count + 1) / 2
          for lane in 0..<words.count - half {
            words[lane] = primitive.apply([words[lane], words[lane + half]], precision: precision)
          }
          words.removeLast(words.count - half)
        }
        for lane in rows.indices { rows[lane][Int(value)] = words[0] }
      case .transpose(let matrix):
        func range(_ extent: Extent) -> Range<Int> {
          extent.range(samples: samples, block: extent.blockLoop.map { turns[Int($0)] } ?? 0)
        }
        let (source, first) = element(matrix.source)
        let (target, begin) = element(matrix.target)
        for row in range(matrix.rows) {
          for column in range(matrix.columns) {
            memory[target]![begin + column * matrix.targetStep + row] =
              memory[source]![first + row * matrix.sourceStep + column]
          }
        }
      default:
        for lane in rows.indices {
          if let lanes { turns[lanes] = lane }
          func get(_ value: ValueID) -> UInt64 { rows[lane][Int(value)] }
          switch instruction {
          case .load(let value, let access):
            let (base, index) = element(access)
            rows[lane][Int(value)] = memory[base]![index]
          case .store(let access, let value):
            let (base, index) = element(access)
            memory[base]![index] = get(value)
          case .place(let value, let access):
            let number = access.strides.reduce(access.offset) {
              $0 + $1.step * turns[Int($1.loop)]
            }
            rows[lane][Int(value)] = precision.word(Double(number))
          case .sampleCount(let value): rows[lane][Int(value)] = precision.word(Double(samples))
          case .accumulator(let value, let initial), .assign(let value, let initial):
            rows[lane][Int(value)] = get(initial)
          case .accumulate(let value, let primitive, let operands):
            let all = primitive.accumulation(of: value, operands).map { get($0) }
            rows[lane][Int(value)] = primitive.apply(all, precision: precision)
          default: scalar(instruction, &rows[lane])
          }
        }
      }
    }
  }

  /// The place behind the beginning of a loop.
  private func begin(_ loop: Int, _ kernel: Kernel) -> Int {
    1 + kernel.body.firstIndex { if case .loop(LoopID(loop), _, _) = $0 { true } else { false } }!
  }

  /// The place where the loop that begins at `place` ends.
  private func end(of place: Int, in body: [Instruction]) -> Int {
    var depth = 0
    for index in place..<body.count {
      if case .loop = body[index] { depth += 1 }
      if case .end = body[index] { depth -= 1 }
      if depth == 0 { return index }
    }
    preconditionFailure("a loop is not closed")
  }

  private func scalar(_ instruction: Instruction, _ values: inout [UInt64]) {
    switch instruction {
    case .real(let value, let number): values[Int(value)] = program.precision.word(number)
    case .bits(let value, let word): values[Int(value)] = word
    case .compute(let value, let primitive, let operands):
      values[Int(value)] = primitive.apply(
        operands.map { values[Int($0)] }, precision: program.precision)
    case .callWhere(let value, let condition, let index, let operands, let otherwise):
      if values[Int(condition)] == 0 {
        values[Int(value)] = values[Int(otherwise)]
      } else {
        scalar(.call(value, function: index, operands), &values)
      }
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
