import NNCAlgebra
import NNCProgram

/// Turns a kernel into bytecode, in one walk.
struct Decoder {
  private let program: Program
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
  private var blocks: [Int: Int32] = [:]
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

  private mutating func fresh() -> Int32 {
    result.registerCount += 1
    return Int32(result.registerCount - 1)
  }

  private mutating func constant(_ word: UInt64) -> Int32 {
    if let known = constants[word] { return known }
    let register = fresh()
    constants[word] = register
    result.constants.append((register, word))
    return register
  }

  private mutating func constant(_ number: Double) -> Int32 {
    constant(
      program.precision == .f64 ? number.bitPattern : UInt64(Float(number).bitPattern))
  }

  private mutating func assign(_ value: ValueID) -> Int32 {
    let register = fresh()
    registers[Int(value)] = register
    return register
  }

  func register(_ value: ValueID) -> Int32 { registers[Int(value)] }

  mutating func emit(_ code: Bytecode.Code) { result.code.append(code) }
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

extension Decoder {
  /// The number of the access's place.
  mutating func fullPlace(_ access: Access) -> Int32 {
    let begin = result.strides.count
    result.strides += access.strides
    result.places.append(
      .init(
        array: Int(access.array), offset: access.offset, strides: begin..<result.strides.count,
        laneStep: stripLoop.map { access.step(of: $0) } ?? 0))
    return Int32(result.places.count - 1)
  }

  /// The number of the access's place, or nil where it is one fixed element with a small index.
  private mutating func place(_ access: Access) -> Int32? {
    let isFixed = access.strides.isEmpty && (0...Int(Int32.max)).contains(access.offset)
    return isFixed ? nil : fullPlace(access)
  }

  private mutating func load(_ value: ValueID, _ access: Access) {
    let to = assign(value)
    if let place = place(access) {
      emit(.init(operation: .load, to: to, a: place))
    } else {
      emit(.init(operation: .loadFixed, to: to, a: access.array, b: Int32(access.offset)))
    }
  }

  private mutating func store(_ access: Access, _ value: ValueID) {
    let from = register(value)
    if let place = place(access) {
      emit(.init(operation: .store, a: place, b: from))
    } else {
      emit(.init(operation: .storeFixed, a: access.array, b: Int32(access.offset), c: from))
    }
  }

  private mutating func compute(_ primitive: Primitive, to: Int32, _ operands: [Int32]) {
    emit(
      .init(
        operation: Bytecode.operation(primitive), to: to, a: operands[0],
        b: operands.count > 1 ? operands[1] : 0, c: operands.count > 2 ? operands[2] : 0))
  }

  /// Writes the function's body in place of a call. Functions call only earlier ones, so the depth is bounded by how
  /// many there are.
  private mutating func inline(_ index: Int, _ arguments: [Int32], to: Int32) {
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
  private mutating func inline(
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
