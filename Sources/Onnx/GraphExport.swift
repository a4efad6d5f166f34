import NNCAlgebra
import NNCGraph
import NNCLayers

/// Goes through a network's graph from its outputs and writes what they are made of: a layer by the row of its kind where
/// there is one, else node by node.
struct GraphExport {
  let network: Network
  var graph: Graph
  var file: OnnxGraphWriter
  private let parameters: [Double]
  /// What made the nodes that are layers' outputs.
  private var calls: [NodeID: LayerCall] = [:]
  private var layerNames: [NodeID: String] = [:]
  /// The names of what is written already.
  private var names: [NodeID: String] = [:]
  /// The nodes that stand for functions written out in parts.
  private var parts: [NodeID: NodeID] = [:]

  init(_ network: Network, _ parameters: [Double], _ precision: Precision) {
    self.network = network
    graph = network.graph
    file = OnnxGraphWriter(precision)
    self.parameters = parameters
    for layer in network.layers {
      layerNames[layer.output] = layer.name
      if let call = layer.call, call.x != layer.output { calls[layer.output] = call }
    }
  }

  /// Writes inputs, nodes and outputs.
  mutating func run() throws(ExportProblem) {
    for input in network.inputs {
      let isWhole = graph.symbol(input.node)?.isWhole ?? false || input.below != nil
      let shape = input.shape.isEmpty ? [] : input.shape
      let name = file.free(network.inputs.count == 1 ? "x" : input.name)
      names[input.node] = name
      file.port(name, shape, code: isWhole ? OnnxType.i64.code : file.realCode, field: 11)
    }
    var start = 0
    for parameter in network.parameters {
      let values = Array(parameters[start..<(start + parameter.count)])
      start += parameter.count
      parameterValues[parameter.node] = (parameter.name, parameter.shape, values)
    }
    // The steps of loops that are no operator's are written one after the other.
    let outputs = network.outputs.map(\.node)
    let roots = hasLoopsBesideLayers(outputs) ? graph.unrolling(outputs) : outputs
    for (output, root) in zip(network.outputs, roots) {
      let value = try batched(root)
      let name = file.node(
        "Identity", [value], name: network.outputs.count == 1 ? "y" : output.name)
      file.port(name, graph.shape(root), code: file.realCode, field: 12)
    }
  }

  /// Whether a loop is met on the way back from the outputs to the inputs that does not stand for a layer's operator.
  private func hasLoopsBesideLayers(_ outputs: [NodeID]) -> Bool {
    var seen: Set<NodeID> = []
    var open = outputs
    while let node = open.popLast() {
      if !seen.insert(node).inserted { continue }
      if let call = calls[node], layerWriters[call.kind] != nil, isBatched(call.x) {
        open += [call.x] + (call.other.map { [$0] } ?? [])
        continue
      }
      if graph.turns(of: node) != nil { return true }
      if case .rows = graph[node].kind { return true }
      open += graph[node].operands
    }
    return false
  }

  private var parameterValues: [NodeID: (name: String, shape: [Int], values: [Double])] = [:]

  /// The name of a node's value; what it is made of is written before it.
  mutating func value(_ root: NodeID) throws(ExportProblem) -> String {
    var open = [root]
    while let node = open.last {
      if names[node] != nil {
        open.removeLast()
        continue
      }
      let missing = try needs(node).filter { names[$0] == nil }
      if missing.isEmpty {
        names[node] = try write(node)
        open.removeLast()
      } else {
        open += missing
      }
    }
    return names[root]!
  }

  /// What must be written before a node.
  private mutating func needs(_ node: NodeID) throws(ExportProblem) -> [NodeID] {
    if let call = calls[node], layerWriters[call.kind] != nil, isBatched(call.x),
      call.other.map({ isBatched($0) }) ?? true
    {
      return [call.x] + (call.other.map { [$0] } ?? [])
    }
    if let other = parts[node] { return [other] }
    if case .map(let operation) = graph[node].kind, operationWriters[operation.name] == nil {
      guard let definition = operation.row.definition else {
        throw ExportProblem(reason: "ONNX has no `\(operation.name)`")
      }
      let names = operation.row.arguments.map(\.name)
      let operands = Array(graph[node].operands)
      parts[node] = graph.instantiate(
        definition, Dictionary(uniqueKeysWithValues: zip(names, operands)))
      return [parts[node]!]
    }
    return Array(graph[node].operands)
  }

  private mutating func write(_ node: NodeID) throws(ExportProblem) -> String {
    if let call = calls[node], let writer = layerWriters[call.kind], isBatched(call.x),
      call.other.map({ isBatched($0) }) ?? true
    {
      let request = LayerExport(call: call, name: layerNames[node] ?? call.kind, node: node)
      if let name = try writer(&self, request) { return name }
      // A form of the layer that the operator does not have.
      calls[node] = nil
      return try value(node)
    }
    if let other = parts[node] { return names[other]! }
    return try plain(node)
  }

  /// The name of a parameter, or of another node.
  mutating func parameter(_ node: NodeID?) throws(ExportProblem) -> String? {
    guard let node else { return nil }
    return try value(node)
  }

  func isBatched(_ node: NodeID) -> Bool { graph[node].isBatched }

  func shape(_ node: NodeID) -> [Int] { graph[node].shape }

  /// The name of a leaf.
  mutating func leaf(_ node: NodeID) throws(ExportProblem) -> String {
    if let parameter = parameterValues[node] {
      return file.constant(parameter.values, parameter.shape, name: parameter.name)
    }
    let symbol = graph.symbol(node)
    if node == network.input {
      // Several inputs are one row of the network's.
      var rows: [String] = []
      for port in network.inputs {
        let own = names[port.node]!
        rows.append(file.node("Flatten", [own], [("axis", .whole(1))]))
      }
      return rows.count == 1
        ? file.node("Reshape", [rows[0], file.wholes([-1] + shape(node))])
        : file.node("Concat", rows, [("axis", .whole(1))])
    }
    if symbol?.role == .sampleCount {
      throw ExportProblem(reason: "an output depends on all samples of a batch")
    }
    throw ExportProblem(reason: "it depends on `\(symbol?.name ?? "")`")
  }

  /// The name of a value with an axis for the samples.
  mutating func batched(_ node: NodeID) throws(ExportProblem) -> String {
    let name = try value(node)
    if isBatched(node) { return name }
    let input = names[network.inputs[0].node]!
    let count = file.node("Shape", [input], [("start", .whole(0)), ("end", .whole(1))])
    let target = file.node("Concat", [count, file.wholes(shape(node))], [("axis", .whole(0))])
    return file.node("Expand", [name, target])
  }

  /// The name of a value whose axes are those of another shape: a number for each sample has none of its own.
  mutating func aligned(_ node: NodeID, with rank: Int) throws(ExportProblem) -> String {
    let name = try value(node)
    guard isBatched(node), shape(node).isEmpty, rank > 0 else { return name }
    return file.node("Reshape", [name, file.wholes([-1] + Array(repeating: 1, count: rank))])
  }
}

/// A layer that is to be written.
struct LayerExport {
  let call: LayerCall
  let name: String
  let node: NodeID
}
