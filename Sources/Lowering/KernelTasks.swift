import NNCGraph

/// The tasks of an entry.
struct KernelTasks {
  let context: Context
  let entry: EntryRequest
  let placement: Placement
  var buffers: Buffers
  var tasks: [KernelTask] = []
  /// By node: its array where it is kept or a leaf in memory, or -1.
  var homes: [BufferID]
  /// By array with samples in blocks: the array that has the same numbers with a row for each sample, where there is one.
  private(set) var rows = BufferMap<BufferID>()
  /// By node: where the last walk over what a task reads has met it.
  var visits: [Visit]
  /// What gathers a value's turns, by the value.
  var gatherers: [NodeID: [NodeID]] = [:]
  /// The arrays of carried values, by the loop and their place.
  var carried: [GraphLoop: [Int: BufferID]] = [:]

  struct Visit {
    var task: Int32 = -1
    var isSamePlace = false
  }

  init(_ context: Context, _ entry: EntryRequest, _ isReachable: [Bool]) {
    self.context = context
    self.entry = entry
    placement = Placement(
      context.graph, entry, isReachable, isVector: context.width > 1)
    buffers = Buffers(context, many: entry.many)
    homes = Array(repeating: -1, count: context.graph.nodes.count)
    visits = Array(repeating: Visit(), count: context.graph.nodes.count)
    findLeaves(isReachable)
    findGatherers(isReachable)
    findTasks(isReachable)
    visits = []
  }

  var graph: Graph { context.graph }

  private mutating func findLeaves(_ isReachable: [Bool]) {
    let graph = graph
    let beside = resultsBesideRows(isReachable)
    let isRead = elementsRead(isReachable)
    for (index, node) in graph.nodes.enumerated() where isReachable[index] {
      switch node.kind {
      case .literal(let literal): homes[index] = buffers.literal(literal)
      case .symbol(let symbol) where graph.symbols[symbol].role.turns != nil:
        homes[index] = carriedArray(NodeID(index))
      case .symbol(let symbol) where graph.symbols[symbol].role.isInMemory:
        homes[index] = buffers.leaf(graph.symbols[symbol])
        if buffers[homes[index]].sampleStep > 0, context.block > 1, isRead[index] {
          pack(NodeID(index), resultsBeside: beside[NodeID(index)] ?? 0)
        }
      default: break
      }
    }
  }

  /// A task that brings a leaf with a row for each sample into blocks of samples, and one that lays its rows in strips
  /// where that pays: so many results beside one another are sums of products with the same row.
  private mutating func pack(_ leaf: NodeID, resultsBeside: Int) {
    let source = homes[Int(leaf.index)]
    let target = buffers.workspace(
      count: buffers[source].count, isBatched: true, name: buffers[source].name)
    var task = KernelTask(.buffer(source), leaf, to: target, isBatched: true)
    task.leaves = [.init(buffer: source, isSamePlace: true)]
    tasks.append(task)
    homes[Int(leaf.index)] = target
    let bytes = buffers[source].sampleStep * context.request.precision.bytes
    if TimeModel.paysToPack(
      rows: Schedule.usualSamples, of: bytes, resultsBeside: resultsBeside)
    {
      _ = spread(leaf)
    } else {
      rows[target] = source
    }
  }

  /// A task that brings an array of blocks of samples into rows, if there is none yet.
  private mutating func spread(_ node: NodeID) -> BufferID {
    let source = homes[Int(node.index)]
    if let known = rows[source] { return known }
    let target = buffers.workspace(count: buffers[source].count, isBatched: true, inRows: true)
    appendCopy(of: source, node, to: target, true)
    rows[source] = target
    return target
  }

  private mutating func findTasks(_ isReachable: [Bool]) {
    var resultsOf: [NodeID: [EntryRequest.Result]] = [:]
    for result in entry.results { resultsOf[result.node, default: []].append(result) }
    for index in graph.nodes.indices where isReachable[index] {
      let node = NodeID(index)
      let results = resultsOf[node] ?? []
      enterLoop(node)
      if placement.isKept[index] {
        keep(node, results)
      } else {
        for result in results { copy(node, to: result) }
      }
    }
  }

  private mutating func target(_ result: EntryRequest.Result) -> BufferID {
    return buffers.region(
      result.argument, offset: result.offset, count: graph.shape(result.node).elementCount,
      name: "")
  }

  private func isPerSample(_ result: EntryRequest.Result) -> Bool {
    let isPerSample = entry.many && result.argument.isPerSample
    precondition(
      isPerSample || !entry.many || !graph[result.node].isBatched,
      "\(result.argument.rawValue) has no row for each sample")
    return isPerSample
  }

