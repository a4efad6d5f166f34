import NNCGraph

extension KernelTasks {
  /// Finds what a task reads. True where it reads memory that it would overwrite, other than each element before it
  /// writes that element.
  mutating func walk(_ task: inout KernelTask, hasTarget: Bool) -> Bool {
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
      if buffers[home].base != .workspace,
        case .leaf = graph.role(of: node, many: entry.many)
      {
        task.leaves.note(buffers[home].whole ?? home, isSamePlace, isFirst)
        let target = task.outputs[0].target
        if hasTarget, buffers[home].overlaps(buffers[target]) {
          mustMove = mustMove || home != target || !isSamePlace
        }
      } else {
        task.needs.note(home, isSamePlace, isFirst)
        if let rows = rows[home], !task.isBatched {
          if buffers[rows].base == .workspace {
            task.needs.note(rows, isSamePlace, isFirst)
          } else {
            task.leaves.note(rows, isSamePlace, isFirst)
          }
        }
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
    if task.heart == nil {
      let role = graph.role(of: node, many: entry.many)
      if role == .reduction || graph.chosen(in: node, sumsSamples: true) != nil {
        task.heart = node
      }
    }
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

extension [KernelTask.Read] {
  /// Adds a read, or what is new about it.
  fileprivate mutating func note(_ buffer: BufferID, _ isSamePlace: Bool, _ isFirst: Bool) {
    if isFirst {
      append(.init(buffer: buffer, isSamePlace: isSamePlace))
    } else if !isSamePlace {
      for place in indices where self[place].buffer == buffer { self[place].isSamePlace = false }
    }
  }
}
