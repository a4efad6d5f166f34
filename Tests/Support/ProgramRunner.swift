import NNCAlgebra
import NNCProgram

/// Runs a Program's entries instruction by instruction: the plainest reading of what a Program means. Reals are held as
/// Double and rounded to the precision after each operation, which for single operations is the same as to compute in it.
///
/// It stops the test where memory is touched outside its array, or read in the workspace before it is written.
public struct ProgramRunner {
  private let program: Program

  /// Runs this Program.
  public init(program: Program) { self.program = program }

  /// The caller's arrays after a call of an entry.
  ///
  /// With several parts, each does all calls between two waits before the next part does, in the order of their numbers
  /// or against it; and the test stops where two parts touch a place between two waits and one of them writes it.
  public func run(
    _ kind: Entry.Kind, many: Bool, samples: Int = 1, parts: Int = 1, backwards: Bool = false,
    _ arrays: [Entry.Argument: [Double]]
  ) -> [Entry.Argument: [Double]] {
    let entry = program.entries.first { $0.kind == kind && $0.many == many }!
    let parts = entry.sharedFrom == nil ? 1 : parts
    var memory = RunMemory(program, entry, arrays, watchesParts: parts > 1)
    var phases: [[Entry.Call]] = [[]]
    for call in entry.calls {
      if call.waits { phases.append([]) }
      phases[phases.count - 1].append(call)
    }
    for phase in phases {
      memory.wait()
      for number in 0..<parts {
        let part = backwards ? parts - 1 - number : number
        for call in phase { run(call, part, parts, samples, &memory) }
      }
    }
    return memory.arrays
  }

  private func run(
    _ call: Entry.Call, _ part: Int, _ parts: Int, _ samples: Int, _ memory: inout RunMemory
  ) {
    let kernel = program.kernels[call.kernel]
    precondition(call.arrays.count == kernel.parameters.count)
    if !kernel.isDivided, part != 0 { return }
    var run = KernelRun(program: program, kernel: kernel, samples: samples)
    run.part = kernel.isDivided ? (part, parts) : (0, 1)
    withUnsafeMutablePointer(to: &memory) { memory in
      run.run(
        read: { memory.pointee.read(call.arrays[$0], $1, part, kernel.name) },
        write: { memory.pointee.write(call.arrays[$0], $1, $2, part, kernel.name) })
    }
  }
}

/// A scalar at run time.
private enum Scalar {
  case real(Double)
  case bits(UInt64)
  case truth(Bool)

  var real: Double { if case .real(let value) = self { value } else { fatalError("not a real") } }
  var bits: UInt64 { if case .bits(let value) = self { value } else { fatalError("not bits") } }
  var truth: Bool { if case .truth(let value) = self { value } else { fatalError("not a truth") } }
}

extension Scalar {
  func rounded(_ precision: Precision) -> Scalar {
    if precision == .f64 { return self }
    switch self {
    case .real(let value): return .real(Double(Float(value)))
    case .bits(let word): return .bits(word & 0xffff_ffff)
    case .truth: return self
    }
  }
}

private struct KernelRun {
  let program: Program
  let samples: Int
  let body: [Instruction]
  /// By value: one scalar, or one for each lane inside a loop over lanes.
  var values: [[Scalar]?]
  var turns: [Int]
  /// By tuple: its values, which no longer change.
  var tuples: [ValueID: [ValueID]] = [:]
  /// The open loop over lanes, and how many there are.
  var lanes: (loop: LoopID, count: Int)?
  /// Which part of divided loops is run, and of how many.
  var part = (number: 0, count: 1)
  private let divisions: [LoopID: Division]
  private var units = 0..<0

  init(program: Program, kernel: Kernel, samples: Int) {
    self.program = program
    self.samples = samples
    body = kernel.body
    divisions = kernel.divisions
    values = Array(repeating: nil, count: kernel.valueCount)
    turns = Array(repeating: 0, count: kernel.loopCount)
  }

