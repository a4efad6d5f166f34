import NNCAlgebra

// The constructors of each primitive. Shapes must fit: whoever reads a user's text checks them first.
extension Graph {
  /// A scalar operation, element by element.
  public mutating func map(_ operation: Operation, _ a: NodeID) -> NodeID {
    map(operation, Operands(a))
  }

  /// A scalar operation, element by element; a scalar goes with every shape.
  public mutating func map(_ operation: Operation, _ a: NodeID, _ b: NodeID) -> NodeID {
    map(operation, Operands(a, b))
  }

  /// A scalar operation, element by element; scalars go with every shape.
  public mutating func map(
    _ operation: Operation, _ a: NodeID, _ b: NodeID, _ c: NodeID
  ) -> NodeID {
    map(operation, Operands(a, b, c))
  }

  /// A scalar operation, element by element; scalars go with every shape.
  @inlinable
  public mutating func map(_ operation: Operation, _ operands: some Sequence<NodeID>) -> NodeID {
    map(operation, Operands(operands))
  }

  /// A scalar operation, element by element; scalars go with every shape.
  public mutating func map(_ operation: Operation, _ operands: Operands) -> NodeID {
    demand(operation, operands, shapeNumber: commonShape(of: operands))
  }

  /// The number of the shape that the operands have, scalars aside; they must agree.
  public func commonShape(of operands: Operands) -> Int32 {
    var common: Int32 = 0
    for operand in operands {
      let own = shapeNumber(operand)
      precondition(own == 0 || common == 0 || own == common, "the operands' shapes differ")
      if own != 0 { common = own }
    }
    return common
  }

  /// Products of two operands summed over the labels that the result does not have, or sums of one operand.
  ///
  /// Equal labels have equal extents, no label stands twice in one operand, and the result's labels occur in an
  /// operand. Of two operands one with its axes in another order is read as it lies.
  public mutating func contract(_ contraction: Contraction, _ operands: [NodeID]) -> NodeID {
    var extents: [UInt8: Int] = [:]
    for (labels, operand) in zip(contraction.inputs, operands) {
      precondition(labels.count == self[operand].shape.count)
      for (label, extent) in zip(labels, self[operand].shape) {
        precondition(extents.updateValue(extent, forKey: label) ?? extent == extent)
      }
    }
    if operands.count == 2, let place = operands.firstIndex(where: { isPermutation($0) }) {
      return contract(contraction, operands, seeingThrough: place)
    }
    if operands.count == 1, contraction.inputs[0] == contraction.output { return operands[0] }
    if operands.count == 2, operands.contains(where: { self[$0].shape.isEmpty }) {
      let scalar = self[operands[0]].shape.isEmpty ? 0 : 1
      let other = contract(
        Contraction(inputs: [contraction.inputs[1 - scalar]], output: contraction.output),
        [operands[1 - scalar]])
      return map(.mul, scalar == 0 ? [operands[0], other] : [other, operands[1]])
    }
    return demand(
      .contract(contraction.canonical), operands, shape: contraction.output.map { extents[$0]! })
  }

  private func isPermutation(_ id: NodeID) -> Bool {
    if case .permute = self[id].kind { return true }
    return false
  }

  /// The contraction of what a permuted operand was made from: its labels in the order of the axes there.
  private mutating func contract(
    _ contraction: Contraction, _ operands: [NodeID], seeingThrough place: Int
  ) -> NodeID {
    guard case .permute(let axes) = self[operands[place]].kind else { return operands[place] }
    var inputs = contraction.inputs
    for (axis, from) in axes.enumerated() { inputs[place][from] = contraction.inputs[place][axis] }
    var operands = operands
    operands[place] = self[operands[place]].operands[0]
    return contract(Contraction(inputs: inputs, output: contraction.output), operands)
  }

  /// The sum over all axes.
  public mutating func sum(_ id: NodeID) -> NodeID {
    let labels = (0..<UInt8(self[id].shape.count)).map { $0 }
    return labels.isEmpty ? id : contract(Contraction(inputs: [labels], output: []), [id])
  }

  /// The greatest element over `axes`.
  public mutating func maximum(_ id: NodeID, axes: [Int]) -> NodeID {
    if axes.isEmpty { return id }
    let shape = self[id].shape.indices.filter { !axes.contains($0) }.map { self[id].shape[$0] }
    return demand(.maximum(axes), [id], shape: shape)
  }

