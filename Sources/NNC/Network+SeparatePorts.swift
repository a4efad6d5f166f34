import NNCGraph
import NNCLayers

extension Network {
  /// The network whose inputs and targets are leaves of their own, where there are several, and not parts of one row.
  func withSeparatePorts() -> Network {
    if inputs.count < 2, targets.count < 2 { return self }
    var result = self
    var leaves: [NodeID: NodeID] = [:]
    let ports =
      (inputs.count > 1 ? inputs.map { ($0, Symbol.Role.input) } : [])
      + (targets.count > 1 ? targets.map { ($0, Symbol.Role.target) } : [])
    for (port, role) in ports {
      leaves[port.node] = result.graph.symbol(
        Symbol(name: port.name, shape: port.shape, role: role, isWhole: port.below != nil))
    }
    // What asks for a whole row gets the parts one after the other.
    for (whole, list) in [(input, inputs), (target ?? input, targets)] where list.count > 1 {
      let rows = list.map { port in
        result.graph.reshape(leaves[port.node]!, to: [port.count])
      }
      leaves[whole] = rows.dropFirst().reduce(rows[0]) {
        result.graph.concat($0, $1, axis: 0)
      }
    }
    result = result.replacing(leaves)
    for place in inputs.indices where inputs.count > 1 {
      result.inputs[place].node = leaves[inputs[place].node]!
    }
    return result
  }
}
