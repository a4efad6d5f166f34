/// What a node is told to be: the derivative of the result by a value that has a name.
///
/// A name for readers alone: unlike ``Graph/names``, nothing that is computed depends on it.
public struct Adjoint: Hashable, Sendable {
  /// The value's name: `net_h1`, `linear2.weight`, `w5`.
  public var of: String
  /// The value, where it is a leaf.
  var leaf: NodeID?
  /// Whether it is a multiple of the derivative, such as that by the learning rate.
  public var isScaled = false

  /// What it is called: `d_w5`, and δ for what goes into a function, `delta_h1`.
  public var name: String {
    let name = of.hasPrefix("net_") ? "delta_" + of.dropFirst(4) : "d_" + of
    return isScaled ? name + "_scaled" : name
  }
}

extension Graph {
  /// Tells that a node is the derivative by another, where that has a name.
  public mutating func noteAdjoint(_ id: NodeID, by variable: NodeID) {
    let symbol = symbol(variable)
    guard let name = names[variable] ?? symbol?.name,
      shapeNumber(id) == shapeNumber(variable)
    else { return }
    note(id, Adjoint(of: name, leaf: symbol == nil ? nil : variable))
  }

  /// What takes a node's place goes by its name, and is the same derivative; leaves have names of their own.
  ///
  /// - Parameter isScaled: whether it is a multiple of the node.
  public mutating func passNames(of id: NodeID, to image: NodeID, isScaled: Bool = false) {
    if id == image || operands(image).isEmpty { return }
    if let name = names[id] { self.name(image, name) }
    if var adjoint = adjoints[id] {
      adjoint.isScaled = adjoint.isScaled || isScaled
      note(image, adjoint)
    }
  }

  /// Gives what is only given another shape the names of that: its numbers are the same.
  public mutating func nameWhatIsReshaped() {
    for index in nodes.indices.reversed() {
      let id = NodeID(index)
      guard case .reshape = self[id].kind else { continue }
      let operand = self[id].operands[0]
      if names[operand] == nil, adjoints[operand] == nil { passNames(of: id, to: operand) }
    }
  }

  /// Tells the same of the elements of a node.
  public mutating func noteElements(_ elements: [NodeID], of id: NodeID) {
    guard let adjoint = adjoints[id] else { return }
    if self[id].shape.isEmpty {
      if elements[0] != id { note(elements[0], adjoint) }
      return
    }
    let stem = adjoint.of.last?.isNumber == true ? adjoint.of + "_" : adjoint.of
    for (place, element) in elements.enumerated() {
      var own = adjoint
      own.leaf = nil
      own.of = stem + String(place + 1)
      if let leaf = adjoint.leaf, let name = names[self.element(leaf, atFlat: place)] {
        own.of = name
      }
      note(element, own)
    }
  }

  /// An element of a tensor by its place in row-major order.
  private mutating func element(_ id: NodeID, atFlat place: Int) -> NodeID {
    var rest = place
    var indices = self[id].shape
    for axis in indices.indices.reversed() {
      let extent = indices[axis]
      indices[axis] = rest % extent
      rest /= extent
    }
    return element(id, at: indices)
  }
}
