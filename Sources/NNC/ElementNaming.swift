import NNCGraph
import NNCLayers

/// How the elements of a tensor are called: `w5` to `w8`.
struct ElementNaming: Hashable, Sendable {
  /// What stands before the number.
  var stem = ""
  /// The number of the first element.
  var first = 1

  /// The name of an element, counted from 0.
  func name(_ place: Int) -> String { stem + String(first + place) }
}

extension Network {
  /// How the elements of each parameter are called, in order: weights `w1 w2 …` and biases `b1 b2 …` are counted
  /// through the whole network.
  var elementNamings: [ElementNaming] {
    var weights = 1
    var biases = 1
    return parameters.map { parameter in
      if parameter.name.hasSuffix(".weight") {
        defer { weights += parameter.count }
        return ElementNaming(stem: "w", first: weights)
      }
      defer { biases += parameter.count }
      return ElementNaming(stem: "b", first: biases)
    }
  }
}

extension Graph {
  /// Gives the elements of parameters, input and target their names from the textbook, where there are not too many.
  mutating func nameElements(of network: Network) {
    if network.parameterCount > 4096 { return }
    for (parameter, naming) in zip(network.parameters, network.elementNamings) {
      nameElements(of: parameter.node, naming)
    }
    for leaf in [network.input, network.target] {
      if let leaf, let name = symbol(leaf)?.name {
        nameElements(of: leaf, ElementNaming(stem: name))
      }
    }
  }

  private mutating func nameElements(of leaf: NodeID, _ naming: ElementNaming) {
    let shape = shape(leaf)
    if shape.isEmpty { return }
    for place in 0..<shape.elementCount {
      name(element(leaf, at: shape.place(of: place)), naming.name(place))
    }
  }
}
