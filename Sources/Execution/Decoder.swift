import NNCAlgebra
import NNCProgram

/// Turns a kernel into bytecode, in one walk.
struct Decoder {
  let program: Program
  private let plan: StripPlan
  private let products: SummedProducts
  private let productLoops: ProductLoops
  /// By product that is part of a sum: the registers of its factors.
  private var factors: [ValueID: (Int32, Int32)] = [:]
  var result: Bytecode
  /// The register of every value of the kernel, without its lanes.
  private var registers: [Int32]
  private var constants: [UInt64: Int32] = [:]
  /// Where the registers of a function's inner values begin; calls of one function share them.
  var blocks: [Int: Int32] = [:]
  private(set) var openLoops: [(loop: Int, begin: Int)] = []
  private(set) var stripLoop: LoopID?

  static func decode(_ kernel: Kernel, of program: Program) -> Bytecode {
    var decoder = Decoder(kernel, program)
    decoder.walk(kernel)
    return decoder.finish()
  }

  private init(_ kernel: Kernel, _ program: Program) {
    self.program = program
    products = SummedProducts(kernel)
    productLoops = ProductLoops(kernel, products)
    plan = StripPlan(kernel, productLoops, maximumSamples: program.maximumSamples)
    result = Bytecode(extents: kernel.extents)
    registers = .init(repeating: -1, count: kernel.valueCount)
  }

  /// Lanes are as many as keep the registers within a second-level cache, 32 to 256, no more than a strip can fill.
  private func finish() -> Bytecode {
    var result = result
    if plan.longest > 0 {
      let fitting = 32_768 / max(result.registerCount, 1)
      result.width = max(1, plan.lanes, min(plan.longest, max(32, min(256, fitting))))
    }
    result.scaleRegisters()
    return result
  }

  mutating func fresh() -> Int32 {
    result.registerCount += 1
    return Int32(result.registerCount - 1)
  }

  mutating func constant(_ word: UInt64) -> Int32 {
    if let known = constants[word] { return known }
    let register = fresh()
    constants[word] = register
    result.constants.append((register, word))
    return register
  }

  mutating func constant(_ number: Double) -> Int32 {
    constant(
      program.precision == .f64 ? number.bitPattern : UInt64(Float(number).bitPattern))
  }

  mutating func assign(_ value: ValueID) -> Int32 {
    let register = fresh()
    registers[Int(value)] = register
    return register
  }

  func register(_ value: ValueID) -> Int32 { registers[Int(value)] }

  mutating func emit(_ code: Bytecode.Code) { result.code.append(code) }

  mutating func compute(_ primitive: Primitive, to: Int32, _ operands: [Int32]) {
    emit(
      .init(
        operation: Bytecode.operation(primitive), to: to, a: operands[0],
        b: operands.count > 1 ? operands[1] : 0, c: operands.count > 2 ? operands[2] : 0))
  }
}

