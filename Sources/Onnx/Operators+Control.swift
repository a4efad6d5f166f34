import NNCDiagnostics

/// The operators that hold graphs: what they do is known when the model is read, or they are not supported.
let controlOperators: [OperatorRow] = [
  OperatorRow("If", "then_branch else_branch", "the branch that is taken") {
    (node) throws(ImportProblem) in
    let condition = try node.constant(0, "a condition").numbers().first ?? 0
    guard let graph = node.graph(condition != 0 ? "then_branch" : "else_branch") else {
      throw .wrong("no branch")
    }
    return try node.importer.inside(graph, [])
  },
  OperatorRow("Loop", "body", "its rounds one after the other") { (node) throws(ImportProblem) in
    guard let body = node.graph("body") else { throw .wrong("no body") }
    let importer = node.importer
    var rounds = Int.max
    if node.optional(0) != nil {
      rounds = try node.constant(0, "a number of rounds").wholes().first ?? 0
    }
    var goesOn = true
    if node.optional(1) != nil {
      goesOn = try node.constant(1, "a condition").numbers().first != 0
    }
    var carried = Array(node.inputs.dropFirst(2))
    let count = carried.count
    guard body.inputs.count == count + 2, body.outputs.count > count else {
      throw .wrong("a body of \(body.inputs.count) inputs")
    }
    var scanned: [[ImportValue]] = body.outputs.dropFirst(count + 1).map { _ in [] }
    var round = 0
    while goesOn, round < rounds {
      importer.visits += 1
      if importer.visits > Limits.unrolledNodes { throw .unsupported("so many rounds") }
      let step = ImportValue(Constant([Double(round)], [], .i64))
      let condition = ImportValue(Constant([1], [], .truth))
      let results = try importer.inside(body, [step, condition] + carried)
      guard let next = results[0].constant else {
        throw .unsupported("a condition that is computed")
      }
      goesOn = try next.numbers().first != 0
      carried = Array(results[1...count])
      for (place, value) in results[(count + 1)...].enumerated() { scanned[place].append(value) }
      round += 1
    }
    var results = carried
    for list in scanned {
      var parts: [ImportValue] = []
      for value in list {
        parts.append(
          try importer.reshape(
            value, to: [1] + value.shape, batch: value.batch.map { $0 + 1 }))
      }
      results.append(try importer.concat(parts, axis: 0))
    }
    return results
  },
]

extension Importer {
  /// What a graph inside a node gives for inputs.
  func inside(_ graph: OnnxGraph, _ inputs: [ImportValue]) throws(ImportProblem) -> [ImportValue] {
    if depth >= Self.deepest { throw .unsupported("graphs so deep in one another") }
    let outputs = graph.outputs.map(\.name)
    var scope = Scope(uses: Self.uses(graph.nodes, outputs))
    for tensor in graph.constants { scope.values[tensor.name] = ImportValue(Constant(tensor)) }
    for (port, value) in zip(graph.inputs, inputs) { scope.values[port.name] = value }
    return try inside(scope, graph.nodes, outputs)
  }

  private static let deepest = 16
}
