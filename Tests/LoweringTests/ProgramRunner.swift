import Algebra
import Program

/// Runs a Program's entries instruction by instruction: the plainest reading of what a Program means. Reals are held as
/// Double and rounded to the precision after each operation, which for single operations is the same as to compute in it.
///
/// It stops the test where memory is touched outside its array, or read in the workspace before it is written.
struct ProgramRunner {
  let program: Program

  /// The caller's arrays after a call of an entry.
  func run(
    _ kind: Entry.Kind, many: Bool, samples: Int = 1, _ arrays: [Entry.Argument: [Double]]
  ) -> [Entry.Argument: [Double]] {
    let entry = program.entries.first { $0.kind == kind && $0.many == many }!
    var memory = arrays
    // Numbers that no one has written are poison.
    var workspace = [Double?](repeating: nil, count: entry.workspaceCount)
    for call in entry.calls {
      let kernel = program.kernels[call.kernel]
      precondition(call.arrays.count == kernel.parameters.count)
      var run = KernelRun(program: program, kernel: kernel, samples: samples)
      run.run(
        read: { array, index in
          let reference = call.arrays[array]
          switch reference.base {
          case .argument(let argument): return memory[argument]![reference.offset + index]
          case .workspace:
            guard let value = workspace[reference.offset + index] else {
              fatalError("\(kernel.name) reads workspace \(reference.offset + index) unwritten")
            }
            return value
          case .table(let table): return program.tables[table].values[reference.offset + index]
          }
        },
        write: { array, index, value in
          let reference = call.arrays[array]
          switch reference.base {
          case .argument(let argument): memory[argument]![reference.offset + index] = value
          case .workspace: workspace[reference.offset + index] = value
          case .table: fatalError("\(kernel.name) writes a table")
          }
        })
    }
    return memory
  }
}

/// A scalar at run time.
enum Scalar {
  case real(Double)
  case bits(UInt64)
  case truth(Bool)

  var real: Double { if case .real(let value) = self { value } else { fatalError("not a real") } }
  var bits: UInt64 { if case .bits(let value) = self { value } else { fatalError("not bits") } }
  var truth: Bool { if case .truth(let value) = self { value } else { fatalError("not a truth") } }
}

extension Scalar {
  fileprivate func rounded(_ precision: Precision) -> Scalar {
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
  var values: [Scalar?]
  var turns: [Int]

  init(program: Program, kernel: Kernel, samples: Int) {
    self.program = program
    self.samples = samples
    body = kernel.body
    values = Array(repeating: nil, count: kernel.valueCount)
    turns = Array(repeating: 0, count: kernel.loopCount)
  }

  mutating func run(read: (Int, Int) -> Double, write: (Int, Int, Double) -> Void) {
    var open: [(start: Int, loop: LoopID, count: Int)] = []
    var place = 0
    while place < body.count {
      switch body[place] {
      case .loop(let loop, let extent, _):
        let count = if case .fixed(let count) = extent { count } else { samples }
        turns[Int(loop)] = 0
        open.append((place, loop, count))
      case .end:
        let (start, loop, count) = open.last!
        turns[Int(loop)] += 1
        if turns[Int(loop)] < count {
          place = start
        } else {
          open.removeLast()
        }
      case .load(let value, let access):
        values[Int(value)] = .real(read(Int(access.array), index(access)))
      case .store(let access, let value): write(Int(access.array), index(access), self[value].real)
      case .sampleCount(let value): values[Int(value)] = .real(Double(samples))
      case .accumulator(let value, let initial): values[Int(value)] = self[initial]
      case .accumulate(let value, let primitive, let operand):
        values[Int(value)] = primitive.evaluate(
          [self[value], self[operand]], program.precision)
      case .assign(let value, let other): values[Int(value)] = self[other]
      case .real, .bits, .compute, .call: program.execute(body[place], &values)
      }
      place += 1
    }
  }

  private subscript(value: ValueID) -> Scalar { values[Int(value)]! }

  private func index(_ access: Access) -> Int {
    access.strides.reduce(access.offset) { $0 + turns[Int($1.loop)] * $1.step }
  }
}

extension Program {
  fileprivate func execute(_ instruction: Instruction, _ values: inout [Scalar?]) {
    switch instruction {
    case .real(let value, let number): values[Int(value)] = .real(number).rounded(precision)
    case .bits(let value, let word): values[Int(value)] = .bits(word)
    case .compute(let value, let primitive, let operands):
      values[Int(value)] = primitive.evaluate(operands.map { values[Int($0)]! }, precision)
    case .call(let value, let place, let operands):
      let function = functions[place]
      var inner = [Scalar?](repeating: nil, count: function.valueCount)
      for (argument, operand) in operands.enumerated() { inner[argument] = values[Int(operand)]! }
      for instruction in function.body { execute(instruction, &inner) }
      values[Int(value)] = inner[Int(function.result)]
    default: fatalError("a function is straight-line code")
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
    case .fma: .real(x[2].real.addingProduct(x[0].real, x[1].real))
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