  /// The operand repeated to `shape`; its axis i becomes the result's axis `axes[i]`.
  public mutating func broadcast(_ id: NodeID, to shape: Shape, axes: [Int]) -> NodeID {
    precondition(zip(self[id].shape, axes).allSatisfy { $0 == shape[$1] })
    if self[id].shape == shape { return id }
    return demand(.broadcast(axes), [id], shape: shape)
  }

  /// The axes in another order: the result's axis i is the operand's axis `axes[i]`.
  public mutating func permute(_ id: NodeID, _ axes: [Int]) -> NodeID {
    if axes == Array(axes.indices) { return id }
    return demand(.permute(axes), [id], shape: axes.map { self[id].shape[$0] })
  }

  /// The same numbers under another shape.
  public mutating func reshape(_ id: NodeID, to shape: Shape) -> NodeID {
    precondition(shape.elementCount == self[id].shape.elementCount)
    if self[id].shape == shape { return id }
    if case .reshape = self[id].kind { return reshape(self[id].operands[0], to: shape) }
    return demand(.reshape, [id], shape: shape)
  }

  /// The box of extents `shape` that begins at `start`.
  public mutating func slice(_ id: NodeID, from start: [Int], shape: Shape) -> NodeID {
    if self[id].shape == shape { return id }
    if case .slice(let outer) = self[id].kind {
      let combined = zip(outer, start).map { $0 + $1 }
      return slice(self[id].operands[0], from: combined, shape: shape)
    }
    return demand(.slice(start), [id], shape: shape)
  }

  /// The operand in a box of zeros of extents `shape`, beginning at `start`.
  public mutating func pad(_ id: NodeID, at start: [Int], to shape: Shape) -> NodeID {
    pad(id, at: start, steps: start.map { _ in 1 }, to: shape)
  }

  /// The operand in a box of zeros of extents `shape`: element i along an axis stands at `start` + `step` · i.
  public mutating func pad(
    _ id: NodeID, at start: [Int], steps: [Int], to shape: Shape
  ) -> NodeID {
    if self[id].shape == shape { return id }
    return demand(.pad(start: start, steps: steps), [id], shape: shape)
  }

  /// `second` after `first` along `axis`.
  public mutating func concat(_ first: NodeID, _ second: NodeID, axis: Int) -> NodeID {
    var shape = self[first].shape
    shape[axis] += self[second].shape[axis]
    return demand(.concat(axis), [first, second], shape: shape)
  }

  /// Tensors one after the other along an axis, joined in pairs, then pairs of pairs.
  public mutating func joined(_ nodes: [NodeID], axis: Int) -> NodeID {
    var nodes = nodes
    while nodes.count > 1 {
      var pairs: [NodeID] = []
      for index in stride(from: 0, to: nodes.count, by: 2) {
        if index + 1 < nodes.count {
          pairs.append(concat(nodes[index], nodes[index + 1], axis: axis))
        } else {
          pairs.append(nodes[index])
        }
      }
      nodes = pairs
    }
    return nodes[0]
  }

  /// One element, as a scalar.
  public mutating func element(_ id: NodeID, at place: [Int]) -> NodeID {
    if place.isEmpty { return id }
    let box = slice(id, from: place, shape: place.map { _ in 1 })
    return reshape(box, to: [])
  }

  /// The sum over the samples of a batch; over what does not differ between samples, their number times it.
  public mutating func samples(_ id: NodeID) -> NodeID {
    if self[id].isBatched { return demand(.samples, [id], shape: self[id].shape) }
    return map(.mul, [symbol(.sampleCount), id])
  }

  /// The mean over the samples; of what does not differ between samples, itself.
  public mutating func meanOverSamples(_ id: NodeID) -> NodeID {
    guard self[id].isBatched else { return id }
    let sum = samples(id)
    return map(.div, sum, symbol(.sampleCount))
  }
}

extension Symbol {
  /// The number of samples in the batch, a scalar.
  public static let sampleCount = Symbol(name: "n", shape: [], role: .sampleCount)
}

extension Contraction {
  /// The same contraction with its labels numbered in the order in which they first occur.
  var canonical: Contraction {
    var numbers: [UInt8: UInt8] = [:]
    func number(_ label: UInt8) -> UInt8 {
      if let known = numbers[label] { return known }
      let next = UInt8(numbers.count)
      numbers[label] = next
      return next
    }
    let inputs = inputs.map { $0.map(number) }
    return Contraction(inputs: inputs, output: output.map(number))
  }
}
