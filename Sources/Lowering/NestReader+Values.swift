import NNCAlgebra
import NNCGraph

// What the elements of each kind of node are. Recursion goes to the depth of what one kernel computes, which the
// placement limits.
extension NestReader {
  mutating func compute(_ id: NodeID, _ place: Place) -> Int {
    let node = graph[id]
    switch node.kind {
    case .constant(let bits): return nest.add(.number(bits))
    case .symbol(let symbol):
      precondition(graph.symbols[symbol].role == .sampleCount, "a leaf without memory")
      return nest.add(many ? .sampleCount : .number((1.0).bitPattern))
    case .map(let operation):
      let operands = node.operands.map { operand in
        value(operand, graph.shape(operand).isEmpty ? Place(axes: [], sample: place.sample) : place)
      }
      return nest.add(.map(operation, operands), named: operation.name)
    case .contract(let contraction): return contract(contraction, id, place)
    case .oneHot: return oneHot(node, place)
    case .samples:
      if !many { return value(node.operands[0], place) }
      let sample = nest.addAxis(
        Schedule.usualSamples, isSummed: true, isSample: true)
      let term = value(node.operands[0], Place(axes: place.axes, sample: sample))
      return nest.add(.sum(term, over: [sample]), named: "samples")
    case .maximum(let axes): return maximum(axes, node, place)
    case .broadcast, .permute, .slice, .view:
      return view(node, place, node.kind.view!.indices.map { Affine($0, at: place.axes) })
    case .reshape: return reshape(node, place)
    case .literal, .pad, .concat, .row, .rows, .recurrence, .derivative:
      preconditionFailure("node \(id.index) has no array")
    }
  }

  private mutating func view(_ node: Node, _ place: Place, _ axes: [Affine]) -> Int {
    value(node.operands[0], Place(axes: axes, sample: place.sample))
  }

  /// The same numbers in the same order: an element of where the operand is kept, or found at the axes that do not have
  /// extent 1.
  private mutating func reshape(_ node: Node, _ place: Place) -> Int {
    let operand = node.operands[0]
    if graph.isRepeatedScalar(graph[operand]) {
      return value(graph[operand].operands[0], Place(axes: [], sample: place.sample))
    }
    if graph.isUnitReshape(node) {
      var rest = zip(place.axes, node.shape).filter { $1 != 1 }.map { $0.0 }[...]
      return view(
        node, place, graph.shape(operand).map { $0 == 1 ? Affine() : rest.removeFirst() })
    }
    var source = operand
    while home(source) < 0 { source = graph[source].operands[0] }
    return element(of: home(source), place, node.shape)
  }

  /// 1 where the last index is the operand's number, else 0.
  private mutating func oneHot(_ node: Node, _ place: Place) -> Int {
    let number = value(
      node.operands[0], Place(axes: Array(place.axes.dropLast()), sample: place.sample))
    let position = nest.add(.position(place.axes[place.axes.count - 1]))
    return nest.add(.map(.eq, [number, position]), named: "onehot")
  }

  private mutating func contract(_ contraction: Contraction, _ id: NodeID, _ place: Place) -> Int {
    let node = graph[id]
    let extents = graph.extents(of: node)
    let chosen = graph.chosen(in: id)
    var summed = extents.keys.filter { !contraction.output.contains($0) }.sorted()
    var indices: [UInt8: Affine] = [:]
    for (axis, label) in contraction.output.enumerated() { indices[label] = place.axes[axis] }
    // An index that is a number in memory is no sum.
    if let chosen { summed.removeAll { $0 == chosen.label } }
    for label in summed { indices[label] = index(extents[label]!, isSummed: true) }
    if let chosen { indices[chosen.label] = index(chosen, indices, place.sample) }
    var factors: [Int] = []
    var condition: Int?
    for (labels, operand) in zip(contraction.inputs, node.operands) {
      if chosen != nil, graph[operand].isOneHot { continue }
      let factor = value(operand, Place(axes: labels.map { indices[$0]! }, sample: place.sample))
      if graph[operand].isOneHot, node.operands.count == 2, condition == nil {
        condition = factor
      } else {
        factors.append(factor)
      }
    }
    if let condition {
      let zero = nest.add(.number(0))
      factors = [nest.add(.map(.select, [condition, factors[0], zero]))]
    }
    let axes = summed.flatMap { indices[$0]!.strides.map { Int($0.loop) } }
    let name =
      chosen != nil
      ? "lookup"
      : node.operands.count == 1 ? "sum" : summed.isEmpty ? "outer" : name(of: contraction, node)
    let term =
      factors.count == 1
      ? factors[0]
      : nest.add(.product(factors[0], factors[1]), named: axes.isEmpty ? name : "")
    // A sum of one term is the term.
    if axes.isEmpty { return term }
    nest.sums.append(id)
    return nest.add(.sum(term, over: axes), named: name)
  }

  private mutating func maximum(_ axes: [Int], _ node: Node, _ place: Place) -> Int {
    var rest = place.axes[...]
    var inner: [Affine] = []
    var summed: [Int] = []
    for (axis, extent) in graph.shape(node.operands[0]).enumerated() {
      if axes.contains(axis) {
        let index = index(extent, isSummed: true)
        summed += index.strides.map { Int($0.loop) }
        inner.append(index)
      } else {
        inner.append(rest.removeFirst())
      }
    }
    let element = value(node.operands[0], Place(axes: inner, sample: place.sample))
    return summed.isEmpty
      ? element : nest.add(.maximum(element, over: summed), named: "maximum")
  }

  /// What a product is called in the kernel's name: `linear` by a parameter's last axis, `linear_back` by its first.
  private func name(of contraction: Contraction, _ node: Node) -> String {
    for (labels, operand) in zip(contraction.inputs, node.operands) where labels.count == 2 {
      guard graph.symbol(operand)?.role == .parameter else { continue }
      if !contraction.output.contains(labels[1]) { return "linear" }
      if !contraction.output.contains(labels[0]) { return "linear_back" }
    }
    return "product"
  }
}
