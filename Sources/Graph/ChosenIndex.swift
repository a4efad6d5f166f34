/// A contraction with one-hot rows of whole numbers that are in memory: the index along one of its labels is such a
/// number, and none of the others is gone through.
///
/// Where the label is summed, an element of the other operand is looked up, the row of a table for a token. Where it is
/// one of the result's, each term is added to the place that the number says, as the derivative by the table asks for.
public struct ChosenIndex {
  /// The label whose index is a number in memory.
  public let label: UInt8
  /// The numbers.
  public let numbers: NodeID
  /// The labels of the numbers' axes.
  public let labels: [UInt8]
  /// How many indices there are.
  public let count: Int
  /// The other operand, and its labels; nil where the one-hot rows stand alone.
  public let other: (node: NodeID, labels: [UInt8])?
  /// Whether terms are added to places of the result.
  public let isScatter: Bool
}

extension Graph {
  /// What a contraction looks up or adds to places by one-hot rows; nil for any other node, and where every element is
  /// asked for anyway.
  ///
  /// - Parameter sumsSamples: whether its values for all samples are added up.
  public func chosen(in id: NodeID, sumsSamples: Bool = false) -> ChosenIndex? {
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
