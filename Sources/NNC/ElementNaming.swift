import NNCGraph
import NNCLayers

extension Graph {
  /// Gives the elements of parameters, input and target their names from the textbook, where there are not too many.
  mutating func nameElements(of network: Network) {
    if network.parameterCount > 4096 { return }
    for parameter in network.parameters { nameElements(of: parameter.node, parameter.elements) }
    for port in network.inputs + network.targets { nameElements(of: port.node, port.elements) }
  }

  private mutating func nameElements(of leaf: NodeID, _ naming: ElementNaming) {
    let shape = shape(leaf)
    if shape.isEmpty { return }
    for place in 0..<shape.elementCount {
      name(element(leaf, at: shape.place(of: place)), naming.name(place))
    }
  }
}
