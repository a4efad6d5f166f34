import NNCGraph

/// Joins tasks that pass over the same elements: `z = W·x + b` and `relu(z)`, or a gradient, the velocity made of it and
/// the weights moved by that. One kernel then writes them all, and what only they need is not written.
///
/// A task joins another where it reads what that writes, each element for the element at the same place. What else it
/// reads must be there before: each task has a level, greater than those of the tasks that it needs, and only needs of
/// lower levels than the other task's are. What would be computed much earlier than it is wanted stays apart, and so does,
/// where lanes hold the terms of one sum, a function of that sum: it is computed in lanes of its own.
struct Fusion {
  private var tasks: KernelTasks
  private var levels: [Int] = []
  /// By task: the least level of those that need it; nil where none does.
  private var wanted: [Int?]
  /// By task: the task that it has joined.
  private var groups: [Int]
  private var producers = BufferMap<Int>()
  private var readers = BufferMap<[Int]>()

  /// The same tasks, joined.
  static func joined(_ tasks: KernelTasks) -> KernelTasks {
    var fusion = Fusion(tasks)
    fusion.findLevels()
    for index in tasks.tasks.indices {
      if let group = fusion.partner(of: index) { fusion.join(index, group) }
    }
    fusion.dropStores()
    var result = fusion.tasks
    result.tasks = fusion.groups.indices.filter { fusion.groups[$0] == $0 }.map { result.tasks[$0] }
    return result
  }

  private init(_ tasks: KernelTasks) {
    self.tasks = tasks
    wanted = Array(repeating: nil, count: tasks.tasks.count)
    groups = Array(tasks.tasks.indices)
  }

  private mutating func findLevels() {
    for (index, task) in tasks.tasks.enumerated() {
      if !task.endsTurn { producers.note(task, index, tasks.buffers) }
      for leaf in task.leaves { readers[leaf.buffer, default: []].append(index) }
    }
    levels = TaskLevels(tasks.tasks) { producer(of: $0) }.levels
    for (index, task) in tasks.tasks.enumerated() {
      for need in task.needs {
        let producer = producer(of: need)
        wanted[producer] = min(wanted[producer] ?? levels[index], levels[index])
      }
    }
  }

  private func producer(of need: KernelTask.Read) -> Int {
    producers.producer(of: need.buffer, tasks.buffers)
  }

  private func group(of need: KernelTask.Read) -> Int { groups[producer(of: need)] }

  /// The task that a task can join.
  private func partner(of index: Int) -> Int? {
    let task = tasks.tasks[index]
    guard isPass(task) else { return nil }
    let isApart = isVector && !(task.isBatched && tasks.entry.many) && callsFunction(task)
    if let wanted = wanted[index], wanted > levels[index] + 1 { return nil }
    var best: Int?
    for need in task.needs where need.isSamePlace {
      let group = group(of: need)
      let other = tasks.tasks[group]
      guard isPass(other), other.isBatched == task.isBatched, other.turns == task.turns,
        tasks.context.graph.shape(other.node) == tasks.context.graph.shape(task.node)
      else { continue }
      if isApart, other.outputs.contains(where: { sums($0.node) }) { continue }
      if best == nil || levels[group] > levels[best!] { best = group }
    }
    guard let best, isSmall(task, with: tasks.tasks[best]), needsAreThere(task, for: best),
      overwritesSafely(index, with: best)
    else {
      return nil
    }
    return best
  }

  private var isVector: Bool { tasks.context.width > 1 }

  /// Whether a task applies a function that takes more than a machine operation.
  private func callsFunction(_ task: KernelTask) -> Bool {
    contains(task.node) { node in
      if case .map(let operation) = node.kind { return operation.primitive == nil }
      return false
    }
  }

  private func sums(_ node: NodeID) -> Bool {
    contains(node) { node in
      if case .contract(let contraction) = node.kind {
        return contraction.inputs.contains { $0.contains { !contraction.output.contains($0) } }
      }
      return false
    }
  }

  /// Whether a node that a task computes for this result is such.
  private func contains(_ root: NodeID, where isSuch: (Node) -> Bool) -> Bool {
    let graph = tasks.context.graph
    var seen: Set<NodeID> = []
    var stack = [root]
    while let id = stack.popLast() {
      guard seen.insert(id).inserted, id == root || tasks.homes[Int(id.index)] < 0 else { continue }
      if isSuch(graph[id]) { return true }
      stack += graph[id].operands
    }
    return false
  }

