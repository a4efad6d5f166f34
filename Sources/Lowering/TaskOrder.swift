import NNCGraph
import NNCProgram

/// The order in which an entry's tasks run.
///
/// A task runs after those that write what it reads, and what overwrites a leaf runs after all that read the leaf.
/// Otherwise the order is the graph's, but a result that nothing else needs is written as soon as it can be, and so is
/// what is one number: the update of a layer's weights follows upon its gradient, whose memory is then free. A copy into
/// rows that such a result alone still waits for comes right before it. Where two updates each read what the other
/// overwrites, one goes through the workspace.
struct TaskOrder {
  private var tasks: KernelTasks
  private var order: [Int] = []
  /// By task: how many tasks it still waits for, for what they write and for what they read.
  private var inputsLeft: [Int] = []
  private var readersLeft: [Int] = []
  private var isDone: [Bool] = []
  private var producers = BufferMap<Int>()
  private var dependents: [[Int]] = []
  /// By leaf array: the tasks that overwrite some of it, and how many have yet to read it.
  private var overwriters = BufferMap<[Int]>()
  private var readerCounts = BufferMap<Int>()
  /// By task: the leaf arrays of which it overwrites some.
  private var overwritten: [[BufferID]] = []
  private var ready = PriorityQueue()
  /// By loop: its tasks, and how much of what they wait for is done by tasks outside of it.
  private var loopTasks: [GraphLoop: [Int]] = [:]
  private var loopInputsLeft: [GraphLoop: Int] = [:]
  /// The first task that may not be done.
  private var firstLeft = 0

  /// The tasks in order, with their homes.
  static func ordered(_ tasks: KernelTasks) -> (order: [Int], tasks: KernelTasks) {
    var result = TaskOrder(tasks: tasks)
    result.prepare()
    result.run()
    return (result.order, result.tasks)
  }

  private init(tasks: KernelTasks) { self.tasks = tasks }

  private mutating func prepare() {
    for (index, task) in tasks.tasks.enumerated() {
      if !task.endsTurn { producers.note(task, index, tasks.buffers) }
      if let turns = task.turns { loopTasks[turns, default: []].append(index) }
      for leaf in task.leaves { readerCounts[leaf.buffer, default: 0] += 1 }
    }
    let leaves = LeafIndex(readerCounts.buffers.map { ($0, tasks.buffers[$0]) })
    for index in tasks.tasks.indices {
      let targets = tasks.tasks[index].outputs.map { tasks.buffers[$0.target] }
      enter(index, Array(Set(targets.flatMap { leaves.overlapping($0) })))
    }
    for index in tasks.tasks.indices { enqueueIfReady(index) }
    for turns in loopTasks.keys { enqueueIfReady(turns) }
  }

  private mutating func enter(_ index: Int, _ leaves: [BufferID]) {
    let task = tasks.tasks[index]
    inputsLeft.append(0)
    isDone.append(false)
    if dependents.count < tasks.tasks.count {
      dependents += Array(repeating: [], count: tasks.tasks.count - dependents.count)
    }
    for need in task.needs {
      let producer = producers.producer(of: need.buffer, tasks.buffers)
      dependents[producer].append(index)
      if let turns = task.turns, tasks.tasks[producer].turns != turns {
        loopInputsLeft[turns, default: 0] += 1
      } else {
        inputsLeft[index] += 1
      }
    }
    var readers = 0
    overwritten.append(leaves)
    for leaf in leaves {
      overwriters[leaf, default: []].append(index)
      readers += readerCounts[leaf]! - (task.leaves.contains { $0.buffer == leaf } ? 1 : 0)
    }
    readersLeft.append(readers)
  }

  private mutating func enqueueIfReady(_ task: Int) {
    guard readersLeft[task] == 0, !isDone[task], tasks.tasks[task].turns == nil else { return }
    if inputsLeft[task] == 0 {
      ready.insert(task + (isEarly(task) ? 0 : Self.late))
    } else if isEarly(task) {
      enqueueCopies(for: task)
    }
  }

  /// Does copies early that a task waits for, if it waits for nothing else.
  private mutating func enqueueCopies(for task: Int) {
    var copies: [Int] = []
    for need in tasks.tasks[task].needs {
      let producer = producers.producer(of: need.buffer, tasks.buffers)
      if isDone[producer] { continue }
      guard case .buffer = tasks.tasks[producer].outputs[0].source, inputsLeft[producer] == 0,
        readersLeft[producer] == 0, tasks.tasks[producer].turns == nil
      else { return }
      copies.append(producer)
    }
    for copy in copies { ready.insert(copy) }
  }

  /// What the key of a task that is not early has on top of its number.
  private static let late = 1 << 40

  /// Whether a task is done before others: nothing needs it, or it is a scalar.
  private func isEarly(_ task: Int) -> Bool {
    dependents[task].isEmpty || tasks.context.graph.shape(tasks.tasks[task].node).isEmpty
  }