extension Decoder {
  private mutating func walk(_ kernel: Kernel) {
    let imports = importedValues(kernel)
    var next = 0
    while next < kernel.body.count {
      let index = next
      next += 1
      switch kernel.body[index] {
      case .loop(let loop, let extent, _):
        if let found = productLoops.loops[index], products(found, loop, extent, kernel) {
          next = found.end + 1
          continue
        }
        let isStrip = plan.isStrip[Int(loop)]
        emit(isStrip ? .init(operation: .strip, a: loop) : head(of: loop, extent))
        if isStrip {
          stripLoop = loop
          for value in imports[index] ?? [] {
            emit(.init(operation: .broadcast, to: register(value)))
          }
        }
        openLoops.append((Int(loop), result.code.count))
      case .end: close()
      case .real(let value, let number): registers[Int(value)] = constant(number)
      case .bits(let value, let word): registers[Int(value)] = constant(word)
      case .sampleCount(let value):
        let register = result.sampleCount ?? fresh()
        result.sampleCount = register
        registers[Int(value)] = register
      case .place(let value, let access):
        emit(.init(operation: .number, to: assign(value), a: fullPlace(access)))
      case .load(let value, let access): load(value, access)
      case .store(let access, let value): store(access, value)
      case .compute(let value, let primitive, let operands):
        let operands = operands.map { register($0) }
        if products.isSummed[Int(value)] {
          factors[value] = (operands[0], operands[1])
        } else {
          compute(primitive, to: assign(value), operands)
        }
      case .call(let value, let function, let operands):
        let operands = operands.map { register($0) }
        inline(function, operands, to: assign(value))
      case .callWhere(let value, let condition, let function, let operands, let otherwise):
        inline(
          function, operands.map { register($0) }, where: register(condition),
          otherwise: register(otherwise), to: assign(value))
      case .accumulator(let value, let initial):
        let from = register(initial)
        emit(.init(operation: .copy, to: assign(value), a: from))
      case .accumulate(let value, let primitive, let operands):
        if let (a, b) = factors[operands[0]] {
          emit(.init(operation: .addProduct, to: register(value), a: a, b: b))
          continue
        }
        let all = primitive.accumulation(of: value, operands)
        compute(primitive, to: register(value), all.map { register($0) })
      case .transpose(let matrix):
        result.matrices.append(
          .init(
            source: fullPlace(matrix.source), target: fullPlace(matrix.target),
            matrix: matrix))
        emit(.init(operation: .transpose, a: Int32(result.matrices.count - 1)))
      case .reduce(let value, let primitive, let operand):
        let number = Int32(Bytecode.operation(primitive).rawValue)
        emit(.init(operation: .reduce, to: assign(value), a: register(operand), b: number))
      case .tuple(let value, let operands):
        // Registers that follow one another.
        let first = Int32(result.registerCount)
        for operand in operands {
          let next = fresh()
          emit(.init(operation: .copy, to: next, a: register(operand)))
        }
        registers[Int(value)] = first
      case .pick(let value, let tuple, let access):
        emit(
          .init(operation: .pick, to: assign(value), a: register(tuple), b: fullPlace(access)))
      case .assign(let value, let operand):
        emit(.init(operation: .copy, to: register(value), a: register(operand)))
      }
    }
  }

  private mutating func head(of loop: LoopID, _ extent: Extent) -> Bytecode.Code {
    switch extent {
    case .element(let access, _):
      .init(operation: .elementLoop, a: loop, c: fullPlace(access))
    case .within, .padding: .init(operation: .blockLoop, a: loop)
    case .rest, .lastBlock: .init(operation: .rangeLoop, a: loop)
    default: .init(operation: .loop, a: loop)
    }
  }

  private mutating func close() {
    let (loop, begin) = openLoops.removeLast()
    if plan.isStrip[loop] {
      stripLoop = nil
      // The broadcasts stand between the strip's head and its body.
      var head = begin - 1
      while result.code[head].operation == .broadcast { head -= 1 }
      result.code[head].b = Int32(result.code.count)
    } else {
      emit(.init(operation: .end, a: Int32(loop), b: Int32(begin)))
      result.code[begin - 1].b = Int32(result.code.count)
    }
  }

  /// For the head of each strip, the values computed before it that its body reads.
  private func importedValues(_ kernel: Kernel) -> [Int: [ValueID]] {
    var result: [Int: [ValueID]] = [:]
    var definition = [Int](repeating: -1, count: kernel.valueCount)
    var importedBy = [Int](repeating: -1, count: kernel.valueCount)
    var head: (index: Int, loop: LoopID)?
    var stack: [LoopID] = []
    for (index, instruction) in kernel.body.enumerated() {
      switch instruction {
      case .loop(let loop, _, _):
        stack.append(loop)
        if plan.isStrip[Int(loop)] { head = (index, loop) }
      case .end:
        if stack.removeLast() == head?.loop { head = nil }
      case .real, .bits, .sampleCount: break
      default:
        if let head {
          for value in instruction.operands
          where definition[Int(value)] >= 0 && definition[Int(value)] < head.index
            && importedBy[Int(value)] != head.index
          {
            importedBy[Int(value)] = head.index
            result[head.index, default: []].append(value)
          }
        }
        if let value = instruction.result { definition[Int(value)] = index }
      }
    }
    return result
  }
}
