import NNCAlgebra
import NNCProgram

/// A Program with one function, one of whose kernel calls also writes down what its instructions compute.
///
/// The trace lies behind the workspace: for each instruction that is watched an array with a place for each turn of
/// the loops around it. Such a Program is a Program like any other, so the interpreter and every back end run it.
struct ProbedCall {
  /// An instruction that is watched.
  struct Probe {
    /// Its place in the kernel's body.
    let place: Int
    /// Where its array begins in the trace.
    let start: Int
    /// How far one turn of each loop around it moves.
    let strides: [Access.Stride]
  }

  let program: Program
  let entry: Entry
  /// The kernel without probes.
  let kernel: Kernel
  let probes: [Probe]
  /// Where the trace lies in the workspace.
  let trace: Range<Int>

  /// The longest trace that is written.
  static let limit = 1 << 25

  /// Watches the instructions of a kernel at `places` (all of them if nil) that compute something.
  ///
  /// - Parameters:
  ///   - kernel: what call number `call` of the entry runs in the place of its own kernel.
  ///   - samples: the samples that the entry will be called with.
  /// - Returns: nil where the trace would be too long.
  init?(
    _ whole: Program, _ entry: Entry, call: Int, _ kernel: Kernel, samples: Int,
    at places: Set<Int>? = nil
  ) {
    var writer = ProbeWriter(kernel, samples: samples, isWatched: { places?.contains($0) ?? true })
    let count = writer.write()
    if count > Self.limit { return nil }
    var program = whole
    var entry = entry
    if entry.many { program.maximumSamples = samples }
    program.kernels.append(writer.kernel)
    entry.calls[call].kernel = program.kernels.count - 1
    entry.calls[call].arrays.append(.init(base: .workspace, offset: entry.workspaceCount))
    trace = entry.workspaceCount..<entry.workspaceCount + count
    entry.workspaceCount += count
    program.entries = [entry]
    self.program = program
    self.entry = entry
    self.kernel = kernel
    probes = writer.probes
  }
}

/// Puts stores into a trace behind instructions.
private struct ProbeWriter {
  private(set) var kernel: Kernel
  private(set) var probes: [ProbedCall.Probe] = []
  private let samples: Int
  private let isWatched: (Int) -> Bool
  private let trace: Int32
  private let one: ValueID
  private let zero: ValueID
  private var count = 0

  init(_ kernel: Kernel, samples: Int, isWatched: @escaping (Int) -> Bool) {
    self.kernel = kernel
    self.samples = samples
    self.isWatched = isWatched
    trace = Int32(kernel.parameters.count)
    one = ValueID(kernel.valueCount)
    zero = one + 1
    self.kernel.valueCount += 2
    self.kernel.parameters.append(.init(name: "trace", isRead: false, isWritten: true))
  }

  /// Writes the kernel with its probes, and answers how many numbers the trace has.
  mutating func write() -> Int {
    let types = valueTypes(of: kernel.body, count: kernel.valueCount)
    var body: [Instruction] = [.real(one, 1), .real(zero, 0)]
    var open: [(loop: LoopID, turns: Int, kind: Turns)] = []
    for (place, instruction) in kernel.body.enumerated() {
      body.append(instruction)
      switch instruction {
      case .loop(let loop, let extent, let kind):
        open.append((loop, extent.lastTurn(samples: samples) + 1, kind))
      case .end: open.removeLast()
      default:
        guard let value = instruction.computed, isWatched(place) else { continue }
        // Lanes lie side by side.
        let order = open.filter { $0.kind == .lanes } + open.reversed().filter { $0.kind != .lanes }
        var step = 1
        let strides = order.map { loop in
          defer { step *= loop.turns }
          return Access.Stride(loop: loop.loop, step: step)
        }
        probes.append(.init(place: place, start: count, strides: strides))
        let access = Access(array: trace, offset: count, strides: strides)
        count += step
        body.append(contentsOf: store(value, types[Int(value)], access))
      }
    }
    kernel.body = body
    let unnamed = kernel.valueCount - kernel.valueNames.count
    kernel.valueNames += [String](repeating: "", count: unnamed)
    return count
  }

  /// A store of the number, of the number with those bits, or of 1 for true and 0 for false.
  private mutating func store(
    _ value: ValueID, _ type: ScalarType, _ access: Access
  ) -> [Instruction] {
    if type == .real { return [.store(access, value)] }
    let number = ValueID(kernel.valueCount)
    kernel.valueCount += 1
    return [
      type == .bits
        ? .compute(number, .toReal, [value]) : .compute(number, .select, [value, one, zero]),
      .store(access, number),
    ]
  }
}

extension Instruction {
  /// The value that it computes or changes; nil for constants, for copies of values, and for what computes nothing.
  var computed: ValueID? {
    switch self {
    case .real, .bits, .sampleCount, .accumulator, .tuple: nil
    case .accumulate(let value, _, _), .assign(let value, _): value
    default: result
    }
  }
}

extension Extent {
  /// The highest number of a turn.
  fileprivate func lastTurn(samples: Int) -> Int {
    switch self {
    case .element(_, let count): count - 1
    case .fixed, .samples, .blocks, .fullBlocks: max(1, count(samples: samples)) - 1
    case .lastBlock(let size): (samples + size - 1) / size - 1
    case .rest: samples - 1
    case .within(let size, _), .padding(let size, _): size - 1
    }
  }
}
