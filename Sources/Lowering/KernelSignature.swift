import Graph

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
    /// The numbers of its operands.
    let operands: Operands
  }

  private var items: [Item] = []
  private let many: Bool
  private let isBatched: Bool
  private let isFlat: Bool
  private let isKept: Bool
  private let sampleStep: Int

  /// A task's signature, and its arrays by their numbers; the array it writes has number 0.
  static func of(_ task: KernelTask, _ tasks: KernelTasks) -> (KernelSignature, [BufferID]) {
    var signature = KernelSignature(task, tasks)
    let arrays = signature.walk(task, tasks)
    return (signature, arrays)
  }

  private init(_ task: KernelTask, _ tasks: KernelTasks) {
    many = tasks.entry.many
    isBatched = task.isBatched
    isFlat = task.isFlat
    isKept = tasks.placement.isKept[Int(task.node.index)]
    sampleStep = tasks.buffers[task.target].sampleStep
  }

  private mutating func walk(_ task: KernelTask, _ tasks: KernelTasks) -> [BufferID] {
    let graph = tasks.context.graph
    var arrays = [task.target]
    func number(_ buffer: BufferID) -> Int32 {
      if let known = arrays.firstIndex(of: buffer) { return Int32(known) }
      arrays.append(buffer)
      return Int32(arrays.count - 1)
    }
    func memory(_ buffer: BufferID, _ node: Node) -> Item {
      Item(
        kind: nil, shape: node.shape, isBatched: node.isBatched, array: number(buffer),
        sampleStep: tasks.buffers[buffer].sampleStep, operands: Operands([]))
    }
    if case .buffer(let source) = task.source {
      items.append(memory(source, graph[task.node]))
      return arrays
    }
    var numbers: [NodeID: Int] = [task.node: 0]
    var queue = [task.node]
    var next = 0
    while next < queue.count {
      let id = queue[next]
      let node = graph[id]
      let home = next == 0 && isKept ? -1 : tasks.homes[Int(id.index)]
      next += 1
      if home >= 0 {
        items.append(memory(home, node))
        continue
      }
      let operands = node.operands.map { operand in
        if let known = numbers[operand] { return NodeID(known) }
        numbers[operand] = queue.count
        queue.append(operand)
        return NodeID(queue.count - 1)
      }
      items.append(
        Item(
          kind: node.kind, shape: node.shape, isBatched: node.isBatched, array: -1, sampleStep: 0,
          operands: Operands(operands)))
    }
    return arrays
  }
}
