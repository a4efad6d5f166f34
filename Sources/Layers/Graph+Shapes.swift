import NNCAlgebra
import NNCDiagnostics
import NNCGraph

/// The most numbers that one tensor, or all parameters together, may hold.
let maximumCount = Limits.elements

/// The most axes that a tensor may have.
let maximumRank = Limits.axes

extension Shape {
  /// The shape to which both shapes are repeated, by PyTorch's rule: counted from the last axis,
  /// extents are equal or one of them is 1 or missing. Nil where they do not go together.
  func broadcast(with other: Shape) -> Shape? {
    let rank = Swift.max(count, other.count)
    var result = Shape()
    for axis in 0..<rank {
      let a = axis - rank + count
      let b = axis - rank + other.count
      let first = a < 0 ? 1 : self[a]
      let second = b < 0 ? 1 : other[b]
      guard first == second || first == 1 || second == 1 else { return nil }
      result.append(first == 1 ? second : first)
    }
    return result
  }

  /// How many numbers a tensor of this shape holds, or nil if that is more than is allowed.
  var checkedCount: Int? {
    if count > maximumRank { return nil }
    var total = 1
    for extent in self {
      let (product, overflow) = total.multipliedReportingOverflow(by: extent)
      if overflow || product > maximumCount { return nil }
      total = product
    }
    return total
  }

  /// The shape as it is written in the language: `1x28x28`.
  var extents: String { map(String.init).joined(separator: "x") }

  /// What a tensor of this shape is, in the user's words: `a number`, `a list of 3`, `a 2x3 tensor`.
  var text: String {
    switch count {
    case 0: "a number"
    case 1: "a list of \(self[0])"
    default: "a \(extents) tensor"
    }
  }

  /// What flows as a tensor of this shape: `1 number`, `3 numbers`, `1x28x28 numbers`.
  var numbers: String { self == [] || self == [1] ? "1 number" : "\(extents) numbers" }
}

extension Graph {
  /// The tensor repeated to `target`, with which its shape goes together; a scalar stays one.
  mutating func spread(_ id: NodeID, to target: Shape) -> NodeID {
    let shape = shape(id)
    if shape == target || shape.isEmpty { return id }
    let offset = target.count - shape.count
    let kept = shape.indices.filter { shape[$0] == target[$0 + offset] }
    let core = reshape(id, to: kept.map { shape[$0] })
    if kept.isEmpty { return core }
    return broadcast(core, to: target, axes: kept.map { $0 + offset })
  }

  /// The tensor repeated to `target`, scalars included.
  mutating func filled(_ id: NodeID, to target: Shape) -> NodeID {
    let core = spread(id, to: target)
    return shape(core).isEmpty ? broadcast(core, to: target, axes: []) : core
  }

  /// A scalar operation, element by element, of tensors whose shapes go together; nil if they do
  /// not.
  mutating func elementwise(_ operation: Operation, _ operands: [NodeID]) -> NodeID? {
    var common = Shape()
    for operand in operands {
      guard let next = common.broadcast(with: shape(operand)) else { return nil }
      common = next
    }
    guard common.checkedCount != nil else { return nil }
    var spread: [NodeID] = []
    for operand in operands { spread.append(self.spread(operand, to: common)) }
    return map(operation, spread)
  }

  /// The sum over `axes`.
  mutating func sum(_ id: NodeID, over axes: [Int]) -> NodeID {
    let labels = shape(id).indices.map { UInt8($0) }
    let kept = labels.filter { !axes.contains(Int($0)) }
    return contract(Contraction(inputs: [labels], output: kept), [id])
  }

  /// `id`, which lacks the last axis of `target`, repeated along it.
  mutating func alongLast(_ id: NodeID, of target: Shape) -> NodeID {
    if shape(id).isEmpty { return id }
    return broadcast(id, to: target, axes: Array(0..<target.count - 1))
  }
}
