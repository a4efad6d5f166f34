import Graph

/// One kernel call to be: a value written to an array.
struct KernelTask {
  /// What is written.
  enum Source {
    /// A node's value, computed.
    case node(NodeID)
    /// Another array, copied.
    case buffer(BufferID)
    /// A leaf of noise, drawn.
    case noise(NoiseTask)
  }

  var source: Source
  /// The node that the value is, for its shape and its name.
  let node: NodeID
  /// Where it is written.
  var target: BufferID
  /// Whether the array has a row for each sample.
  let isBatched: Bool
  /// The arrays it reads that other tasks write.
  var needs: [BufferID] = []
  /// The leaves it reads: what overwrites them must come later.
  var leaves: [BufferID] = []
  /// Whether its elements depend on elements at the same place alone, so that one loop serves all axes.
  var isFlat = true
}

/// What the kernel of a leaf of noise reads: the leaf's number, and the number of the step where the entry has it.
struct NoiseTask {
  let number: BufferID
  let counter: BufferID?
}

/// The tasks of an entry.
struct KernelTasks {
  let context: Context
  let entry: EntryRequest
  let placement: Placement
  var buffers: Buffers
  var tasks: [KernelTask] = []
  /// By node: its array where it is kept or a leaf in memory, or -1.
  var homes: [BufferID]
  private var visits: [Visit]

  private struct Visit {
    var task: Int32 = -1
    var isSamePlace = false
  }

  init(_ context: Context, _ entry: EntryRequest, _ isReachable: [Bool]) {
    self.context = context
    self.entry = entry
    placement = Placement(context.graph, entry, isReachable)
    buffers = Buffers(context, many: entry.many)
    homes = Array(repeating: -1, count: context.graph.nodes.count)
    visits = Array(repeating: Visit(), count: context.graph.nodes.count)
    findLeaves(isReachable)
    findTasks(isReachable)
    visits = []
  }

  private var graph: Graph { context.graph }

  private mutating func findLeaves(_ isReachable: [Bool]) {
    let graph = graph
    for (index, node) in graph.nodes.enumerated() where isReachable[index] {
      switch node.kind {
      case .literal(let literal): homes[index] = buffers.literal(literal)
      case .symbol(let symbol) where graph.symbols[symbol].role.isInMemory:
        homes[index] = buffers.leaf(graph.symbols[symbol])
      default: break
      }
    }
  }

  private mutating func findTasks(_ isReachable: [Bool]) {
    var resultsOf: [NodeID: [EntryRequest.Result]] = [:]
    for result in entry.results { resultsOf[result.node, default: []].append(result) }
    for index in graph.nodes.indices where isReachable[index] {
      let node = NodeID(index)
      let results = resultsOf[node] ?? []
      if placement.isKept[index] {
        keep(node, results)
      } else {
        for result in results { copy(node, to: result) }
      }
    }
  }

  private mutating func target(_ result: EntryRequest.Result) -> BufferID {
    let name: String
    switch result.argument {
    case .output: name = "y"
    case .parameters, .state: name = "updated"
    default: name = result.argument.rawValue
    }
    return buffers.region(
      result.argument, offset: result.offset, count: graph.shape(result.node).elementCount,
      name: name)
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
    var rest = results
    var home: BufferID?
    if let place = rest.firstIndex(where: { isPerSample($0) == isBatched && isWholeRow($0) }) {
      home = target(rest.remove(at: place))
    }
    var task = KernelTask(source: .node(node), node: node, target: home ?? 0, isBatched: isBatched)
    let mustMove = walk(&task, hasTarget: home != nil)
    if case .symbol(let symbol) = graph[node].kind { draw(symbol, &task) }
    if let direct = home, mustMove {
      home = nil
      homes[Int(node.index)] = workspace(node)
      append(task, target: homes[Int(node.index)])
      appendCopy(of: homes[Int(node.index)], node, to: direct, isBatched)
    } else {
      homes[Int(node.index)] = home ?? workspace(node)
      append(task, target: homes[Int(node.index)])
    }
    for result in rest {
      appendCopy(of: homes[Int(node.index)], node, to: target(result), isPerSample(result))
    }
  }