  /// Whether a result fills its rows: if not, it shares them with others, and kernels do not read it there.
  private func isWholeRow(_ result: EntryRequest.Result) -> Bool {
    !result.argument.isPerSample || placement.useCounts[Int(result.node.index)] == 1
      || graph.shape(result.node).elementCount == context.rowCount(result.argument)
  }

  /// A task that computes a node into the first of its results that has its form, or into the workspace.
  private mutating func keep(_ node: NodeID, _ results: [EntryRequest.Result]) {
    let isBatched = entry.many && graph[node].isBatched
    for operand in rowOperands(of: node) where graph[operand].isBatched { _ = spread(operand) }
    var rest = results
    var home: BufferID?
    let place = rest.firstIndex { result in
      // Blocks of samples are computed in blocks, and then brought to the caller's rows.
      isPerSample(result) == isBatched && isWholeRow(result) && !(isBatched && context.block > 1)
    }
    if let place {
      home = target(rest.remove(at: place))
    }
    var task = KernelTask(.node(node), node, to: home ?? 0, isBatched: isBatched)
    let mustMove = walk(&task, hasTarget: home != nil)
    if case .symbol(let symbol) = graph[node].kind { draw(symbol, &task) }
    if graph.turns(of: node) != nil { home = gathered(node) }
    if let direct = home, mustMove {
      home = nil
      homes[Int(node.index)] = workspace(node)
      append(task, target: homes[Int(node.index)])
      appendCopy(of: homes[Int(node.index)], node, to: direct, isBatched)
    } else {
      homes[Int(node.index)] = home ?? workspace(node)
      append(task, target: homes[Int(node.index)])
    }
    gatherMore(node)
    for result in rest {
      appendCopy(of: homes[Int(node.index)], node, to: target(result), isPerSample(result))
    }
  }

  private mutating func draw(_ symbol: Int, _ task: inout KernelTask) {
    var counter: BufferID?
    if entry.arguments.contains(.state) {
      counter = buffers.region(.state, offset: context.noiseCounter, count: 1, name: "step")
      task.leaves.append(.init(buffer: counter!, isSamePlace: false))
    }
    let number = buffers.noiseNumber(ofSymbol: symbol)
    task.outputs[0].source = .noise(NoiseTask(number: number, counter: counter))
  }

  /// A task that writes a result whose node is not kept.
  private mutating func copy(_ node: NodeID, to result: EntryRequest.Result) {
    let isBatched = isPerSample(result)
    let goal = target(result)
    let home = homes[Int(node.index)]
    if isBatched, context.block > 1, home >= 0, buffers[home].base == .workspace {
      return appendCopy(of: home, node, to: goal, true)
    }
    for operand in rowOperands(of: node) where graph[operand].isBatched { _ = spread(operand) }
    var task = KernelTask(.node(node), node, to: goal, isBatched: isBatched)
    if walk(&task, hasTarget: true) || isBatched && context.block > 1 {
      let between = buffers.workspace(
        count: graph.shape(node).elementCount, isBatched: isBatched)
      append(task, target: between)
      appendCopy(of: between, node, to: goal, isBatched)
    } else {
      append(task, target: goal)
    }
  }

  mutating func workspace(_ node: NodeID) -> BufferID {
    buffers.workspace(
      count: graph.shape(node).elementCount, isBatched: graph[node].isBatched)
  }

  mutating func append(_ task: KernelTask, target: BufferID) {
    var task = task
    task.outputs[0].target = target
    task.turns = graph.turns(of: task.node)
    tasks.append(task)
  }

  mutating func appendCopy(
    of source: BufferID, _ node: NodeID, to target: BufferID, _ isBatched: Bool
  ) {
    tasks.append(copyTask(of: source, node, to: target, isBatched))
  }

  func copyTask(
    of source: BufferID, _ node: NodeID, to target: BufferID, _ isBatched: Bool
  ) -> KernelTask {
    var task = KernelTask(.buffer(source), node, to: target, isBatched: isBatched)
    if buffers[source].base != .workspace, graph.role(of: node, many: entry.many) == .leaf {
      task.leaves = [.init(buffer: buffers[source].whole ?? source, isSamePlace: true)]
    } else {
      task.needs = [.init(buffer: source, isSamePlace: true)]
    }
    return task
  }
}

extension Symbol.Role {
  /// Whether a leaf is found in an array of the caller's.
  var isInMemory: Bool { self != .noise && self != .sampleCount && turns == nil }

  /// The loop whose value it is that the turn before left.
  var turns: GraphLoop? { if case .carried(let turns, _) = self { turns } else { nil } }
}

extension Node.Kind {
  var isMap: Bool { if case .map = self { true } else { false } }

  var isConcat: Bool { if case .concat = self { true } else { false } }
}