  mutating func run(read: (Int, Int) -> Double, write: (Int, Int, Double) -> Void) {
    var open: [(start: Int, loop: LoopID, count: Int)] = []
    var place = 0
    while place < body.count {
      switch body[place] {
      case .loop(let loop, let extent, let kind):
        var range = range(extent)
        if case .element(let access, _) = extent {
          let number = Int(read(Int(access.array), index(access)))
          range = number..<number + 1
        }
        if let division = divisions[loop] { range = share(of: range, division) }
        turns[Int(loop)] = range.lowerBound
        if kind == .lanes { lanes = (loop, range.count) }
        open.append((place, loop, kind == .lanes ? 1 : range.upperBound))
        if range.isEmpty {
          place = end(of: place)
          open.removeLast()
        }
      case .end:
        let (start, loop, count) = open.last!
        turns[Int(loop)] += 1
        if turns[Int(loop)] < count {
          place = start
        } else {
          if lanes?.loop == loop { lanes = nil }
          open.removeLast()
        }
      case .transpose(let matrix):
        for row in range(matrix.rows) {
          for column in range(matrix.columns) {
            let from = index(matrix.source) + row * matrix.sourceStep + column
            let to = index(matrix.target) + column * matrix.targetStep + row
            write(Int(matrix.target.array), to, read(Int(matrix.source.array), from))
          }
        }
      default: execute(body[place], read, write)
      }
      place += 1
    }
  }

  private func range(_ extent: Extent) -> Range<Int> {
    extent.range(samples: samples, block: extent.blockLoop.map { turns[Int($0)] } ?? 0)
  }

  /// The turns of a divided loop that the part has.
  private mutating func share(of range: Range<Int>, _ division: Division) -> Range<Int> {
    if let outer = division.outer {
      let first = turns[Int(outer)] * divisions[outer]!.units + division.first
      func turn(_ unit: Int) -> Int {
        Division.turn(ofUnit: unit, first: first, turns: range.count)
      }
      return turn(units.lowerBound)..<turn(units.upperBound)
    }
    units = Division.units(range.count * division.units, part: part.number, of: part.count)
    let turns =
      units.lowerBound / division.units..<(units.upperBound + division.units - 1) / division.units
    return range.lowerBound + turns.lowerBound..<range.lowerBound + turns.upperBound
  }

  private func end(of start: Int) -> Int {
    var depth = 0
    for place in start..<body.count {
      if case .loop = body[place] { depth += 1 }
      if case .end = body[place] { depth -= 1 }
      if depth == 0 { return place }
    }
    fatalError("a loop has no end")
  }

  private mutating func execute(
    _ instruction: Instruction, _ read: (Int, Int) -> Double, _ write: (Int, Int, Double) -> Void
  ) {
    if case .reduce(let value, let primitive, let operand) = instruction {
      values[Int(value)] = reduced(primitive, values[Int(operand)]!)
      return
    }
    if case .tuple(let value, let operands) = instruction {
      tuples[value] = operands
      return
    }
    var results: [Scalar] = []
    for lane in 0..<(lanes?.count ?? 1) {
      if let loop = lanes?.loop { turns[Int(loop)] = lane }
      switch instruction {
      case .load(_, let access):
        results.append(.real(read(Int(access.array), index(access))))
      case .store(let access, let value):
        write(Int(access.array), index(access), self[value, lane].real)
      case .place(_, let access): results.append(.real(Double(index(access))))
      case .pick(_, let tuple, let access):
        results.append(self[tuples[tuple]![index(access)], lane])
      case .sampleCount: results.append(.real(Double(samples)))
      case .accumulator(_, let other), .assign(_, let other): results.append(self[other, lane])
      case .accumulate(let value, let primitive, let operands):
        let all = primitive.accumulation(of: value, operands).map { self[$0, lane] }
        results.append(primitive.evaluate(all, program.precision))
      default: results.append(program.evaluate(instruction) { self[$0, lane] })
      }
    }
    if let loop = lanes?.loop { turns[Int(loop)] = 0 }
    if let changed = instruction.result ?? instruction.changed { values[Int(changed)] = results }
  }

