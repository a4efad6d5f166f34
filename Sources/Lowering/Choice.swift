import NNCGraph

/// A contraction with one-hot rows of whole numbers that are in memory: the index along one of its labels is such a
/// number, and no loop goes along it.
///
/// Where the label is summed, an element of the other operand is looked up, the row of a table for a token. Where it is
/// one of the result's, each term is added to the place that the number says, as the derivative by the table asks for.
struct ChosenIndex {
  /// The label whose index is a number in memory.
  let label: UInt8
  /// The numbers, and the labels of their axes.
  let numbers: NodeID
  let labels: [UInt8]
  /// How many indices there are.
  let count: Int
  /// The other operand, and its labels; nil where the one-hot rows stand alone.
  let other: (node: NodeID, labels: [UInt8])?
  /// Whether terms are added to places of the result.
  let isScatter: Bool
}

extension Graph {
  /// What a contraction looks up or adds to places by one-hot rows; nil for any other node, and where every element is
  /// asked for anyway.
  ///
  /// - Parameter sumsSamples: whether its values for all samples are added up.
  func chosen(in id: NodeID, sumsSamples: Bool = false) -> ChosenIndex? {
    let node = self[id]
    guard case .contract(let contraction) = node.kind,
      let place = node.operands.firstIndex(where: { self[$0].isOneHot }),
      case .oneHot(let count) = self[node.operands[place]].kind,
      let label = contraction.inputs[place].last
    else { return nil }
    let numbers = self[node.operands[place]].operands[0]
    guard isWholeInMemory(numbers) else { return nil }
    let labels = Array(contraction.inputs[place].dropLast())
    let other =
      node.operands.count == 2
      ? (node: node.operands[1 - place], labels: contraction.inputs[1 - place]) : nil
    let isInOther = other?.labels.contains(label) ?? false
    let isKept = contraction.output.contains(label)
    // Along a label of all three every element is a result.
    if isInOther == isKept { return nil }
    let addsUp =
      labels.contains { !contraction.output.contains($0) } || sumsSamples && self[numbers].isBatched
    if isKept, !addsUp { return nil }
    return ChosenIndex(
      label: label, numbers: numbers, labels: labels, count: count, other: other, isScatter: isKept)
  }

  /// Whether a node is a leaf of whole numbers, or a view of one.
  func isWholeInMemory(_ id: NodeID) -> Bool {
    var id = id
    while true {
      switch self[id].kind {
      case .symbol(let symbol): return symbols[symbol].isWhole
      case .broadcast, .permute, .slice, .view, .reshape: id = self[id].operands[0]
      default: return false
      }
    }
  }
}

/// What adds the terms of a sum to the places that numbers in memory say.
struct Scatter {
  let index: ChosenIndex
  /// The contraction, and the labels of its result.
  let contract: NodeID
  let output: [UInt8]
  /// Whether the terms of all samples are added up.
  let sumsSamples: Bool
}

extension KernelTasks {
  /// How a node that is kept adds terms to places, if it does.
  func scatter(_ id: NodeID) -> Scatter? {
    let graph = context.graph
    let sumsSamples = graph[id].kind == .samples
    if sumsSamples, !entry.many { return nil }
    let contract = sumsSamples ? graph[id].operands[0] : id
    if sumsSamples, homes[Int(contract.index)] >= 0 { return nil }
    guard case .contract(let contraction) = graph[contract].kind,
      let index = graph.chosen(in: contract, sumsSamples: sumsSamples), index.isScatter
    else { return nil }
    return Scatter(
      index: index, contract: contract, output: contraction.output, sumsSamples: sumsSamples)
  }
}

extension KernelTasks {
  /// By node: whether it is a leaf of which numbers are read for themselves, and not as indices alone.
  func elementsRead(_ isReachable: [Bool]) -> [Bool] {
    let graph = context.graph
    // Users stand behind what they use.
    var isRead = graph.nodes.map { _ in false }
    for result in entry.results { isRead[Int(result.node.index)] = true }
    for index in graph.nodes.indices.reversed() where isReachable[index] {
      let id = NodeID(index)
      switch graph.role(of: id, many: entry.many) {
      case .view, .alias:
        if isRead[index] { for operand in graph[id].operands { isRead[Int(operand.index)] = true } }
      default:
        let sumsSamples = graph[id].kind == .samples
        let inner = sumsSamples ? graph[id].operands[0] : id
        let chosen = graph.chosen(in: inner, sumsSamples: sumsSamples)
        for operand in graph[inner].operands where chosen == nil || !graph[operand].isOneHot {
          isRead[Int(operand.index)] = true
        }
        if inner != id, chosen == nil { isRead[Int(inner.index)] = true }
      }
    }
    return isRead
  }
}
