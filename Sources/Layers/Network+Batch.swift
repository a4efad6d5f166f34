import NNCGraph

extension Network {
  /// Whether what a sample comes to outside training, its outputs or its loss, depends on the other samples of the call.
  public var dependsOnBatch: Bool {
    graph.dependsOnBatch([output] + (loss.map { [$0] } ?? []))
  }

  /// Whether a sample's loss in training, or what training assigns without a gradient, depends on the other samples of
  /// the batch, so that a batch cannot be taken in blocks.
  public var trainingDependsOnBatch: Bool {
    graph.dependsOnBatch((trainingLoss.map { [$0] } ?? []) + assignments.map(\.node))
  }
}

extension Graph {
  /// Whether a sum over samples, or their number, goes into these values.
  func dependsOnBatch(_ roots: [NodeID]) -> Bool {
    let marks = reachable(from: roots)
    return marks.indices.contains { index in
      guard marks[index] else { return false }
      switch nodes[index].kind {
      case .samples: return true
      case .symbol(let symbol): return symbols[symbol].role == .sampleCount
      default: return false
      }
    }
  }
}
