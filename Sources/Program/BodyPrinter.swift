import NNCAlgebra

/// Prints a list of instructions, one a line; constants stand where they are used.
struct BodyPrinter {
  private let program: Program
  private let arrays: [String]
  private var names: [String]
  private var loops: [String]
  private var depth = 1

  init(kernel: Kernel, program: Program) {
    self.program = program
    arrays = kernel.parameters.map(\.name)
    names = Self.names(kernel.valueNames, kernel.valueCount)
    loops = (0..<kernel.loopCount).map { Self.loopName($0) }
  }

  init(function: ScalarFunction, program: Program) {
    self.program = program
    arrays = []
    names = Self.names(function.valueNames, function.valueCount)
    loops = []
  }

  /// Given names where they are the only of their kind, else the name with the value's number.
  private static func names(_ given: [String], _ count: Int) -> [String] {
    var uses: [String: Int] = [:]
    for name in given { uses[name, default: 0] += 1 }
    return (0..<count).map { index in
      let name = index < given.count ? given[index] : ""
      return uses[name] == 1 && !name.isEmpty ? name : "\(name)%\(index)"
    }
  }

  /// i, j, … n, then i1, j1, …
  static func loopName(_ index: Int) -> String {
    let letters = ["i", "j", "k", "l", "m", "n"]
    let round = index / letters.count
    return letters[index % letters.count] + (round == 0 ? "" : "\(round)")
  }

  func spell(_ value: ValueID) -> String { names[Int(value)] }

  mutating func lines(_ body: [Instruction]) -> [String] {
    var result: [String] = []
    result.reserveCapacity(body.count)
    for instruction in body {
      if case .end = instruction { depth -= 1 }
      if let line = line(instruction) {
        result.append(String(repeating: "  ", count: depth) + line)
      }
      if case .loop = instruction { depth += 1 }
    }
    return result
  }

  /// The line of one instruction, without its indentation.
  mutating func statement(_ place: Int, _ body: [Instruction]) -> String? {
    for instruction in body[..<place] { _ = line(instruction) }
    return line(body[place])
  }

  private mutating func line(_ instruction: Instruction) -> String? {
    switch instruction {
    case .loop(let loop, let extent, let turns):
      let range = spell(extent)
      let kind =
        switch turns {
        case .ordered: ""
        case .parallel: " parallel"
        case .divided: " divided"
        case .lanes: " lanes"
        }
      return "for \(loops[Int(loop)]) in \(range)\(kind)"
    case .end: return nil
    case .real(let value, let number):
      names[Int(value)] = "\(number)"
      return nil
    case .bits(let value, let word):
      names[Int(value)] = "0x" + String(word, radix: 16)
      return nil
    case .sampleCount(let value):
      names[Int(value)] = "sampleCount"
      return nil
    case .place(let value, let access):
      names[Int(value)] = "real(\(index(access)))"
      return nil
    case .load(let value, let access): return "\(spell(value)) = \(spell(access))"
    case .store(let access, let value): return "\(spell(access)) = \(spell(value))"
    case .compute(let value, let primitive, let operands):
      return "\(spell(value)) = \(spell(primitive, operands))"
    case .call(let value, let function, let operands):
      let list = operands.map { spell($0) }.joined(separator: ", ")
      return "\(spell(value)) = \(program.functions[function].name)(\(list))"
    case .callWhere(let value, let condition, let function, let operands, let otherwise):
      let list = operands.map { spell($0) }.joined(separator: ", ")
      return "\(spell(value)) = \(program.functions[function].name)(\(list)) where "
        + "\(spell(condition)) else \(spell(otherwise))"
    case .accumulator(let value, let initial):
      return "var \(spell(value)) = \(spell(initial))"
    case .accumulate(let value, let primitive, let operands):
      let all = primitive.accumulation(of: value, operands)
      return "\(spell(value)) = \(spell(primitive, all))"
    case .transpose(let matrix):
      return "\(spell(matrix.target)) by \(matrix.targetStep) = transpose of "
        + "\(spell(matrix.source)) by \(matrix.sourceStep): "
        + "rows \(spell(matrix.rows)), columns \(spell(matrix.columns))"
    case .reduce(let value, let primitive, let operand):
      return "\(spell(value)) = reduce(\(primitive.row.name), \(spell(operand)))"
    case .tuple(let value, let operands):
      return "\(spell(value)) = (\(operands.map { spell($0) }.joined(separator: ", ")))"
    case .pick(let value, let tuple, let access):
      return "\(spell(value)) = \(spell(tuple))[\(index(access))]"
    case .assign(let value, let operand): return "\(spell(value)) = \(spell(operand))"
    }
  }

  private func spell(_ extent: Extent) -> String {
    switch extent {
    case .fixed(let count): "0..<\(count)"
    case .samples: "samples"
    case .blocks(let size): "blocks of \(size)"
    case .fullBlocks(let size): "full blocks of \(size)"
    case .lastBlock(let size): "block of \(size) that is not full"
    case .rest(let size): "samples behind full blocks of \(size)"
    case .within(let size, let block): "samples of block \(loops[Int(block)]) of \(size)"
    case .padding(let size, let block): "padding of block \(loops[Int(block)]) of \(size)"
    case .element(let access, let count): "\(spell(access)) below \(count)"
    }
  }

  /// Signs stand between their operands, named operations before them.
  private func spell(_ primitive: Primitive, _ operands: [ValueID]) -> String {
    let list = operands.map { spell($0) }
    let pattern = primitive.row.c
    if primitive != .not, !pattern.contains(where: { $0.isLetter }) {
      var text = pattern
      for (index, operand) in list.enumerated().reversed() {
        text = text.replacing("$\(index)", with: operand)
      }
      return text
    }
    return "\(primitive.row.name)(\(list.joined(separator: ", ")))"
  }

  private func spell(_ access: Access) -> String {
    "\(arrays[Int(access.array)])[\(index(access))]"
  }

  private func index(_ access: Access) -> String {
    var terms = access.strides.map { stride in
      (stride.step == 1 ? "" : "\(stride.step)·") + loops[Int(stride.loop)]
    }
    if access.offset != 0 || terms.isEmpty { terms.append("\(access.offset)") }
    return terms.joined(separator: " + ")
  }
}