  private func reduced(_ primitive: Primitive, _ lanes: [Scalar]) -> [Scalar] {
    var left = lanes
    while left.count > 1 {
      let half = (left.count + 1) / 2
      for lane in 0..<left.count - half {
        left[lane] = primitive.evaluate([left[lane], left[lane + half]], program.precision)
      }
      left = Array(left.prefix(half))
    }
    return lanes.map { _ in left[0] }
  }

  private subscript(value: ValueID, lane: Int) -> Scalar {
    let all = values[Int(value)]!
    return all.count == 1 ? all[0] : all[lane]
  }

  private func index(_ access: Access) -> Int {
    access.strides.reduce(access.offset) { $0 + turns[Int($1.loop)] * $1.step }
  }
}

extension Instruction {
  fileprivate var changed: ValueID? {
    switch self {
    case .accumulate(let value, _, _), .assign(let value, _): value
    default: nil
    }
  }
}

extension Program {
  fileprivate func evaluate(_ instruction: Instruction, _ value: (ValueID) -> Scalar) -> Scalar {
    switch instruction {
    case .real(_, let number): return .real(number).rounded(precision)
    case .bits(_, let word): return .bits(word)
    case .compute(_, let primitive, let operands):
      return primitive.evaluate(operands.map(value), precision)
    case .callWhere(let result, let condition, let place, let operands, let otherwise):
      if !value(condition).truth { return value(otherwise) }
      return evaluate(.call(result, function: place, operands), value)
    case .call(_, let place, let operands):
      let function = functions[place]
      var inner = [Scalar?](repeating: nil, count: function.valueCount)
      for (argument, operand) in operands.enumerated() { inner[argument] = value(operand) }
      for instruction in function.body {
        inner[Int(instruction.result!)] = evaluate(instruction) { inner[Int($0)]! }
      }
      return inner[Int(function.result)]!
    default: fatalError("not a pure instruction")
    }
  }
}

extension Primitive {
  fileprivate func evaluate(_ x: [Scalar], _ precision: Precision) -> Scalar {
    evaluate(x, isDouble: precision == .f64).rounded(precision)
  }

  private func evaluate(_ x: [Scalar], isDouble: Bool) -> Scalar {
    switch self {
    case .add: .real(x[0].real + x[1].real)
    case .sub: .real(x[0].real - x[1].real)
    case .mul: .real(x[0].real * x[1].real)
    case .div: .real(x[0].real / x[1].real)
    case .neg: .real(-x[0].real)
    case .abs: .real(x[0].real.magnitude)
    case .sqrt: .real(x[0].real.squareRoot())
    case .fma:
      .real(
        isDouble
          ? x[2].real.addingProduct(x[0].real, x[1].real)
          : Double(Float(x[2].real).addingProduct(Float(x[0].real), Float(x[1].real))))
    case .lt: .truth(x[0].real < x[1].real)
    case .le: .truth(x[0].real <= x[1].real)
    case .eq: .truth(x[0].real == x[1].real)
    case .ne: .truth(x[0].real != x[1].real)
    case .and: .truth(x[0].truth && x[1].truth)
    case .or: .truth(x[0].truth || x[1].truth)
    case .not: .truth(!x[0].truth)
    case .select: x[0].truth ? x[1] : x[2]
    case .selectBits: x[0].truth ? x[1] : x[2]
    case .toBits:
      .bits(isDouble ? x[0].real.bitPattern : UInt64(Float(x[0].real).bitPattern))
    case .toReal:
      .real(
        isDouble
          ? Double(bitPattern: x[0].bits)
          : Double(Float(bitPattern: UInt32(x[0].bits))))
    case .bitAdd: .bits(x[0].bits &+ x[1].bits)
    case .bitSub: .bits(x[0].bits &- x[1].bits)
    case .bitAnd: .bits(x[0].bits & x[1].bits)
    case .bitOr: .bits(x[0].bits | x[1].bits)
    case .bitXor: .bits(x[0].bits ^ x[1].bits)
    case .shiftLeft: .bits(x[0].bits &<< x[1].bits)
    case .shiftRight: .bits(x[0].bits &>> x[1].bits)
    }
  }
}
