import NNCGraph

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
