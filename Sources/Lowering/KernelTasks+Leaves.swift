import NNCGraph

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