  private mutating func draw(_ symbol: Int, _ task: inout KernelTask) {
    var counter: BufferID?
    if entry.arguments.contains(.state) {
      counter = buffers.region(.state, offset: context.noiseCounter, count: 1, name: "step")
      task.leaves.append(counter!)
    }
    let number = buffers.noiseNumber(ofSymbol: symbol)
    task.source = .noise(NoiseTask(number: number, counter: counter))
  }

  /// A task that writes a result whose node is not kept.
  private mutating func copy(_ node: NodeID, to result: EntryRequest.Result) {
    let isBatched = isPerSample(result)
    let goal = target(result)
    var task = KernelTask(source: .node(node), node: node, target: goal, isBatched: isBatched)
    if walk(&task, hasTarget: true) {
      let between = workspace(node)
      append(task, target: between)
      appendCopy(of: between, node, to: goal, isBatched)
    } else {
      append(task, target: goal)
    }
  }

  private mutating func workspace(_ node: NodeID) -> BufferID {
    buffers.workspace(
      count: graph.shape(node).elementCount, isBatched: graph[node].isBatched)
  }

  private mutating func append(_ task: KernelTask, target: BufferID) {
    var task = task
    task.target = target
    tasks.append(task)
  }

  mutating func appendCopy(
    of source: BufferID, _ node: NodeID, to target: BufferID, _ isBatched: Bool
  ) {
    tasks.append(
      KernelTask(
        source: .buffer(source), node: node, target: target, isBatched: isBatched,
        needs: [source]))
  }

  /// Finds what a task reads. True where it reads memory that it would overwrite, other than each element before it
  /// writes that element.
  private mutating func walk(_ task: inout KernelTask, hasTarget: Bool) -> Bool {
    let graph = graph
    let number = Int32(tasks.count)
    let shape = graph.shape(task.node)
    var mustMove = false
    var stack: [(node: NodeID, isSamePlace: Bool)] = []
    if placement.isKept[Int(task.node.index)] {
      push(task.node, true, shape, &task, &stack)
    } else {
      stack.append((task.node, true))
    }
    while let (node, isSamePlace) = stack.popLast() {
      let index = Int(node.index)
      if visits[index].task == number, isSamePlace || !visits[index].isSamePlace { continue }
      let isFirst = visits[index].task != number
      visits[index] = Visit(task: number, isSamePlace: isSamePlace)
      let home = homes[index]
      guard home >= 0 else {
        push(node, isSamePlace, shape, &task, &stack)
        continue
      }
      if !isSamePlace, !graph.shape(node).isEmpty { task.isFlat = false }
      if case .leaf = graph.role(of: node, many: entry.many) {
        if isFirst { task.leaves.append(home) }
        if hasTarget, buffers[home].overlaps(buffers[task.target]) {
          mustMove = mustMove || home != task.target || !isSamePlace
        }
      } else if isFirst {
        task.needs.append(home)
      }
    }
    return mustMove
  }

  private func push(
    _ node: NodeID, _ isSamePlace: Bool, _ shape: Shape, _ task: inout KernelTask,
    _ stack: inout [(node: NodeID, isSamePlace: Bool)]
  ) {
    let form = graph[node]
    var keepsPlace = isSamePlace
    switch graph.role(of: node, many: entry.many) {
    case .leaf, .alias,
      .elementwise where form.kind.isMap:
      break
    case .reduction where form.kind == .samples: break
    default:
      keepsPlace = false
      if !form.shape.isEmpty || form.operands.contains(where: { !graph.shape($0).isEmpty }) {
        task.isFlat = false
      }
    }
    for operand in form.operands {
      let isSame = keepsPlace && graph.shape(operand) == shape
      if !isSame, !graph.shape(operand).isEmpty { task.isFlat = false }
      stack.append((operand, isSame))
    }
  }
}

extension Symbol.Role {
  /// Whether a leaf is found in an array of the caller's.
  var isInMemory: Bool { self != .noise && self != .sampleCount }
}

extension Node.Kind {
  var isMap: Bool { if case .map = self { true } else { false } }
}
