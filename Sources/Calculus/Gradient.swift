import NNCAlgebra
import NNCGraph

extension Graph {
  /// The derivative of a scalar by each of the given nodes, in reverse mode.
  ///
  ///     v̄ = Σ over the uses u of v:  ū · ∂u/∂v
  ///
  /// The adjoint of `value` begins as `seed` (1 where none is given, of `value`'s shape otherwise); the sweep visits
  /// each node that lies between a variable and the value once, users first. A variable may be any node: the others
  /// are held fixed, and paths that end in it are counted. The derivative of a value of one sample is that sample's
  /// own; for a value of the whole batch, what varies from sample to sample is summed over the samples where it meets
  /// what does not. A. Griewank and A. Walther, Evaluating Derivatives, 2nd ed., ch. 3.
  public mutating func gradient(
    of value: NodeID, by variables: [NodeID], seed: NodeID? = nil
  ) -> [NodeID] {
    precondition(seed != nil || self[value].shape.isEmpty, "only a scalar has a gradient")
    let isActive = dependents(on: variables, upTo: value)
    var sweep = Sweep(count: Int(value.index) + 1, sumsSamples: !self[value].isBatched)
    let one = constant(1)
    sweep.add(seed ?? one, to: value, in: &self)
    var results = [NodeID: NodeID]()
    let isVariable = Set(variables)
    for index in stride(from: Int(value.index), through: 0, by: -1) where isActive[index] {
      let id = NodeID(index)
      guard let adjoint = sweep.adjoint(of: id, in: &self) else { continue }
      if isVariable.contains(id) { results[id] = adjoint }
      noteAdjoint(adjoint, by: id)
      let node = self[id]
      for place in node.operands.indices where isActive[Int(node.operands[place].index)] {
        guard var part = contribution(of: id, adjoint: adjoint, to: place) else { continue }
        // Every sample adds the same to what the samples share.
        let isShared = node.isBatched && !self[node.operands[place]].isBatched
        if isShared, !self[part].isBatched, !self[value].isBatched { part = samples(part) }
        sweep.add(part, to: node.operands[place], in: &self)
      }
    }
    let zero = constant(0)
    return variables.map { spread(results[$0] ?? zero, to: self[$0].shape) }
  }

  /// A scalar that stands for a tensor of equal elements, written out.
  mutating func spread(_ id: NodeID, to shape: Shape) -> NodeID {
    self[id].shape.isEmpty ? broadcast(id, to: shape, axes: []) : id
  }

  /// Which nodes up to `value` depend on a variable, variables included.
  private func dependents(on variables: [NodeID], upTo value: NodeID) -> [Bool] {
    var marks = [Bool](repeating: false, count: Int(value.index) + 1)
    for variable in variables where variable <= value { marks[Int(variable.index)] = true }
    for index in marks.indices where !marks[index] {
      marks[index] = nodes[index].operands.contains { marks[Int($0.index)] }
    }
    return marks
  }
}

/// The adjoints that a reverse sweep has gathered so far.
///
/// An adjoint of rank 0 at a tensor stands for a tensor of equal elements.
private struct Sweep {
  private var varying: [NodeID?]
  private var fixed: [NodeID?]

  private let sumsSamples: Bool

  init(count: Int, sumsSamples: Bool) {
    self.sumsSamples = sumsSamples
    varying = Array(repeating: nil, count: count)
    fixed = Array(repeating: nil, count: count)
  }

  /// Adds a contribution to a node's adjoint, apart by whether it varies from sample to sample.
  mutating func add(_ part: NodeID, to id: NodeID, in graph: inout Graph) {
    let index = Int(id.index)
    if graph[part].isBatched {
      varying[index] = varying[index].map { graph.map(.add, $0, part) } ?? part
    } else {
      fixed[index] = fixed[index].map { graph.map(.add, $0, part) } ?? part
    }
  }

  /// A node's adjoint once all its uses are visited; nil where nothing reached it.
  func adjoint(of id: NodeID, in graph: inout Graph) -> NodeID? {
    let index = Int(id.index)
    guard let part = varying[index] else { return fixed[index] }
    let sum = graph[id].isBatched || !sumsSamples ? part : graph.samples(part)
    return fixed[index].map { graph.map(.add, $0, sum) } ?? sum
  }
}
