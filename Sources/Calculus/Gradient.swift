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
  /// what does not. Through a sum over the samples only a value of the whole batch has a derivative here: a sample's own
  /// would be one by every other sample's values. A. Griewank and A. Walther, Evaluating Derivatives, 2nd ed., ch. 3.
  public mutating func gradient(
    of value: NodeID, by variables: [NodeID], seed: NodeID? = nil
  ) -> [NodeID] {
    precondition(seed != nil || self[value].shape.isEmpty, "only a scalar has a gradient")
    let isActive = dependents(on: variables, upTo: value)
    let one = constant(1)
    let isOfSample = self[value].isBatched || self[seed ?? one].isBatched
    var sweep = Sweep(count: Int(value.index) + 1, sumsSamples: !isOfSample)
    sweep.add(seed ?? one, to: value, in: &self)
    var results = [NodeID: NodeID]()
    let isVariable = Set(variables)
    for index in stride(from: Int(value.index), through: 0, by: -1) where isActive[index] {
      let id = NodeID(index)
      let adjoints = sweep.adjoints(of: id, isWanted: isVariable.contains(id), in: &self)
      if isVariable.contains(id) { results[id] = adjoints.first }
      let node = self[id]
      for adjoint in adjoints {
        noteAdjoint(adjoint, by: id)
        for place in node.operands.indices where isActive[Int(node.operands[place].index)] {
          guard var part = contribution(of: id, adjoint: adjoint, to: place) else { continue }
          // Every sample adds the same to what the samples share.
          let isShared = node.isBatched && !self[node.operands[place]].isBatched
          if isShared, !self[part].isBatched, !isOfSample { part = samples(part) }
          sweep.add(part, to: node.operands[place], in: &self)
        }
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

  /// A node's adjoint once all its uses are visited; nothing where nothing reached it.
  ///
  /// What the samples share and is only seen at other places hands on both of its parts, the one that varies from sample to
  /// sample not summed yet: sums over places and over samples are then one.
  func adjoints(of id: NodeID, isWanted: Bool, in graph: inout Graph) -> [NodeID] {
    let index = Int(id.index)
    guard let part = varying[index] else { return fixed[index].map { [$0] } ?? [] }
    let isSummed = sumsSamples && !graph[id].isBatched
    if isSummed, !isWanted, graph.tag(id) == Node.Kind.viewTag {
      return [fixed[index], part].compactMap { $0 }
    }
    let sum = isSummed ? graph.samples(part) : part
    return [fixed[index].map { graph.map(.add, $0, sum) } ?? sum]
  }
}
