import NNCGraph
import NNCLayers

/// What a network is made of, as a table.
public struct NetworkSummary: Sendable, CustomStringConvertible {
  /// The layers, the parameters, the operations of each function, and the bytes of memory.
  public let description: String

  /// Describes a network.
  init(_ build: Build) {
    let network = build.network
    let count = network.parameterCount
    let trained = network.trainedParameters.reduce(0) { $0 + $1.count }
    var text = "\(network.name): \(Self.shapes(network.inputs)) -> "
    text += "\(Self.shapes(network.outputs)), \(counted(count, "parameter"))"
    let buffers = network.parameters.reduce(0) { $0 + ($1.kind == .buffer ? $1.count : 0) }
    let notes = ["\(trained) trained"] + (buffers > 0 ? ["\(buffers) in buffers"] : [])
    if trained != count { text += " (\(notes.joined(separator: ", ")))" }
    text += ", \(build.isUnrolled ? "straight-line code" : "loops")\n\n"

    var rows = [["layer", "kind", "shape", "parameters", "multiply-adds", "bytes out"]]
    for layer in network.layers {
      let shape = "\(Self.shape(layer.inputShape)) -> \(Self.shape(layer.outputShape))"
      let bytes = layer.outputShape.reduce(build.program.precision.bytes, *)
      rows.append([
        layer.name, layer.kind, shape, "\(layer.parameterCount)", "\(layer.multiplyAdds)",
        "\(bytes)",
      ])
    }
    text += alignedTable(Self.shortened(rows)) + "\n"

    rows = [["function", "operations", "workspace bytes"]]
    let program = build.program
    for entry in program.entries {
      let cost = program.cost(of: entry, samples: 1)
      rows.append([
        entry.name, "\(cost.operationCount + cost.callCount)",
        "\(entry.workspaceCount * program.precision.bytes)",
      ])
    }
    text += alignedTable(rows) + "\n"
    let bytes = program.precision.bytes
    let products = network.layers.reduce(0) { $0 + $1.multiplyAdds }
    text += "\(counted(products, "multiply-add")) for one sample, "
    text += "\(counted(program.parameterCount * bytes, "byte")) of parameters, "
    text += "\(counted(program.stateCount * bytes, "byte")) of the update rule's state\n\n"
    text += build.footprintTable
    description = text
  }

  /// The shape of one value, or the names and shapes of several.
  private static func shapes(_ ports: [NetworkPort]) -> String {
    if ports.count == 1 { return shape(ports[0].shape) }
    return ports.map { "\($0.name) \(shape($0.shape))" }.joined(separator: ", ")
  }

  private static func shape(_ shape: [Int]) -> String {
    shape.isEmpty ? "1" : shape.map(String.init).joined(separator: "x")
  }

  /// Of many layers the first and the last.
  private static func shortened(_ rows: [[String]]) -> [[String]] {
    if rows.count <= 41 { return rows }
    let hidden = rows.count - 31
    return Array(rows[..<21]) + [["…", "\(hidden) more"]] + Array(rows[(rows.count - 10)...])
  }
}

/// A number of things: `1 byte`, `2 bytes`.
public func counted(_ count: Int, _ what: String) -> String {
  "\(count) \(what)\(count == 1 ? "" : "s")"
}

extension Build {
  /// What the network is made of, as a table.
  public var summary: NetworkSummary { NetworkSummary(self) }
}