  /// Whether a task computes a node, element by element of the result.
  private func isPass(_ task: KernelTask) -> Bool {
    guard case .node(let node) = task.outputs[0].source, tasks.placement.isKept[Int(node.index)]
    else { return false }
    // Results that share the rows of an array are written one by one.
    let target = tasks.buffers[task.outputs[0].target]
    if target.sampleStep > target.count, target.whole == nil { return false }
    switch tasks.context.graph.role(of: node, many: tasks.entry.many) {
    case .elementwise, .reduction: return !tasks.context.graph.shape(node).isEmpty
    case .leaf, .alias, .view, .block: return false
    }
  }

  /// The most arrays of a kernel that tasks are joined to: with the number of samples, a part and the number of parts a
  /// function then has 16 parameters.
  private static let mostArrays = 13

  /// Whether a kernel that does both has not too many arrays: what one keeps for another is an array each.
  private func isSmall(_ task: KernelTask, with other: KernelTask) -> Bool {
    let written = task.outputs.count + other.outputs.count
    let known = Set(other.outputs.map(\.target) + other.reads)
    let read = Set(other.reads).union(task.reads.filter { !known.contains($0) }).count
    return written + read <= Self.mostArrays
  }

  private func needsAreThere(_ task: KernelTask, for group: Int) -> Bool {
    task.needs.allSatisfy { need in
      let other = self.group(of: need)
      return other == group ? need.isSamePlace : levels[other] < levels[group]
    }
  }

  /// Whether what either overwrites is read by the other at the same place only, and by no task that needs the group.
  private func overwritesSafely(_ index: Int, with group: Int) -> Bool {
    let task = tasks.tasks[index]
    let target = task.outputs[0].target
    for reader in readers[target] ?? [] where reader != index && groups[reader] != group {
      if levels[reader] > levels[group] { return false }
    }
    for read in tasks.tasks[group].leaves
    where tasks.buffers[read.buffer].overlaps(tasks.buffers[target]) {
      guard read.buffer == target, read.isSamePlace else { return false }
    }
    for output in tasks.tasks[group].outputs {
      for read in task.leaves
      where tasks.buffers[read.buffer].overlaps(tasks.buffers[output.target]) {
        guard read.buffer == output.target, read.isSamePlace else { return false }
      }
    }
    return true
  }

  private mutating func join(_ index: Int, _ group: Int) {
    let task = tasks.tasks[index]
    groups[index] = group
    tasks.tasks[group].outputs += task.outputs
    tasks.tasks[group].heart = tasks.tasks[group].heart ?? task.heart
    tasks.tasks[group].isFlat = tasks.tasks[group].isFlat && task.isFlat
    for need in task.needs where self.group(of: need) != group {
      tasks.tasks[group].needs.merge(need)
    }
    for leaf in task.leaves { tasks.tasks[group].leaves.merge(leaf) }
  }

  /// What only the task's own outputs read, and is no result, is not written.
  private mutating func dropStores() {
    var isRead: Set<BufferID> = []
    for index in tasks.tasks.indices where groups[index] == index {
      for need in tasks.tasks[index].needs {
        isRead.insert(need.buffer)
        if let whole = tasks.buffers[need.buffer].whole { isRead.insert(whole) }
      }
    }
    for index in tasks.tasks.indices where groups[index] == index {
      for place in tasks.tasks[index].outputs.indices {
        let target = tasks.tasks[index].outputs[place].target
        let isResult = tasks.buffers[target].base != .workspace
        tasks.tasks[index].outputs[place].isStored =
          isResult || isRead.contains(target)
          || tasks.buffers[target].whole.map { isRead.contains($0) } ?? false
      }
    }
  }
}

extension KernelTask {
  /// The arrays that it reads.
  fileprivate var reads: [BufferID] { needs.map(\.buffer) + leaves.map(\.buffer) }
}

extension [KernelTask.Read] {
  fileprivate mutating func merge(_ read: KernelTask.Read) {
    if let place = firstIndex(where: { $0.buffer == read.buffer }) {
      self[place].isSamePlace = self[place].isSamePlace && read.isSamePlace
    } else {
      append(read)
    }
  }
}
