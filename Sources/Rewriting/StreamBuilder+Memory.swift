import NNCAlgebra
import NNCGraph

// What is kept from step to step.
extension StreamBuilder {
  /// What a value is kept for.
  enum Kept: Hashable {
    case past(NodeID, axis: Int, rows: Int)
    case all(NodeID, axis: Int)
    case carried(GraphLoop, Int)
    case count
  }

  /// The leaf of a kept value, which begins with zeros, and its place among them.
  mutating func keep(_ what: Kept, _ name: String, shape: Shape) -> (leaf: NodeID, place: Int) {
    if let place = places[what] { return (kept[place].leaf, place) }
    var unique = name
    var number = 1
    while !names.insert(unique).inserted {
      number += 1
      unique = name + "\(number)"
    }
    let leaf = graph.symbol(Symbol(name: unique, shape: shape, role: .memory))
    places[what] = kept.count
    kept.append(StreamStep.Kept(name: unique, shape: shape, leaf: leaf, initial: 0, next: leaf))
    return (leaf, kept.count - 1)
  }

  /// The number of the present step, counted from 0.
  mutating func count() -> NodeID {
    countsSteps = true
    let (leaf, place) = keep(.count, "step", shape: [])
    let one = graph.constant(1)
    kept[place].next = graph.map(.add, leaf, one)
    return leaf
  }

  /// What is kept for the node that is being made is called.
  func memoryName(_ what: String) -> String {
    reader.flatMap { layer($0) }.map { "\($0).\(what)" } ?? what
  }
}
