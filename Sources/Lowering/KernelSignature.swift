import NNCGraph

/// All that a task's kernel depends on, with nodes and arrays numbered in the order in which they are met: tasks of
/// equal signatures have equal kernels, so that the kernel of a layer is written once however often it is repeated.
struct KernelSignature: Hashable {
  /// A node inside the kernel.
  private struct Item: Hashable {
    /// What it is; nil for what is in memory.
    let kind: Node.Kind?
    let shape: Shape
    let isBatched: Bool
    /// The number of its array, or -1, and the step between the rows of samples there.
    let array: Int32
    let sampleStep: Int
    /// Whether it holds integers.
    let isWhole: Bool
    /// How many samples lie side by side there.
    let block: Int
    /// How many columns a strip of its rows has.
    let columns: Int
    /// The number of the array with the same numbers in rows, or -1.
    let rows: Int32
    /// How many columns a strip of those has.
    let rowColumns: Int
    /// The numbers of its operands.
    let operands: Operands
  }

  private var items: [Item] = []
  private let many: Bool
  private let isBatched: Bool
  private let isFlat: Bool
  /// Of each output: its number among the items, and that of its array, or -1 where it is not written.
  private var outputs: [SIMD2<Int32>] = []
  /// The step between the rows of samples of what is written.
  private var sampleSteps: [Int] = []
  /// How many samples lie side by side in what is written, and how many columns its strips have.
  private var blocks: [Int] = []

  /// A task's signature, and its arrays by their numbers.
  static func of(_ task: KernelTask, _ tasks: KernelTasks) -> (KernelSignature, [BufferID]) {
    var signature = KernelSignature(task, tasks)
    let arrays = signature.walk(task, tasks)
    return (signature, arrays)
  }

  private init(_ task: KernelTask, _ tasks: KernelTasks) {
    many = tasks.entry.many
    isBatched = task.isBatched
    isFlat = task.isFlat
  }

  private mutating func walk(_ task: KernelTask, _ tasks: KernelTasks) -> [BufferID] {
    let graph = tasks.context.graph
    var arrays: [BufferID] = []
    var arrayNumbers: [BufferID: Int32] = [:]
    func number(_ buffer: BufferID) -> Int32 {
      if let known = arrayNumbers[buffer] { return known }
      arrayNumbers[buffer] = Int32(arrays.count)
      arrays.append(buffer)
      return Int32(arrays.count - 1)
    }
    func memory(_ buffer: BufferID, _ node: Node) -> Item {
      Item(
        kind: nil, shape: node.shape, isBatched: node.isBatched, array: number(buffer),
        sampleStep: tasks.buffers[buffer].sampleStep, isWhole: tasks.buffers[buffer].isWhole,
        block: tasks.buffers[buffer].block,
        columns: tasks.buffers[buffer].columns,
        rows: task.isBatched ? -1 : tasks.rows[buffer].map { number($0) } ?? -1,
        rowColumns: tasks.rows[buffer].map { tasks.buffers[$0].columns } ?? 0,
        operands: Operands([]))
    }
    for output in task.outputs {
      sampleSteps.append(tasks.buffers[output.target].sampleStep)
      blocks += [tasks.buffers[output.target].block, tasks.buffers[output.target].columns]
      outputs.append([0, output.isStored ? number(output.target) : -1])
    }
    if case .buffer(let source) = task.outputs[0].source {
      items.append(memory(source, graph[task.node]))
      return arrays
    }
    // Most kernels have few nodes, which are found sooner by looking at them all.
    var numbers: [NodeID: Int] = [:]
    var queue: [NodeID] = []
    func place(_ node: NodeID) -> Int {
      let few = 16
      let known =
        queue.count <= few ? queue.firstIndex(of: node) : numbers[node]
      if let known { return known }
      queue.append(node)
      if queue.count == few + 1 {
        for (place, node) in queue.enumerated() { numbers[node] = place }
      } else if queue.count > few {
        numbers[node] = queue.count - 1
      }
      return queue.count - 1
    }
    for (index, output) in task.outputs.enumerated() {
      outputs[index][0] = Int32(place(output.node))
    }
    let ownCount = queue.count
    var next = 0
    while next < queue.count {
      let id = queue[next]
      let node = graph[id]
      let isOwn = next < ownCount && tasks.placement.isKept[Int(id.index)]
      let home = isOwn ? -1 : tasks.homes[Int(id.index)]
      next += 1
      if home >= 0 {
        items.append(memory(home, node))
      } else {
        items.append(
          Item(
            kind: node.kind, shape: node.shape, isBatched: node.isBatched, array: -1,
            sampleStep: 0, isWhole: false, block: 1, columns: 0, rows: -1, rowColumns: 0,
            operands: Operands(node.operands.map { NodeID(place($0)) })))
      }
    }
    return arrays
  }
}
