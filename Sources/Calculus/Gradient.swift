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
    var back = WayBack(
      isActive: dependents(on: variables, upTo: value), isVariable: Set(variables),
      gathering: gathering, sums: AdjointSums(count: Int(value.index) + 1))
    back.sums.add(seed, to: value, in: &self)
    if hasLoops(in: [value]) {
      for stage in stages(of: [value], back.isActive).reversed() {
        switch stage {
        case .node(let id): goBack(through: id, &back)
        case .loop(let turns, let nodes): goBack(through: turns, nodes, &back)
        }
      }
    } else {
      for index in stride(from: Int(value.index), through: 0, by: -1) where back.isActive[index] {
        goBack(through: NodeID(index), &back)
      }
    }
    begin(nil)
    for id in variables {
      let parts = back.sums.adjoints(of: id)
      back.sums.gather(id, gathering, in: &self)
      if parts.count == 2 { noteAdjoint(back.sums.adjoints(of: id)[0], by: id) }
    }
    let zero = constant(0)
    return variables.map { spread(back.sums.adjoints(of: $0).first ?? zero, to: self[$0].shape) }
  }

  /// Adds what comes through a node to the adjoints of its operands.
  mutating func goBack(through id: NodeID, _ back: inout WayBack) {
    let node = self[id]
    begin(backThrough: id)
    if !waits(id, back) { back.sums.gather(id, back.gathering, in: &self) }
    back.sums.joinBoxes(of: id, in: &self)
    let adjoints = back.sums.adjoints(of: id)
    if adjoints.count == 1 { noteAdjoint(adjoints[0], by: id) }
    for adjoint in adjoints {
      for place in node.operands.indices where back.isActive[Int(node.operands[place].index)] {
        guard let part = contribution(of: id, adjoint: adjoint, to: place) else { continue }
        add(part, from: id, to: node.operands[place], &back)
      }
    }
  }

  /// Adds to an operand's adjoint what comes through a node. Every sample adds the same to what the samples share.
  mutating func add(_ part: NodeID, from id: NodeID, to operand: NodeID, _ back: inout WayBack) {
    var part = part
    let isShared = self[id].isBatched && !self[operand].isBatched
    if isShared, !self[part].isBatched { part = back.gathering.gathered(part, in: &self) }
    if self[id].kind == .samples, back.gathering == .mean { part = samples(part) }
    back.sums.add(part, to: operand, in: &self)
  }

  /// Whether an adjoint stays in two parts, of which one varies from sample to sample: that of what the samples share and
  /// is only seen at other places, so that sums over places and over samples are one, and that of a leaf, which ends there.
  private func waits(_ id: NodeID, _ back: WayBack) -> Bool {
    if back.gathering == .samplesOwn || self[id].isBatched { return false }
    return operands(id).isEmpty
      || !back.isVariable.contains(id) && tag(id) == Node.Kind.viewTag
  }

  /// A scalar that stands for a tensor of equal elements, written out.
  mutating func spread(_ id: NodeID, to shape: Shape) -> NodeID {
    self[id].shape.isEmpty ? broadcast(id, to: shape, axes: []) : id
  }

  /// Which nodes up to `value` depend on a variable, variables included.
  private func dependents(on variables: [NodeID], upTo value: NodeID) -> [Bool] {
    var marks = [Bool](repeating: false, count: Int(value.index) + 1)
    for variable in variables where variable <= value { marks[Int(variable.index)] = true }
    func mark() {
      for index in marks.indices where !marks[index] {
        marks[index] = nodes[index].operands.contains { marks[Int($0.index)] }
      }
    }
    mark()
    // What is carried depends on all that any turn of its loop depends on.
    var loops: Set<GraphLoop> = []
    for index in marks.indices where marks[index] {
      if case .recurrence(let turns, _) = nodes[index].kind { loops.insert(turns) }
    }
    if loops.isEmpty { return marks }
    for index in marks.indices {
      if case .carried(let turns, _) = symbol(NodeID(index))?.role, loops.contains(turns) {
        marks[index] = true
      }
    }
    mark()
    return marks
  }
}

/// A reverse sweep on its way.
struct WayBack {
  /// By node: whether it depends on a variable.
  let isActive: [Bool]
  let isVariable: Set<NodeID>
  let gathering: Gathering
  var sums: AdjointSums
}
