import NNCGraph

/// What the lanes of vectors hold in a kernel.
enum LaneUse: Equatable {
  /// Nothing: the code is scalar.
  case none
  /// The samples of a block.
  case samples
  /// The samples of a block that a sum over samples takes: each lane sums its own of all full blocks, the lanes are added,
  /// and the samples of the block that is not full come last.
  case summedSamples
  /// So many neighbours on the last axis of the result.
  case lastAxis(Int)
  /// So many neighbours on the summed axis that the operand has last: each lane sums every so-manieth term, and the lanes
  /// are added at the end.
  case summed(Int)
}

extension NestWriter {
  /// What the lanes hold in the kernel of a value that is computed element by element.
  func laneUse() -> LaneUse {
    let width = context.width
    if width == 1 { return .none }
    if many && task.isBatched { return .samples }
    let shape = graph.shape(task.node)
    let sums = reductions()
    if sums.isEmpty {
      guard let last = shape.last else { return .none }
      // A row that registers hold is taken whole.
      let isHeld = shape.count > 1 && last <= 4 * width
      return .lastAxis(isHeld ? 4 * width : context.columns)
    }
    if sums.contains(where: { graph[$0].kind == .samples }) {
      if shape.count < 2, sumsBlocks(sums) { return .summedSamples }
      return shape.count > 1 ? .lastAxis(context.columns) : .none
    }
    guard let (label, extent, isSummed) = mainAxis(of: sums) else { return .none }
    if isSummed {
      if extent < width { return .none }
      return .summed(extent % (2 * width) == 0 ? 2 * width : width)
    }
    return label == shape.count - 1 ? .lastAxis(4 * width) : .none
  }

  /// Whether all sums go over samples alone, and what has a row for each sample lies in blocks of them.
  private func sumsBlocks(_ sums: [NodeID]) -> Bool {
    guard context.block > 1, sums.allSatisfy({ graph[$0].kind == .samples }) else { return false }
    var seen: Set<NodeID> = []
    var stack = own
    while let node = stack.popLast() {
      let home = home(node)
      if home >= 0 {
        if buffers[home].sampleStep > 0, buffers[home].block == 1 { return false }
      } else if seen.insert(node).inserted {
        stack += graph[node].operands
      }
    }
    return true
  }

  /// The last axis of the largest operand of the sums: the axis of the result that it is, where it is not summed.
  private func mainAxis(of sums: [NodeID]) -> (axis: Int, extent: Int, isSummed: Bool)? {
    var largest = 0
    var result: (Int, Int, Bool)?
    for sum in sums {
      guard case .contract(let contraction) = graph[sum].kind else { continue }
      for (labels, operand) in zip(contraction.inputs, graph[sum].operands) {
        let shape = graph.shape(operand)
        guard let label = labels.last, shape.elementCount > largest else { continue }
        largest = shape.elementCount
        let axis = contraction.output.firstIndex(of: label)
        result = (axis ?? -1, shape[shape.count - 1], axis == nil)
      }
    }
    return result
  }

  /// The label of a contraction that lanes sum, where they do.
  func summedLabel(_ contraction: Contraction, _ node: Node) -> UInt8? {
    guard case .summed(let span) = use else { return nil }
    var largest = 0
    var result: UInt8?
    for (labels, operand) in zip(contraction.inputs, node.operands) {
      let shape = graph.shape(operand)
      guard let label = labels.last, shape.elementCount > largest else { continue }
      largest = shape.elementCount
      let isSummed = !contraction.output.contains(label) && shape[shape.count - 1] >= span
      result = isSummed ? label : nil
    }
    return result
  }

  /// The nodes of the kernel that reductions go into.
  func makers(of sums: [NodeID]) -> Set<NodeID> {
    if context.width == 1 { return [] }
    var result = Set(sums)
    var order: [NodeID] = []
    var seen: Set<NodeID> = []
    var stack = own
    while let node = stack.popLast() {
      if home(node) >= 0 || !seen.insert(node).inserted { continue }
      order.append(node)
      stack += graph[node].operands
    }
    for node in order.sorted(by: { $0.index < $1.index })
    where graph[node].operands.contains(where: { result.contains($0) }) { result.insert(node) }
    return result
  }

  /// The reductions that the kernel computes.
  func reductions() -> [NodeID] {
    var result: [NodeID] = []
    var seen: Set<NodeID> = []
    var stack = own
    while let node = stack.popLast() {
      if home(node) >= 0 || !seen.insert(node).inserted { continue }
      if case .reduction = graph.role(of: node, many: many) { result.append(node) }
      stack += graph[node].operands
    }
    return result
  }
}
