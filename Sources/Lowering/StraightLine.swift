import NNCAlgebra
import NNCGraph
import NNCProgram

/// Lowers an entry whose values are all scalars to one kernel of straight-line code.
///
/// Each number is loaded once, each value computed once, in the order of the graph, and the results stored at the end,
/// so that a step may overwrite the parameters that it read. In an entry for many samples, what differs between them
/// stands in a loop over the samples. A `samples` node is an accumulator that begins as 0 and adds in the order of the
/// samples. What does not depend on the sums stands before the loop, the rest after it; a batched value that needs a
/// sum is computed in a second loop, and so on: `phase` counts 0 before, 1 in the first loop, 2 after it, …
///
/// Where the target has vectors, the samples of full blocks lie in their lanes, each lane with a sum of its own; the lanes
/// are added, and then come the samples that are left, one by one.
struct StraightLine {
  let context: Context
  let entry: EntryRequest
  let isReachable: [Bool]
  var writer: KernelWriter
  var arrays: [Entry.Argument: Int32] = [:]
  var values: [ValueID]
  var phases: [Int32] = []
  var sampleLoop: Place.Sample?
  /// The loop over lanes around everything, where samples lie in lanes.
  var laneLoop: LoopID?
  var references: [Entry.ArrayReference] = []
  /// The sample's number as a word, in the loop over the samples of an entry that draws noise.
  var sampleWord: ValueID?

  private static let none: ValueID = -1

  init(_ context: Context, _ entry: EntryRequest, _ isReachable: [Bool]) {
    self.context = context
    self.entry = entry
    self.isReachable = isReachable
    writer = KernelWriter(precision: context.request.precision, functions: context.functions)
    values = [ValueID](repeating: Self.none, count: context.graph.nodes.count)
    for argument in entry.arguments {
      arrays[argument] = writer.array(argument.rawValue)
      references.append(.init(base: .argument(argument), offset: 0))
    }
  }

  /// The entry's calls: one. It needs no workspace.
  consuming func lower() -> (calls: [Entry.Call], plan: MemoryPlan) {
    if entry.many { lowerMany() } else { lowerOne() }
    let (kernel, used) = writer.kernel(named: entry.kind.rawValue + (entry.many ? "_many" : ""))
    let call = Entry.Call(
      kernel: context.kernels.place(of: kernel), arrays: used.map { references[Int($0)] },
      comment: "")
    return ([call], MemoryPlan())
  }

  private mutating func lowerOne() {
    for index in isReachable.indices where isReachable[index] { compute(NodeID(index)) }
    store(entry.results)
  }

  private mutating func lowerMany() {
    findPhases()
    let graph = context.graph
    let last = phases.max() ?? 0
    if context.width > 1, !drawsNoise { laneLoop = writer.open(.fixed(context.width), .lanes) }
    for phase in stride(from: 0, through: last | 1, by: 2) {
      for index in isReachable.indices where isReachable[index] && phases[index] == phase {
        if !graph.nodes[index].isBatched { compute(NodeID(index)) }
      }
      loop(over: phase + 1)
    }
    store(entry.results.filter { !isPerSample($0) })
    if laneLoop != nil { writer.close() }
  }

  /// A result that is written for every sample, in the loop.
  private func isPerSample(_ result: EntryRequest.Result) -> Bool {
    entry.many && result.argument.isPerSample
  }

  private mutating func findPhases() {
    let graph = context.graph
    phases = [Int32](repeating: 0, count: graph.nodes.count)
    for (index, node) in graph.nodes.enumerated() where isReachable[index] {
      let phase = node.operands.reduce(Int32(0)) { max($0, phases[Int($1.index)]) }
      if node.kind == .samples {
        phases[index] = phase + 1
      } else {
        phases[index] = node.isBatched ? phase | 1 : phase
      }
    }
  }

  /// The loop over the samples that computes what is first known in this phase.
  private mutating func loop(over phase: Int32) {
    let graph = context.graph
    let results = entry.results.filter {
      isPerSample($0) && phases[Int($0.node.index)] | 1 == phase
    }
    var sums: [(node: NodeID, accumulator: ValueID)] = []
    for index in isReachable.indices where isReachable[index] && phases[index] == phase + 1 {
      guard graph.nodes[index].kind == .samples else { continue }
      sums.append((NodeID(index), Self.none))
    }
    if sums.isEmpty, results.isEmpty { return }
    let zero = writer.real(0)
    for place in sums.indices {
      let accumulator = writer.accumulator(initial: zero)
      sums[place].accumulator = accumulator
      hintSum(accumulator, of: sums[place].node)
    }
    if let laneLoop {
      let block = writer.open(.fullBlocks(context.width), sums.isEmpty ? .parallel : .ordered)
      pass(results, sums, Place.Sample(block: block, loop: laneLoop))
      let totals = sums.map { writer.reduce(.add, $0.accumulator) }
      for (place, total) in totals.enumerated() {
        sums[place].accumulator = writer.accumulator(initial: total)
        hintSum(sums[place].accumulator, of: sums[place].node)
      }
      let rest = writer.open(.rest(context.width), sums.isEmpty ? .parallel : .ordered)
      pass(results, sums, Place.Sample(block: nil, loop: rest))
    } else if drawsNoise {
      let counter = writer.accumulator(initial: zero)
      let loop = writer.open(.samples, .ordered)
      sampleWord = writer.word(ofCounter: counter)
      pass(results, sums, Place.Sample(block: nil, loop: loop), counter: counter)
      sampleWord = nil
    } else {
      let loop = writer.open(.samples, sums.isEmpty ? .parallel : .ordered)
      pass(results, sums, Place.Sample(block: nil, loop: loop))
    }
    for sum in sums {
      values[Int(sum.node.index)] = sum.accumulator
      nameValue(of: sum.node)
    }
  }

