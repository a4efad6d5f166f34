import NNCAlgebra
import NNCGraph

/// A short list of nodes that takes no memory of its own.
struct NodeList {
  private var nodes = InlineArray<24, NodeID>(repeating: NodeID(-1))
  private(set) var count = 0

  init() {}
  init(_ first: NodeID, _ second: NodeID) {
    append(first)
    append(second)
  }

  mutating func append(_ id: NodeID) {
    nodes[count] = id
    count += 1
  }
  mutating func removeAll() { count = 0 }
  subscript(place: Int) -> NodeID {
    get { nodes[place] }
    set { nodes[place] = newValue }
  }
}

/// What a pattern's slots stand for, and the nodes that it passed through on the way to them.
struct Match {
  /// The most values that a pattern may see.
  static let limit = 24

  var slots = InlineArray<8, NodeID>(repeating: NodeID(-1))
  /// The nodes that the pattern opened, the root first.
  var passed = NodeList()
  fileprivate var values = NodeList()
}

extension Graph {
  /// Whether a node passes a line of tests.
  func passes(_ line: [Pattern.Test], _ id: NodeID, _ match: inout Match) -> Bool {
    match.passed.removeAll()
    match.values.removeAll()
    match.values.append(id)
    for test in line {
      switch test {
      case .open(let value, let tag, let mirrored):
        let node = match.values[value]
        if self.tag(node) != tag { return false }
        match.passed.append(node)
        let operands = operands(node)
        if mirrored {
          match.values.append(operands[1])
          match.values.append(operands[0])
        } else {
          for operand in operands { match.values.append(operand) }
        }
      case .openSum(let value):
        let node = match.values[value]
        if tag(node) != Node.Kind.contractTag || !isScalar(node) { return false }
        let operands = operands(node)
        if operands.count != 1 { return false }
        match.passed.append(node)
        match.values.append(operands[0])
      case .openMaximum(let value):
        let node = match.values[value]
        if tag(node) != Node.Kind.maximumTag || !isScalar(node) { return false }
        match.passed.append(node)
        match.values.append(operands(node)[0])
      case .number(let value, let bits):
        let node = match.values[value]
        guard tag(node) == Node.Kind.constantTag, case .constant(bits) = self[node].kind else {
          return false
        }
      case .constant(let value):
        if tag(match.values[value]) != Node.Kind.constantTag { return false }
      case .bind(let value, let slot): match.slots[slot] = match.values[value]
      case .same(let value, let slot):
        if match.slots[slot] != match.values[value] { return false }
      }
    }
    return true
  }
}
