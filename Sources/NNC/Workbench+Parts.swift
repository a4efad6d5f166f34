import NNCGraph
import NNCLayers

// Of several inputs and targets each can be given by itself; `x` and `t` hold them one after the other.
extension Workbench {
  /// The parts of a leaf: those of `x` or `t` where there are several inputs or outputs.
  func ports(of leaf: String) -> [NetworkPort] {
    guard let network else { return [] }
    let ports = leaf == "x" ? network.inputs : leaf == "t" ? network.targets : []
    return ports.count > 1 ? ports : []
  }

  /// The parts of a leaf that have no value yet; the leaf itself where it has no parts.
  func missingParts(of leaf: String) -> [String] {
    let ports = ports(of: leaf)
    if ports.isEmpty { return [leaf] }
    return ports.map(\.name).filter { givenParts[leaf]?[$0] == nil }
  }

  /// Sets a leaf as a whole.
  mutating func store(_ tensor: Tensor, as leaf: String) {
    values[leaf] = tensor
    givenParts[leaf] = nil
    let ports = ports(of: leaf)
    let width = ports.reduce(0) { $0 + $1.count }
    for port in ports {
      let starts = stride(from: port.offset, to: tensor.values.count, by: width)
      givenParts[leaf, default: [:]][port.name] = starts.flatMap {
        Array(tensor.values[$0..<($0 + port.count)])
      }
    }
  }

  /// Sets one part of a leaf, for one sample or several; the leaf has a value where all its parts have one for as many.
  mutating func store(_ tensor: Tensor, as port: NetworkPort, of leaf: String) throws {
    let given = try samples(tensor.values, of: port.shape, called: port.name)
    givenParts[leaf, default: [:]][port.name] = given.values
    values[leaf] = nil
    let ports = ports(of: leaf)
    let parts = ports.compactMap { givenParts[leaf]?[$0.name] }
    let counts = Set(zip(ports, parts).map { $1.count / $0.count })
    guard parts.count == ports.count, counts.count == 1, let samples = counts.first else { return }
    var numbers: [Double] = []
    for sample in 0..<samples {
      for (port, part) in zip(ports, parts) {
        numbers += part[(sample * port.count)..<((sample + 1) * port.count)]
      }
    }
    values[leaf] = Tensor(
      shape: (samples > 1 ? [samples] : []) + [numbers.count / samples], values: numbers)
  }
}
