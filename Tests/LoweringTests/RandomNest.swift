import NNCAlgebra
import NNCProgram
import NNCTestSupport

@testable import NNCLowering

/// A nest of random axes, windows and sums over random arrays, with its direct evaluation.
///
/// Elements stand at affine functions of up to two axes along each dimension, with strides, dilation and a border, in
/// any order of the axes; sums go along any of them, one in another or beside it.
struct RandomNest {
  /// The most samples of a call.
  static let samples = 11

  let context: Context
  var buffers: Buffers
  var nest = Nest()
  /// The one that numbers in rows are copied from before the nest runs, with its copy in blocks.
  private(set) var packed: (source: BufferID, target: BufferID, count: Int)?
  private(set) var output: (array: BufferID, count: Int, isBatched: Bool) = (0, 0, false)
  private(set) var inputCount = 0
  private(set) var parameterCount = 0
  private var random: SystemOfNumbers
  private var sample: Int?

  init(seed: UInt64, target: Target) {
    random = SystemOfNumbers(seed: seed)
    let isBatched = seed % 3 == 0
    // The numbers of one sample's row must be known first: windows are laid out within.
    context = Context(Self.request(target, inputCount: Self.rowCount))
    buffers = Buffers(context, many: true)
    inputCount = Self.rowCount
    if isBatched {
      sample = nest.addAxis(Self.samples, isSummed: false, isSample: true)
    }
    let parallel = (0..<random.next(below: 4)).map { _ in
      nest.addAxis(2 + random.next(below: 6), isSummed: false)
    }
    var value = sum(parallel, depth: 0)
    if random.next(below: 3) == 0 {
      value = nest.add(.map(.add, [value, sum(parallel, depth: 0)]))
    }
    if random.next(below: 2) == 0 {
      value = nest.add(.map(.mul, [value, element(parallel)]))
    }
    write(value, parallel)
  }

  private static let rowCount = 600

  static func request(_ target: Target, inputCount: Int) -> LoweringRequest {
    LoweringRequest(
      name: "nest", precision: .f64, target: target, graph: .init(), parameters: [], state: [],
      inputCount: inputCount, targetCount: 0, outputCount: inputCount, maximumSamples: samples,
      entries: [])
  }

  /// A sum along new axes, of a product of elements, in which there may be a sum.
  private mutating func sum(_ outer: [Int], depth: Int) -> Int {
    var own: [Int] = []
    if sample == nil, depth == 0, random.next(below: 3) == 0 {
      own = [nest.addAxis(Self.samples, isSummed: true, isSample: true)]
      sample = own[0]
    } else {
      own = (0..<random.next(below: 4)).map { _ in
        nest.addAxis(2 + random.next(below: 9), isSummed: true)
      }
    }
    let axes = outer + own.filter { !nest.axes[$0].isSample }
    var term = nest.add(.product(element(axes), element(axes)))
    if depth == 0, random.next(below: 3) == 0 {
      term = nest.add(.map(.add, [term, sum(axes, depth: 1)]))
    }
    if own.first == sample { sample = nil }
    if own.isEmpty { return term }
    return nest.add(
      random.next(below: 8) == 0 && !nest.axes[own[0]].isSample
        ? .maximum(term, over: own) : .sum(term, over: own))
  }

  /// An element of an array made for it, at functions of some axes along each of its dimensions.
  private mutating func element(_ axes: [Int]) -> Int {
    var left = axes
    var flat = Affine()
    var count = 1
    while !left.isEmpty {
      let axis = left.remove(at: random.next(below: left.count))
      if random.next(below: 4) == 0 { continue }
      // A window: axis · stride + other · dilation + border, forwards or backwards.
      let border = random.next(below: 3)
      let step = 1 + random.next(below: 2)
      var extent = (nest.axes[axis].extent - 1) * step + 1 + border
      var terms = [(axis, step)]
      if !left.isEmpty, random.next(below: 2) == 0 {
        let other = left.remove(at: random.next(below: left.count))
        let dilation = 1 + random.next(below: 2)
        extent += (nest.axes[other].extent - 1) * dilation
        terms.append((other, dilation))
      }
      if count * extent > Self.rowCount { break }
      if random.next(below: 5) == 0 {
        flat.offset += count * (extent - 1)
        terms = terms.map { ($0, -$1) }
      } else {
        flat.offset += count * border
      }
      for (axis, step) in terms { flat.add(loop: LoopID(axis), step: count * step) }
      count *= extent
    }
    if let sample, random.next(below: 2) == 0 {
      return nest.add(.element(array: batched(), .init(flat: flat, sample: sample)))
    }
    let array = buffers.region(
      .parameters, offset: parameterCount, count: count, name: "p")
    parameterCount += count
    return nest.add(.element(array: array, .init(flat: flat)))
  }

  /// The input, in blocks where samples lie in any.
  private mutating func batched() -> BufferID {
    if let packed { return packed.target }
    let source = buffers.region(.input, offset: 0, count: Self.rowCount, name: "x")
    var target = source
    if context.block > 1 {
      target = buffers.workspace(count: Self.rowCount, isBatched: true)
    }
    packed = (source, target, Self.rowCount)
    return target
  }

  private mutating func write(_ value: Int, _ parallel: [Int]) {
    var flat = Affine()
    var count = 1
    for axis in parallel.reversed() {
      flat.add(loop: LoopID(axis), step: count)
      count *= nest.axes[axis].extent
    }
    let own = nest.parallelAxes.first { nest.axes[$0].isSample }
    // A row of the output has as many numbers as one of the input.
    let array = buffers.region(
      own == nil ? .gradient : .output, offset: 0, count: count, name: "out")
    output = (array, count, own != nil)
    nest.addOutput(value, to: (array, .init(flat: flat, sample: own)))
  }

