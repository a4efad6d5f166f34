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
    let one = constant(1)
    let isOfSample = self[value].isBatched || self[seed ?? one].isBatched
    return sweep(value, by: variables, seed: seed ?? one, isOfSample ? .samplesOwn : .sum)
  }

  /// The gradient of the mean over the samples of a scalar that each sample has, or of one that the batch has.
  ///
  /// The adjoint v̄ of what samples have each is n times the derivative by the sample's own, n being their number, so that
  /// it is as in a batch of one; what they share gets the mean of what they add:
  ///
  ///     v̄ = 1/n · Σ over samples  ū · ∂u/∂v,  and for the term v of a sum over samples S:  v̄ = n · S̄
  public mutating func gradientOfMean(of value: NodeID, by variables: [NodeID]) -> [NodeID] {
    if !self[value].isBatched { return gradient(of: value, by: variables) }
    precondition(self[value].shape.isEmpty, "only a scalar has a gradient")
    return sweep(value, by: variables, seed: constant(1), .mean)
  }

  private mutating func sweep(
    _ value: NodeID, by variables: [NodeID], seed: NodeID, _ gathering: Gathering
  ) -> [NodeID] {
    let isActive = dependents(on: variables, upTo: value)
    var sweep = Sweep(count: Int(value.index) + 1)
    sweep.add(seed, to: value, in: &self)
    let isVariable = Set(variables)
    for index in stride(from: Int(value.index), through: 0, by: -1) where isActive[index] {
      let id = NodeID(index)
      let node = self[id]
      begin(backThrough: id)
      if !waits(id, isVariable.contains(id), gathering) { sweep.gather(id, gathering, in: &self) }
      let adjoints = sweep.adjoints(of: id)
      if adjoints.count == 1 { noteAdjoint(adjoints[0], by: id) }
      for adjoint in adjoints {
        for place in node.operands.indices where isActive[Int(node.operands[place].index)] {
          guard var part = contribution(of: id, adjoint: adjoint, to: place) else { continue }
          // Every sample adds the same to what the samples share.
          let isShared = node.isBatched && !self[node.operands[place]].isBatched
          if isShared, !self[part].isBatched { part = gathering.gathered(part, in: &self) }
          if node.kind == .samples, gathering == .mean { part = samples(part) }
          sweep.add(part, to: node.operands[place], in: &self)
        }
      }
    }
    begin(nil)
    for id in variables {
      let parts = sweep.adjoints(of: id)
      sweep.gather(id, gathering, in: &self)
      if parts.count == 2 { noteAdjoint(sweep.adjoints(of: id)[0], by: id) }
    }
    let zero = constant(0)
    return variables.map { spread(sweep.adjoints(of: $0).first ?? zero, to: self[$0].shape) }
  }

  /// Whether an adjoint stays in two parts, of which one varies from sample to sample: that of what the samples share and
  /// is only seen at other places, so that sums over places and over samples are one, and that of a leaf, which ends there.
  private func waits(_ id: NodeID, _ isVariable: Bool, _ gathering: Gathering) -> Bool {
    if gathering == .samplesOwn || self[id].isBatched { return false }
    return operands(id).isEmpty || !isVariable && tag(id) == Node.Kind.viewTag
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

/// What becomes of what every sample adds to the adjoint of what the samples share.
private enum Gathering {
  /// Nothing: the derivative is a sample's own.
  case samplesOwn
  /// It is added up.
  case sum
  /// Its mean is taken.
  case mean

  func gathered(_ part: NodeID, in graph: inout Graph) -> NodeID {
    switch self {
    case .samplesOwn: part
    case .sum: graph.samples(part)
    case .mean: graph.meanOverSamples(part)
    }
  }
}

/// The adjoints that a reverse sweep has gathered so far.
///
/// An adjoint of rank 0 at a tensor stands for a tensor of equal elements.
private struct Sweep {
  private var varying: [NodeID?]
  private var fixed: [NodeID?]

  init(count: Int) {
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

  /// A node's adjoint once all its uses are visited: nothing where nothing reached it, and in two parts where they are not
  /// gathered.
  func adjoints(of id: NodeID) -> [NodeID] {
    if Int(id.index) >= fixed.count { return [] }
    return [fixed[Int(id.index)], varying[Int(id.index)]].compactMap { $0 }
  }

  /// Makes one of both parts of a node's adjoint.
  mutating func gather(_ id: NodeID, _ gathering: Gathering, in graph: inout Graph) {
    let index = Int(id.index)
    guard index < varying.count, let part = varying[index] else { return }
    let own = graph[id].isBatched ? part : gathering.gathered(part, in: &graph)
    let whole = fixed[index].map { graph.map(.add, $0, own) } ?? own
    fixed[index] = nil
    varying[index] = nil
    add(whole, to: id, in: &graph)
  }
}