  /// The body of an open loop over samples, and its end: computes what sums and results need, adds, and stores.
  private mutating func pass(
    _ results: [EntryRequest.Result], _ sums: [(node: NodeID, accumulator: ValueID)],
    _ sample: Place.Sample, counter: ValueID? = nil
  ) {
    let graph = context.graph
    sampleLoop = sample
    let isNeeded = graph.reachable(
      from: sums.map { graph[$0.node].operands[0] } + results.map(\.node))
    for index in isReachable.indices where isNeeded[index] && graph.nodes[index].isBatched {
      compute(NodeID(index))
    }
    for sum in sums {
      let operand = writer.asReal(value(graph[sum.node].operands[0]))
      writer.accumulate(sum.accumulator, .add, operand)
    }
    store(results)
    if let counter { writer.accumulate(counter, .add, writer.real(1)) }
    writer.close()
    sampleLoop = nil
    for index in isReachable.indices where graph.nodes[index].isBatched {
      values[index] = Self.none
    }
  }
}

// Values
extension StraightLine {
  private func value(_ node: NodeID) -> ValueID { values[Int(node.index)] }

  private mutating func compute(_ id: NodeID) {
    let graph = context.graph
    let node = graph[id]
    guard value(id) == Self.none else { return }
    switch node.kind {
    case .constant(let bits): values[Int(id.index)] = writer.real(Double(bitPattern: bits))
    case .map(let operation):
      let operands = node.operands.map { value($0) }
      values[Int(id.index)] = writer.apply(operation, operands)
    case .samples: values[Int(id.index)] = value(node.operands[0])
    default:
      guard node.shape.isEmpty else { return }
      values[Int(id.index)] = element(of: id, at: 0)
    }
    nameValue(of: id)
  }

  private mutating func nameValue(of id: NodeID) {
    if let name = context.graph.names[id] {
      writer.name(value(id), name)
    } else if let adjoint = context.graph.adjoints[id] {
      writer.hint(value(id), adjoint.name)
    }
  }

  /// A sum over the samples is called after what it adds up.
  private mutating func hintSum(_ accumulator: ValueID, of sum: NodeID) {
    let graph = context.graph
    let term = graph[sum].operands[0]
    if let name = graph.names[term] ?? graph.adjoints[term]?.name {
      writer.hint(accumulator, "sum_" + name)
    }
  }

  private mutating func element(of id: NodeID, at flat: Int) -> ValueID {
    let graph = context.graph
    switch graph.element(of: id, at: flat) {
    case .zero: return writer.real(0)
    case .leaf(let leaf, let place): return load(leaf, place)
    case .scalar(let scalar):
      if value(scalar) != Self.none { return value(scalar) }
      return load(scalar, 0)
    }
  }

  /// An element of a leaf.
  private mutating func load(_ leaf: NodeID, _ place: Int) -> ValueID {
    let graph = context.graph
    switch graph[leaf].kind {
    case .literal(let literal): return writer.real(graph.literals[literal][place])
    case .symbol(let index):
      let symbol = graph.symbols[index]
      if symbol.role == .sampleCount { return entry.many ? writer.sampleCount() : writer.real(1) }
      if symbol.role == .noise { return noise(index, place, count: symbol.shape.elementCount) }
      let (argument, offset) = context.place(of: symbol)
      return writer.load(access(argument, offset + place))
    default: preconditionFailure("node \(leaf.index) is used before it is computed")
    }
  }

  private var drawsNoise: Bool {
    context.graph.nodes.indices.contains { index in
      guard isReachable[index], case .symbol(let symbol) = context.graph.nodes[index].kind else {
        return false
      }
      return context.graph.symbols[symbol].role == .noise
    }
  }

  /// An element of a leaf of noise.
  private mutating func noise(_ symbol: Int, _ place: Int, count: Int) -> ValueID {
    var step = writer.bits(0)
    if entry.arguments.contains(.state) {
      step = writer.word(of: writer.load(access(.state, context.noiseCounter)))
    }
    let leaf = writer.bits(UInt64(context.noiseNumber(ofSymbol: symbol)))
    let source = NoiseWriter(source: context.noise, leaf: leaf, step: step, count: count)
    let sample = sampleWord ?? writer.bits(0)
    let element = writer.bits(UInt64(place))
    return source.number(sample: sample, element: element, &writer)
  }

  private func access(_ argument: Entry.Argument, _ offset: Int) -> Access {
    guard let array = arrays[argument] else {
      preconditionFailure("the entry is not given \(argument.rawValue)")
    }
    guard entry.many, argument.isPerSample, let sampleLoop else {
      return Access(array, offset, [])
    }
    let row = context.rowCount(argument)
    guard let block = sampleLoop.block else {
      return Access(array, offset, [(sampleLoop.loop, row)])
    }
    return Access(array, offset, [(sampleLoop.loop, row), (block, row * context.width)])
  }

  /// Stores results; all that they load is loaded before.
  private mutating func store(_ results: [EntryRequest.Result]) {
    var stores: [(Access, ValueID)] = []
    for result in results {
      for flat in 0..<context.graph[result.node].shape.elementCount {
        let value = element(of: result.node, at: flat)
        stores.append((access(result.argument, result.offset + flat), writer.asReal(value)))
      }
    }
    for (access, value) in stores { writer.store(access, value) }
  }
}