  /// The results, each found by itself, sums in row-major order.
  func evaluate(_ arrays: [Entry.Argument: [Double]], samples: Int) -> [Double] {
    var turns = [Int](repeating: 0, count: nest.axes.count)
    var result: [Double] = []
    let count = output.isBatched ? Self.rowCount * samples : output.count
    result = [Double](repeating: 0, count: count)
    func place(_ index: Nest.Index) -> Int {
      index.flat.strides.reduce(index.flat.offset) { $0 + turns[Int($1.loop)] * $1.step }
    }
    func extent(_ axis: Int) -> Int {
      nest.axes[axis].isSample ? samples : nest.axes[axis].extent
    }
    func each(_ axes: ArraySlice<Int>, _ body: () -> Void) {
      guard let axis = axes.first else { return body() }
      for turn in 0..<extent(axis) {
        turns[axis] = turn
        each(axes.dropFirst(), body)
      }
      turns[axis] = 0
    }
    func value(_ number: Int) -> Double {
      switch nest.values[number] {
      case .number(let bits): return Double(bitPattern: bits)
      case .sampleCount: return Double(samples)
      case .element(let array, let index):
        if let sample = index.sample {
          return arrays[.input]![turns[sample] * Self.rowCount + place(index)]
        }
        return arrays[.parameters]![buffers[array].offset + place(index)]
      case .map(.add, let operands): return value(operands[0]) + value(operands[1])
      case .map(_, let operands): return value(operands[0]) * value(operands[1])
      case .product(let left, let right): return value(left) * value(right)
      case .sum(let term, let axes):
        var sum = 0.0
        each(axes[...]) { sum += value(term) }
        return sum
      case .maximum(let term, let axes):
        var greatest = -Double.infinity
        each(axes[...]) { greatest = max(greatest, value(term)) }
        return greatest
      }
    }
    each(nest.parallelAxes[...]) {
      let (_, index) = nest.outputs[0].target!
      let row = index.sample.map { turns[$0] * Self.rowCount } ?? 0
      result[row + place(index)] = value(nest.outputs[0].value)
    }
    return result
  }

  /// A Program of one entry that computes the nest under a schedule.
  func program(_ schedule: Schedule) -> Program {
    var calls: [Entry.Call] = []
    var kernels: [Kernel] = []
    func finish(_ writer: NestWriter) {
      let (kernel, used) = writer.writer.kernel(named: "nest\(kernels.count)")
      kernels.append(kernel)
      let arrays = used.map { number in
        let buffer = buffers[writer.bound[Int(number)]]
        return Entry.ArrayReference(base: buffer.base, offset: buffer.offset)
      }
      calls.append(.init(kernel: kernels.count - 1, arrays: arrays, comment: ""))
    }
    if let packed, packed.source != packed.target {
      var writer = NestWriter(context, buffers, targets: [packed.target])
      writer.writeCopy(
        of: packed.source, to: packed.target, count: packed.count, isBatched: true)
      finish(writer)
    }
    var writer = NestWriter(context, buffers, targets: [output.array])
    writer.write(nest, schedule)
    finish(writer)
    let workspace = context.block > 1 ? Self.rowCount * 64 : 0
    return Program(
      name: "nest", precision: .f64, target: context.request.target,
      parameters: [Field(name: "p", shape: [blockCount], offset: 0, initial: .fill(0))],
      state: [], inputCount: inputCount, targetCount: 0, outputCount: inputCount,
      maximumSamples: Self.samples, kernels: kernels,
      entries: [
        Entry(
          kind: .train, many: true, arguments: [.parameters, .input, .output, .gradient],
          calls: calls, workspaceCount: workspace)
      ])
  }

  /// How many numbers the block of parameters has, and so the gradient, which takes results that samples share.
  var blockCount: Int { max(1, parameterCount, output.count) }

  /// Any schedule that the nest may have.
  mutating func randomSchedule() -> Schedule {
    let parallel = nest.parallelAxes
    var schedule = Schedule(tiles: nest.axes.map { _ in 1 }, order: parallel)
    for axis in parallel where !nest.axes[axis].isSample {
      schedule.tiles[axis] = 1 + random.next(below: 4)
    }
    for place in schedule.order.indices.reversed() {
      schedule.order.swapAt(place, random.next(below: place + 1))
    }
    let width = context.width
    if width == 1 { return schedule }
    if let sample = parallel.first(where: { nest.axes[$0].isSample }) {
      schedule.lanes = .init(axes: [sample], count: context.block)
      return schedule
    }
    let summed = nest.axes.indices.filter {
      nest.axes[$0].isSummed && !nest.axes[$0].isSample && nest.axes[$0].extent >= width
    }
    let isInBlocks = context.block > 1
    let samples = nest.axes.indices.filter { nest.axes[$0].isSummed && nest.axes[$0].isSample }
    switch random.next(below: 4) {
    case 0 where !parallel.isEmpty:
      let axis = parallel[random.next(below: parallel.count)]
      schedule.lanes = .init(axes: [axis], count: width * (1 + random.next(below: 2)))
    case 1 where !summed.isEmpty:
      schedule.lanes = .init(axes: [summed[random.next(below: summed.count)]], count: width)
    case 2 where !samples.isEmpty && isInBlocks:
      schedule.lanes = .init(axes: [samples[0]], count: context.block)
    default: break
    }
    return schedule
  }

  /// Whether a schedule leaves every sum in its order.
  func keepsOrder(_ schedule: Schedule) -> Bool {
    schedule.lanes.map { !nest.axes[$0.axes[0]].isSummed } ?? true
  }
}