  private mutating func run() {
    while order.count < tasks.tasks.count {
      if let key = ready.popFirst() {
        let task = key & (Self.late - 1)
        if isDone[task] { continue }
        if let turns = tasks.tasks[task].turns { finish(turns) } else { finish(task) }
      } else {
        detour()
      }
    }
  }

  private mutating func finish(_ index: Int) {
    isDone[index] = true
    order.append(index)
    for dependent in dependents[index] {
      if let turns = tasks.tasks[dependent].turns, tasks.tasks[index].turns != turns {
        loopInputsLeft[turns]! -= 1
        enqueueIfReady(turns)
      } else {
        inputsLeft[dependent] -= 1
        enqueueIfReady(dependent)
      }
    }
    for leaf in tasks.tasks[index].leaves {
      readerCounts[leaf.buffer]! -= 1
      for overwriter in overwriters[leaf.buffer] ?? [] where overwriter != index {
        readersLeft[overwriter] -= 1
        enqueueIfReady(overwriter)
      }
    }
  }

  /// A loop is begun when all that its turns read of others is there.
  private mutating func enqueueIfReady(_ turns: GraphLoop) {
    if loopInputsLeft[turns] ?? 0 == 0 { ready.insert(loopTasks[turns]![0] + Self.late) }
  }

  /// The tasks of a turn, those last that end it.
  private mutating func finish(_ turns: GraphLoop) {
    var inside = PriorityQueue()
    let members = loopTasks[turns]!
    for index in members where inputsLeft[index] == 0 && !tasks.tasks[index].endsTurn {
      inside.insert(index)
    }
    while let index = inside.popFirst() {
      if isDone[index] { continue }
      finish(index)
      for dependent in dependents[index]
      where tasks.tasks[dependent].turns == turns && inputsLeft[dependent] == 0
        && !tasks.tasks[dependent].endsTurn
      {
        inside.insert(dependent)
      }
    }
    for index in members where tasks.tasks[index].endsTurn { finish(index) }
  }

  /// All that is left waits for readers of leaves: sends the first that has its inputs through the workspace.
  private mutating func detour() {
    while isDone[firstLeft] { firstLeft += 1 }
    guard
      let index = (firstLeft..<tasks.tasks.count).first(where: {
        !isDone[$0] && inputsLeft[$0] == 0 && tasks.tasks[$0].turns == nil
      })
    else { preconditionFailure("tasks wait for one another") }
    let leaves = overwritten[index]
    overwritten[index] = []
    readersLeft[index] = 0
    for leaf in leaves { overwriters[leaf]!.removeAll { $0 == index } }
    for output in tasks.tasks[index].outputs.indices {
      let target = tasks.buffers[tasks.tasks[index].outputs[output].target]
      let shared = leaves.filter { tasks.buffers[$0].overlaps(target) }
      if !shared.isEmpty { detour(index, output, shared) }
    }
    enqueueIfReady(index)
  }

  /// Sends one output through the workspace; the copy waits for the readers of the leaves that it overwrites.
  private mutating func detour(_ index: Int, _ place: Int, _ leaves: [BufferID]) {
    let output = tasks.tasks[index].outputs[place]
    let goal = output.target
    let isBatched = tasks.tasks[index].isBatched
    let between = tasks.buffers.workspace(count: tasks.buffers[goal].count, isBatched: isBatched)
    tasks.tasks[index].outputs[place].target = between
    for other in dependents[index] { tasks.tasks[other].redirect(goal, to: between) }
    if tasks.homes[Int(output.node.index)] == goal { tasks.homes[Int(output.node.index)] = between }
    producers[between] = index
    tasks.appendCopy(of: between, output.node, to: goal, isBatched)
    producers[goal] = tasks.tasks.count - 1
    enter(tasks.tasks.count - 1, leaves)
  }
}

extension KernelTask {
  fileprivate mutating func redirect(_ old: BufferID, to new: BufferID) {
    for place in needs.indices where needs[place].buffer == old { needs[place].buffer = new }
    for place in outputs.indices {
      if case .buffer(old) = outputs[place].source { outputs[place].source = .buffer(new) }
    }
  }
}

/// Finds the leaves whose memory a part of a caller's array shares.
private struct LeafIndex {
  private var leaves: [Entry.ArrayReference.Base: [(id: BufferID, buffer: Buffer)]] = [:]

  init(_ list: [(BufferID, Buffer)]) {
    for (id, buffer) in list { leaves[buffer.base, default: []].append((id, buffer)) }
    for base in leaves.keys { leaves[base]!.sort { $0.buffer.offset < $1.buffer.offset } }
  }

  func overlapping(_ buffer: Buffer) -> [BufferID] {
    guard let list = leaves[buffer.base] else { return [] }
    // Leaves do not overlap one another: the first that ends after the buffer begins, and those that follow.
    var (low, high) = (0, list.count)
    while low < high {
      let middle = (low + high) / 2
      if list[middle].buffer.offset + list[middle].buffer.count <= buffer.offset {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return list[low...].prefix { $0.buffer.offset < buffer.offset + buffer.count }.map(\.id)
  }
}
